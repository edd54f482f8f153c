#include "dissect/capture_reader.hpp"

#include <algorithm>

namespace convene::dissect {
namespace {

constexpr std::uint32_t kClassic = 0xA1B2C3D4;             // times in microseconds
constexpr std::uint32_t kClassicNanoseconds = 0xA1B23C4D;  // times in nanoseconds
constexpr std::uint32_t kSectionHeader = 0x0A0D0D0A;       // reads the same in both orders
constexpr std::uint32_t kByteOrder = 0x1A2B3C4D;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kObsoletePacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::size_t kClassicHeader = 24;
constexpr std::size_t kRecordHeader = 16;
constexpr std::size_t kBlockHeader = 8;
constexpr std::size_t kBlockOverhead = 12;  // type, length, and the length again behind the body

std::uint32_t read_u32(ByteView octets, bool big) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < 4; ++i) out = out << 8 | std::to_integer<std::uint32_t>(octets[big ? i : 3 - i]);
    return out;
}

bool is_classic(std::uint32_t magic) { return magic == kClassic || magic == kClassicNanoseconds; }

}  // namespace

bool CaptureReader::is_capture(ByteView first) {
    if (first.size() < 4) return false;
    return read_u32(first, true) == kSectionHeader || is_classic(read_u32(first, true)) ||
           is_classic(read_u32(first, false));
}

std::uint16_t CaptureReader::u16(std::size_t at) const {
    const unsigned a = std::to_integer<unsigned>(pending_[position_ + at]);
    const unsigned b = std::to_integer<unsigned>(pending_[position_ + at + 1]);
    return static_cast<std::uint16_t>(big_endian_ ? a << 8 | b : b << 8 | a);
}

std::uint32_t CaptureReader::u32(std::size_t at) const {
    return read_u32(ByteView(pending_).subspan(position_ + at, 4), big_endian_);
}

void CaptureReader::fail(std::string what) {
    error_ = std::move(what);
    pending_.clear();
    position_ = 0;
}

void CaptureReader::push(ByteView octets) {
    if (!error_.empty()) return;
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(position_));
    start_ += position_;
    position_ = 0;
    const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, octets.size()));
    start_ += skipped;
    skip_ -= skipped;
    append(pending_, octets.subspan(skipped));
}

std::optional<CapturedPacket> CaptureReader::next() {
    if (!error_.empty() || skip_ > 0 || !start()) return std::nullopt;
    return format_ == Format::classic ? next_classic() : next_block();
}

bool CaptureReader::start() {
    if (format_ != Format::unknown) return true;
    if (!has(4)) return false;
    const ByteView first = ByteView(pending_).first(4);
    if (read_u32(first, true) == kSectionHeader) {
        format_ = Format::next_generation;
        return true;
    }
    big_endian_ = is_classic(read_u32(first, true));
    if (!big_endian_ && !is_classic(read_u32(first, false))) {
        fail("no pcap or pcapng file");
        return false;
    }
    if (!has(kClassicHeader)) return false;
    link_type_ = u32(20) & 0x0FFFFFFF;  // above: the length of a frame check sequence
    position_ += kClassicHeader;
    format_ = Format::classic;
    return true;
}

std::optional<CapturedPacket> CaptureReader::next_classic() {
    if (!has(kRecordHeader)) return std::nullopt;
    const std::size_t captured = u32(8);
    if (captured > kMaxPacket) {
        fail("a packet of " + std::to_string(captured) + " octets");
        return std::nullopt;
    }
    if (!has(kRecordHeader + captured)) return std::nullopt;
    CapturedPacket out{link_type_, ByteView(pending_).subspan(position_ + kRecordHeader, captured), u32(12) > captured};
    position_ += kRecordHeader + captured;
    return out;
}

std::optional<CapturedPacket> CaptureReader::next_block() {
    while (error_.empty() && skip_ == 0) {
        if (!has(kBlockHeader)) return std::nullopt;
        std::uint32_t type = u32(0);
        if (type == kSectionHeader) {
            // The order of its octets stands within the block, and is needed for its length.
            if (!has(kBlockOverhead)) return std::nullopt;
            big_endian_ = true;
            if (u32(8) != kByteOrder) big_endian_ = false;
            if (u32(8) != kByteOrder) {
                fail("a section in no known byte order");
                return std::nullopt;
            }
        }
        const std::size_t length = u32(4);
        if (length < kBlockOverhead || length % 4 != 0) {
            fail("a block of " + std::to_string(length) + " octets");
            return std::nullopt;
        }
        const bool is_packet = type == kEnhancedPacket || type == kSimplePacket || type == kObsoletePacket;
        if (!is_packet && type != kInterface) {
            if (type == kSectionHeader) interfaces_.clear();
            const std::size_t here = std::min(length, pending_.size() - position_);
            position_ += here;
            skip_ = length - here;
            continue;
        }
        if (length > kMaxPacket) {
            fail("a block of " + std::to_string(length) + " octets");
            return std::nullopt;
        }
        if (!has(length)) return std::nullopt;
        auto out = packet_of_block(type, length);
        position_ += length;
        if (out && error_.empty()) return out;
    }
    return std::nullopt;
}

std::optional<CapturedPacket> CaptureReader::packet_of_block(std::uint32_t type, std::size_t length) {
    const std::size_t body = length - kBlockOverhead;
    if (type == kInterface) {
        if (body >= 8 && interfaces_.size() < kMaxInterfaces) interfaces_.push_back({u16(8), u32(12)});
        return std::nullopt;
    }
    const std::size_t header = type == kSimplePacket ? 4 : 20;
    if (body < header) return std::nullopt;
    const std::uint32_t interface = type == kSimplePacket ? 0 : type == kEnhancedPacket ? u32(8) : u16(8);
    if (interface >= interfaces_.size()) return std::nullopt;  // captured on what nobody described
    const std::size_t original = type == kSimplePacket ? u32(8) : u32(24);
    std::size_t captured = type == kSimplePacket ? original : u32(20);
    if (type == kSimplePacket) {
        if (interfaces_[0].snap_length != 0) captured = std::min<std::size_t>(captured, interfaces_[0].snap_length);
        captured = std::min(captured, body - header);
    }
    if (captured > body - header) return std::nullopt;
    return CapturedPacket{interfaces_[interface].link_type,
                          ByteView(pending_).subspan(position_ + kBlockHeader + header, captured), original > captured};
}

}  // namespace convene::dissect
