/// Everything of T.120 in captured packets: which connections are T.120, and what each says.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "dissect/options.hpp"
#include "dissect/packet.hpp"
#include "dissect/record.hpp"

namespace convene::dissect {

/// Hand in packets in the order of the capture. A TCP connection is looked at when one of its ports is 1503, or when a
/// direction begins as a TPKT frame does; a UDP datagram when one of its ports is 1503 (T.125 Annex A). Memory is
/// bounded: so many connections at once, so many octets out of order in each.
class FlowDissector {
public:
    static constexpr std::size_t kMaxFlows = 4096;

    explicit FlowDissector(const Options& options);
    ~FlowDissector();

    void on_packet(const CapturedPacket& packet, Records& out);
    void finish(Records& out);

    std::uint64_t packets() const { return packets_; }
    std::uint64_t streams_looked_at() const { return streams_; }

private:
    class Flow;
    using Key = std::pair<Peer, Peer>;
    using Recency = std::list<Key>;

    void on_tcp(const Segment& segment, Records& out);
    void on_datagram(const Segment& segment, Records& out);
    void close(std::map<Key, std::unique_ptr<Flow>>::iterator flow, Records& out);
    void tell(std::uint64_t count, const char* what, Records& out) const;

    Options options_;
    std::map<Key, std::unique_ptr<Flow>> flows_;
    Recency recency_;  // the one that was silent longest first
    std::uint64_t packets_ = 0;
    std::uint64_t streams_ = 0;
    std::uint64_t fragments_ = 0;
    std::uint64_t malformed_ = 0;
    std::uint64_t unknown_links_ = 0;
};

}  // namespace convene::dissect
