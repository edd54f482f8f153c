/// What the server writes into the log of a conference: kinds of entries, and their payloads.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "mcs/ids.hpp"
#include "store/records.hpp"

namespace convene::server {

/// A public line of chat: the payload is its text in UTF-8.
inline constexpr store::EntryKind kChatEntry{1};
/// Something that changed the whiteboard: the payload is a WhiteboardEntry.
inline constexpr store::EntryKind kWhiteboardEntry{2};

/// A PDU of T.126 as it came. Who sent it is needed to understand it, as planes may be protected.
struct WhiteboardEntry {
    std::uint16_t from = 0;  ///< the MCS user, of that time
    Bytes pdu;

    friend bool operator==(const WhiteboardEntry&, const WhiteboardEntry&) = default;
};
/// A whole whiteboard as the PDUs that make it, in their order.
struct WhiteboardSnapshot {
    std::vector<Bytes> pdus;

    friend bool operator==(const WhiteboardSnapshot&, const WhiteboardSnapshot&) = default;
};

Bytes encode(const WhiteboardEntry& entry);
Bytes encode(const WhiteboardSnapshot& snapshot);
std::optional<WhiteboardEntry> decode_whiteboard_entry(ByteView octets);
std::optional<WhiteboardSnapshot> decode_whiteboard_snapshot(ByteView octets);

}  // namespace convene::server
