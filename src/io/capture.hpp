/// Writes what travels on connections as a pcap file that Wireshark and tshark open as TCP streams.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "io/endpoint.hpp"
#include "io/tap.hpp"

namespace convene::io {

inline constexpr std::uint64_t kCaptureLimit = 256ULL * 1024 * 1024;  ///< octets of one capture file

/// One pcap file (LINKTYPE_RAW: packets begin with their IPv4 or IPv6 header). Records are flushed as they are written,
/// so that the file is complete even when the program ends by a signal. One thread.
class CaptureFile {
public:
    static Expected<std::shared_ptr<CaptureFile>, std::string> create(const std::string& path,
                                                                      std::uint64_t limit = kCaptureLimit);

    /// One packet, cut into two for the caller's convenience. Dropped and counted once the limit is reached.
    void packet(ByteView headers, ByteView payload, std::chrono::system_clock::time_point when);

    const std::string& path() const { return path_; }
    std::uint64_t packets_dropped() const { return dropped_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    CaptureFile(std::string path, std::FILE* file, std::uint64_t limit)
        : path_(std::move(path)), file_(file), room_(limit) {}

    std::string path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::uint64_t room_;
    std::uint64_t dropped_ = 0;
};

/// One connection within a capture file, dressed as a TCP stream: handshake, segments with right sequence numbers and
/// checksums, FIN. The other end of a port that is not 1503 is shown by its own numbers; ours always appears as
/// `local`. Shared file: several streams of one thread write into it.
class CaptureStream : public Tap {
public:
    CaptureStream(std::shared_ptr<CaptureFile> file, const Endpoint& local, const Endpoint& peer, bool peer_called);

    void received(ByteView octets) override { data(peer_, local_, octets); }
    void sent(ByteView octets) override { data(local_, peer_, octets); }
    void closed(bool by_peer) override;

private:
    struct Side {
        Endpoint endpoint;
        std::uint32_t next = 0;  // sequence number of its next octet
    };

    void data(Side& from, const Side& to, ByteView octets);
    void segment(Side& from, const Side& to, std::uint8_t flags, ByteView octets);

    std::shared_ptr<CaptureFile> file_;
    Side local_;
    Side peer_;
};

}  // namespace convene::io
