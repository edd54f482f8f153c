#include "server/memory_entries.hpp"

#include "asn1/per.hpp"

namespace convene::asn1 {

template <>
inline constexpr auto schema<server::WhiteboardEntry> = sequence(field("from", &server::WhiteboardEntry::from,
                                                                       Integer<0, 65'535>{}),
                                                                 field("pdu", &server::WhiteboardEntry::pdu),
                                                                 extensible);
template <>
inline constexpr auto schema<server::WhiteboardSnapshot> =
    sequence(field("pdus", &server::WhiteboardSnapshot::pdus, SequenceOf<>{}), extensible);

}  // namespace convene::asn1

namespace convene::server {

Bytes encode(const WhiteboardEntry& entry) { return *asn1::per_encode(entry); }

Bytes encode(const WhiteboardSnapshot& snapshot) { return *asn1::per_encode(snapshot); }

std::optional<WhiteboardEntry> decode_whiteboard_entry(ByteView octets) {
    auto decoded = asn1::per_decode<WhiteboardEntry>(octets);
    if (!decoded) return std::nullopt;
    return std::move(*decoded);
}

std::optional<WhiteboardSnapshot> decode_whiteboard_snapshot(ByteView octets) {
    auto decoded = asn1::per_decode<WhiteboardSnapshot>(octets);
    if (!decoded) return std::nullopt;
    return std::move(*decoded);
}

}  // namespace convene::server
