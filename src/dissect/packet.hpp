/// TCP segments and UDP datagrams out of captured packets.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "dissect/capture_reader.hpp"

namespace convene::dissect {

/// An address with a port. IPv4 stands in the last four octets, as in IPv6's mapped form.
struct Peer {
    std::array<std::uint8_t, 16> address{};
    std::uint16_t port = 0;

    friend bool operator==(const Peer&, const Peer&) = default;
    /// Any order, so that the two ends of a flow have one. Written out: libc++ 14 has no <=> for arrays.
    friend bool operator<(const Peer& a, const Peer& b) {
        return std::tie(a.address, a.port) < std::tie(b.address, b.port);
    }
};
/// "192.0.2.1:1503", "[2001:db8::1]:1503"
std::string to_text(const Peer& peer);

struct Segment {
    bool is_tcp = false;  ///< else UDP, and none of the TCP members
    Peer from;
    Peer to;
    std::uint32_t sequence = 0;
    bool syn = false;
    bool fin = false;
    bool reset = false;
    ByteView payload;
};

enum class PacketKind : std::uint8_t {
    segment,       ///< TCP or UDP
    other,         ///< another protocol
    fragment,      ///< of an IP packet; not put together here
    malformed,     ///< or cut before the end of its headers
    unknown_link,  ///< a link type that is not known here
};

/// `out` is set when the kind is segment.
PacketKind parse_packet(const CapturedPacket& packet, Segment& out);

}  // namespace convene::dissect
