#include "mcs/relay_header.hpp"

namespace convene::mcs {
namespace {

constexpr std::size_t kFixedPart = 6;  // index, initiator (2), channel (2), priority and segmentation
constexpr std::size_t kFragmentUnit = 16'384;

unsigned octet(ByteView pdu, std::size_t at) { return std::to_integer<unsigned>(pdu[at]); }
unsigned pair(ByteView pdu, std::size_t at) { return octet(pdu, at) << 8 | octet(pdu, at + 1); }

/// Reads the length determinant (X.691 §11.9) and checks that all the octets it speaks of are there.
bool read_length(ByteView pdu, std::size_t at, RelayHeader& header) {
    for (bool first = true;; first = false) {
        if (at >= pdu.size()) return false;
        unsigned lead = octet(pdu, at++);
        std::size_t size = 0;
        bool more = false;
        if (lead < 0x80) {
            size = lead;
        } else if (lead < 0xC0) {
            if (at >= pdu.size()) return false;
            size = (lead & 0x3F) << 8 | octet(pdu, at++);
        } else {
            unsigned units = lead & 0x3F;
            if (units < 1 || units > 4) return false;
            size = units * kFragmentUnit;
            more = true;
        }
        if (size > pdu.size() - at) return false;
        if (first && !more) {
            header.data_offset = at;
            header.data_size = size;
            return true;
        }
        header.fragmented = true;
        if (!more) return true;
        at += size;
    }
}

}  // namespace

std::optional<RelayHeader> read_relay_header(ByteView pdu) {
    if (!carries_data(pdu) || pdu.size() < kFixedPart) return std::nullopt;
    RelayHeader header;
    header.kind = static_cast<DataKind>(octet(pdu, 0) >> 2);
    unsigned initiator = pair(pdu, 1) + kFirstDynamicChannel;
    if (initiator > 65535) return std::nullopt;
    header.initiator = UserId{static_cast<std::uint16_t>(initiator)};
    header.channel = ChannelId{static_cast<std::uint16_t>(pair(pdu, 3))};
    unsigned flags = octet(pdu, 5);
    header.priority = static_cast<DataPriority>(flags >> 6);
    header.segmentation = {(flags & 0x20) != 0, (flags & 0x10) != 0};
    if (!read_length(pdu, kFixedPart, header)) return std::nullopt;
    return header;
}

std::optional<std::size_t> user_octets_of_next(const RelayHeader& first, ByteView pdu) {
    if (pdu.size() < kFixedPart) return std::nullopt;
    const bool is_next = octet(pdu, 0) >> 2 == static_cast<unsigned>(first.kind) &&
                         pair(pdu, 1) + kFirstDynamicChannel == first.initiator.value &&
                         pair(pdu, 3) == first.channel.value &&
                         octet(pdu, 5) >> 6 == static_cast<unsigned>(first.priority);
    RelayHeader length;
    if (!is_next || !read_length(pdu, kFixedPart, length)) return std::nullopt;
    return length.user_octets(pdu);
}

}  // namespace convene::mcs
