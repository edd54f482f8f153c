/// Packets out of a pcap or pcapng file that comes in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace convene::dissect {

/// A packet as it was captured.
struct CapturedPacket {
    std::uint32_t link_type = 0;  ///< LINKTYPE_…, as registered with the tcpdump group
    ByteView octets;              ///< valid until the next call
    bool cut = false;             ///< the packet was longer than what was captured of it
};

/// Push octets, then take packets until there are none; both file formats in both byte orders. Memory is bounded by the
/// largest packet.
class CaptureReader {
public:
    static constexpr std::size_t kMaxPacket = 512 * 1024;  // libpcap's own limit is half of it
    static constexpr std::size_t kMaxInterfaces = 4096;

    /// Whether a file that begins with these four octets is such a capture.
    static bool is_capture(ByteView first);

    void push(ByteView octets);
    std::optional<CapturedPacket> next();

    /// Not empty after something that cannot be right; then there are no more packets.
    const std::string& error() const { return error_; }
    /// True when the file may end here.
    bool at_boundary() const { return position_ == pending_.size() && skip_ == 0; }
    std::uint64_t offset() const { return start_ + position_; }  ///< of what is read next

private:
    enum class Format : std::uint8_t { unknown, classic, next_generation };

    std::uint16_t u16(std::size_t at) const;
    std::uint32_t u32(std::size_t at) const;
    bool has(std::size_t octets) const { return pending_.size() - position_ >= octets; }
    bool start();
    std::optional<CapturedPacket> next_classic();
    std::optional<CapturedPacket> next_block();
    std::optional<CapturedPacket> packet_of_block(std::uint32_t type, std::size_t length);
    void fail(std::string what);

    Bytes pending_;
    std::size_t position_ = 0;  // in pending_
    std::uint64_t start_ = 0;   // offset of pending_ in the file
    std::uint64_t skip_ = 0;    // octets to be thrown away before anything else
    Format format_ = Format::unknown;
    bool big_endian_ = false;
    std::uint32_t link_type_ = 0;
    struct Interface {
        std::uint32_t link_type;
        std::uint32_t snap_length;
    };
    std::vector<Interface> interfaces_;
    std::string error_;
};

}  // namespace convene::dissect
