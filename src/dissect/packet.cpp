#include "dissect/packet.hpp"

#include <algorithm>

namespace convene::dissect {
namespace {

// Link types, as registered with the tcpdump group.
constexpr std::uint32_t kNull = 0, kEthernet = 1, kRawBsd = 12, kRawOpenBsd = 14, kRaw = 101, kLoop = 108;
constexpr std::uint32_t kLinuxCooked = 113, kIpv4Link = 228, kIpv6Link = 229, kLinuxCooked2 = 276;
constexpr unsigned kEtherIpv4 = 0x0800, kEtherIpv6 = 0x86DD, kEtherVlan = 0x8100, kEtherProviderVlan = 0x88A8;
constexpr unsigned kTcp = 6, kUdp = 17;
constexpr int kMostVlanTags = 4;
constexpr int kMostExtensionHeaders = 8;

/// Reads big-endian numbers off the front; once too short it stays failed.
class Reader {
public:
    explicit Reader(ByteView octets) : rest_(octets) {}
    unsigned u8() { return take(1); }
    unsigned u16() { return take(2); }
    std::uint32_t u32() { return take(4); }
    ByteView octets(std::size_t count) {
        if (count > rest_.size()) {
            failed_ = true;
            rest_ = {};
            return {};
        }
        ByteView out = rest_.first(count);
        rest_ = rest_.subspan(count);
        return out;
    }
    void limit(std::size_t size) { rest_ = rest_.first(std::min(size, rest_.size())); }
    unsigned peek() const { return rest_.empty() ? 0 : std::to_integer<unsigned>(rest_[0]); }
    ByteView rest() const { return rest_; }
    bool failed() const { return failed_; }

private:
    unsigned take(std::size_t count) {
        unsigned out = 0;
        for (std::byte octet : octets(count)) out = out << 8 | std::to_integer<unsigned>(octet);
        return out;
    }
    ByteView rest_;
    bool failed_ = false;
};

PacketKind parse_transport(Reader in, unsigned protocol, Segment& out) {
    out.is_tcp = protocol == kTcp;
    if (protocol != kTcp && protocol != kUdp) return PacketKind::other;
    out.from.port = static_cast<std::uint16_t>(in.u16());
    out.to.port = static_cast<std::uint16_t>(in.u16());
    if (protocol == kUdp) {
        const unsigned length = in.u16();
        in.u16();
        if (length >= 8) in.limit(length - 8);
    } else {
        out.sequence = in.u32();
        in.u32();
        const unsigned offset = (in.u8() >> 4) * 4;
        const unsigned flags = in.u8();
        in.octets(6);
        if (offset < 20) return PacketKind::malformed;
        in.octets(offset - 20);
        out.fin = (flags & 1) != 0;
        out.syn = (flags & 2) != 0;
        out.reset = (flags & 4) != 0;
    }
    if (in.failed()) return PacketKind::malformed;
    out.payload = in.rest();
    return PacketKind::segment;
}

PacketKind parse_ipv4(Reader in, Segment& out) {
    const std::size_t captured = in.rest().size();
    const unsigned header = (in.u8() & 15) * 4;
    in.u8();
    const std::size_t length = in.u16();
    in.u16();
    const unsigned fragment = in.u16();
    in.u8();
    const unsigned protocol = in.u8();
    in.u16();
    for (Peer* peer : {&out.from, &out.to}) {
        peer->address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
        const ByteView address = in.octets(4);
        for (std::size_t i = 0; i < address.size(); ++i)
            peer->address[12 + i] = std::to_integer<std::uint8_t>(address[i]);
    }
    if (in.failed() || header < 20 || header > captured) return PacketKind::malformed;
    in.octets(header - 20);
    // A length of 0 is what segmentation offload leaves in captures of the sending machine.
    if (length >= header) in.limit(length - header);
    if ((fragment & 0x3FFF) != 0) return PacketKind::fragment;
    return parse_transport(in, protocol, out);
}

PacketKind parse_ipv6(Reader in, Segment& out) {
    in.u32();
    const std::size_t length = in.u16();
    unsigned next = in.u8();
    in.u8();
    for (Peer* peer : {&out.from, &out.to}) {
        const ByteView address = in.octets(16);
        for (std::size_t i = 0; i < address.size(); ++i) peer->address[i] = std::to_integer<std::uint8_t>(address[i]);
    }
    if (in.failed()) return PacketKind::malformed;
    if (length > 0) in.limit(length);
    for (int i = 0; i < kMostExtensionHeaders; ++i) {
        if (next == 44) return PacketKind::fragment;
        if (next != 0 && next != 43 && next != 60) return parse_transport(in, next, out);
        next = in.u8();
        const unsigned more = in.u8();
        in.octets(6 + std::size_t{8} * more);
        if (in.failed()) return PacketKind::malformed;
    }
    return PacketKind::malformed;
}

/// `in` stands behind `type`.
PacketKind parse_ether_type(Reader in, unsigned type, Segment& out) {
    for (int i = 0; i < kMostVlanTags && (type == kEtherVlan || type == kEtherProviderVlan); ++i) {
        in.u16();
        type = in.u16();
    }
    if (type == kEtherIpv4) return parse_ipv4(in, out);
    if (type == kEtherIpv6) return parse_ipv6(in, out);
    return in.failed() ? PacketKind::malformed : PacketKind::other;
}

PacketKind parse_ip(const Reader& in, Segment& out) {
    const unsigned version = in.peek() >> 4;
    if (version == 4) return parse_ipv4(in, out);
    return version == 6 ? parse_ipv6(in, out) : PacketKind::malformed;
}

}  // namespace

PacketKind parse_packet(const CapturedPacket& packet, Segment& out) {
    out = Segment{};
    Reader in(packet.octets);
    switch (packet.link_type) {
        case kEthernet: {
            in.octets(12);
            const unsigned type = in.u16();
            return parse_ether_type(in, type, out);
        }
        case kRaw:
        case kRawBsd:
        case kRawOpenBsd:
        case kIpv4Link:
        case kIpv6Link:
            return parse_ip(in, out);
        case kNull:  // an address family whose numbers differ between systems: the packet itself tells more
        case kLoop:
            in.octets(4);
            return parse_ip(in, out);
        case kLinuxCooked: {
            in.octets(14);
            const unsigned type = in.u16();
            return parse_ether_type(in, type, out);
        }
        case kLinuxCooked2: {
            const unsigned type = in.u16();
            in.octets(18);
            return parse_ether_type(in, type, out);
        }
        default:
            return PacketKind::unknown_link;
    }
}

std::string to_text(const Peer& peer) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    const auto& a = peer.address;
    const bool is_v4 = std::all_of(a.begin(), a.begin() + 10, [](auto octet) { return octet == 0; }) && a[10] == 0xFF;
    if (is_v4) {
        for (std::size_t i = 12; i < 16; ++i) out += (i > 12 ? "." : "") + std::to_string(a[i]);
    } else {
        std::array<unsigned, 8> groups{};
        for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = unsigned{a[2 * i]} << 8 | a[2 * i + 1];
        // The longest run of zeros, of two groups or more, is left out. RFC 5952 section 4.
        std::size_t best = 0, best_length = 1;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            std::size_t length = 0;
            while (i + length < groups.size() && groups[i + length] == 0) ++length;
            if (length > best_length) best = i, best_length = length;
        }
        if (best_length == 1) best = groups.size();
        out = "[";
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (i == best) {
                out += "::";
                i += best_length - 1;
                continue;
            }
            if (i > 0 && out.back() != ':') out += ':';
            bool shown = false;
            for (int shift = 12; shift >= 0; shift -= 4) {
                const unsigned digit = groups[i] >> shift & 15;
                shown = shown || digit != 0 || shift == 0;
                if (shown) out += kDigits[digit];
            }
        }
        out += "]";
    }
    return out + ":" + std::to_string(peer.port);
}

}  // namespace convene::dissect
