/// How a node tells the others where its user is on the whiteboard.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "gcc/key.hpp"
#include "whiteboard/objects.hpp"

namespace convene::node {

/// Where somebody is on the board. Travels in the non-standard PDU of T.126 by plain Send-Data of low priority: it is
/// no part of the board, and whoever does not know it overlooks it.
struct Presence {
    whiteboard::ItemId page;
    whiteboard::Point upper_left;  ///< of what it sees of the page
    whiteboard::Extent size;       ///< of that
    std::optional<whiteboard::Point> cursor;
    bool is_laser = false;  ///< it points with the cursor
    bool is_busy = false;   ///< it is drawing right now

    friend bool operator==(const Presence&, const Presence&) = default;
};

/// It is told this often at most; of what changes meanwhile the last counts.
inline constexpr Duration kPresenceTime = std::chrono::milliseconds{100};
/// Of so many others it is remembered.
inline constexpr std::size_t kMaxPresences = 4'096;

/// The H.221 key of presences.
gcc::Key presence_key();
/// Nothing: that it looks at no page any more.
Bytes encode(const std::optional<Presence>& presence);

struct ToldPresence {
    std::optional<Presence> presence;
};
/// Nothing for what is none.
std::optional<ToldPresence> decode_presence(ByteView octets);

/// Whether a PDU of the whiteboard is nothing but a presence. Looks at its first octets alone.
bool is_presence_pdu(ByteView si_pdu);

}  // namespace convene::node
