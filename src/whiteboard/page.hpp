/// A page of the board: what T.126 calls a workspace.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "whiteboard/objects.hpp"

namespace convene::whiteboard {

/// A surface of the page; 0 is the lowest.
struct Plane {
    bool is_editable = true;  ///< objects on it may be changed and deleted
    bool has_annotations = true;
    bool has_images = true;
    bool is_protected = false;  ///< only the page's creator and those on its list may change it

    friend bool operator==(const Plane&, const Plane&) = default;
};

enum class Visibility : std::uint8_t { hidden, background, foreground, focus };

/// A window onto a page.
struct View {
    ItemId id{};
    std::optional<Area> region{};  ///< all of the page when absent
    Visibility state = Visibility::background;
    bool updates_enabled = true;

    friend bool operator==(const View&, const View&) = default;
};

/// Where a page stands among the others; an order of our own, as T.126 has none. Equal ones go by the page's id.
using Place = std::uint64_t;
/// Between the pages that are added at the end, so that others find room between them.
inline constexpr Place kPlaceStep = Place{1} << 32;

struct Page {
    ItemId id{};
    mcs::UserId creator{};
    Extent size{1024, 768};
    Color background = kWhite;
    bool preserve = true;
    bool is_synchronized = true;
    bool is_ready = false;  ///< its creator has said that everybody has it
    bool accepts_keyboard = false;
    bool accepts_pointing_device = false;
    std::vector<mcs::UserId> access_list{};  ///< who may change protected planes besides the creator
    std::vector<Plane> planes{Plane{}};
    std::vector<View> views{};
    Place place = 0;

    friend bool operator==(const Page&, const Page&) = default;
};

}  // namespace convene::whiteboard
