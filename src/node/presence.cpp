#include "node/presence.hpp"

#include <algorithm>

#include "asn1/per.hpp"
#include "whiteboard/codec.hpp"

namespace convene::node {
namespace {

struct WirePresence {
    std::uint32_t page = 0;
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::optional<std::int32_t> cursor_x;
    std::optional<std::int32_t> cursor_y;
    bool is_laser = false;
    bool is_busy = false;
};
struct WireTold {
    std::optional<WirePresence> presence;
};

}  // namespace
}  // namespace convene::node

namespace convene::asn1 {

constexpr auto kPlaceOnPage = Integer<INT32_MIN, INT32_MAX>{};
constexpr auto kSizeOnPage = Integer<0, UINT32_MAX>{};

template <>
inline constexpr auto schema<node::WirePresence> =
    sequence(field("page", &node::WirePresence::page, kSizeOnPage), field("x", &node::WirePresence::x, kPlaceOnPage),
             field("y", &node::WirePresence::y, kPlaceOnPage), field("width", &node::WirePresence::width, kSizeOnPage),
             field("height", &node::WirePresence::height, kSizeOnPage),
             field("cursorX", &node::WirePresence::cursor_x, kPlaceOnPage),
             field("cursorY", &node::WirePresence::cursor_y, kPlaceOnPage),
             field("laser", &node::WirePresence::is_laser), field("busy", &node::WirePresence::is_busy), extensible);
template <>
inline constexpr auto schema<node::WireTold> = sequence(field("presence", &node::WireTold::presence), extensible);

}  // namespace convene::asn1

namespace convene::node {

gcc::Key presence_key() { return gcc::h221_key(to_bytes("Convene presence")); }

Bytes encode(const std::optional<Presence>& presence) {
    WireTold told;
    if (presence) {
        WirePresence& wire = told.presence.emplace();
        wire.page = presence->page.value;
        wire.x = presence->upper_left.x;
        wire.y = presence->upper_left.y;
        wire.width = presence->size.width;
        wire.height = presence->size.height;
        if (presence->cursor) {
            wire.cursor_x = presence->cursor->x;
            wire.cursor_y = presence->cursor->y;
        }
        wire.is_laser = presence->is_laser;
        wire.is_busy = presence->is_busy;
    }
    return *asn1::per_encode(told);
}

std::optional<ToldPresence> decode_presence(ByteView octets) {
    const auto told = asn1::per_decode<WireTold>(octets);
    if (!told) return std::nullopt;
    if (!told->presence) return ToldPresence{};
    const WirePresence& wire = *told->presence;
    Presence out;
    out.page = whiteboard::ItemId{wire.page};
    out.upper_left = {wire.x, wire.y};
    out.size = {wire.width, wire.height};
    if (wire.cursor_x && wire.cursor_y) out.cursor = whiteboard::Point{*wire.cursor_x, *wire.cursor_y};
    out.is_laser = wire.is_laser;
    out.is_busy = wire.is_busy;
    return ToldPresence{out};
}

bool is_presence_pdu(ByteView si_pdu) {
    // All that comes before the length of the data is the same in each of them.
    const auto empty = whiteboard::encode(whiteboard::NonStandardPdu{{{presence_key()}, {}}});
    if (!empty || si_pdu.size() < empty->size()) return false;
    return std::equal(empty->begin(), empty->end() - 1, si_pdu.begin());
}

}  // namespace convene::node
