/// What lies on a page: drawings, pictures, text, and the pointers above them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/slice.hpp"
#include "gcc/numbers.hpp"
#include "whiteboard/geometry.hpp"
#include "whiteboard/picture_format.hpp"

namespace convene::whiteboard {

/// A page (workspace), a view or an object: one space of numbers in a conference, from GCC's registry (T.126 §2).
using ItemId = StrongId<struct HandleTag, std::uint32_t>;

enum class Shape : std::uint8_t { point, open_line, closed_line, rectangle, ellipse };
enum class Nib : std::uint8_t { circular, square };
enum class Pattern : std::uint8_t { solid, dashed, dotted, dash_dot, dash_dot_dot, two_tone };
/// Where an object goes among those of its plane.
enum class Stacking : std::uint8_t { front, back };

struct Style {
    Color pen = kBlack;
    Color fill = kTransparent;
    std::uint8_t thickness = 1;  ///< 1..255 workspace pixels
    Nib nib = Nib::circular;
    Pattern pattern = Pattern::solid;
    bool is_highlight = false;  ///< translucent, like a marker
    bool is_selected = false;

    friend bool operator==(const Style&, const Style&) = default;
};

struct Rotation {
    std::uint16_t minutes = 0;  ///< of arc, 0..21599
    Point axis{};               ///< relative to the anchor

    friend bool operator==(const Rotation&, const Rotation&) = default;
};

/// T.126 §5: lines go from the anchor by the differences, each from the point before; a rectangle and an ellipse have
/// one difference, to the opposite corner of their box.
struct Drawing {
    Shape shape = Shape::open_line;
    Style style{};
    Point anchor{};
    std::optional<Rotation> rotation{};
    std::vector<Point> deltas{};

    friend bool operator==(const Drawing&, const Drawing&) = default;
};

/// A bitmap, complete or still arriving.
struct Picture {
    /// Shared because pictures are copied whenever they change, and this part never does. Null: a PictureFormat{}.
    std::shared_ptr<const PictureFormat> format{};
    Extent size{};                 ///< in its own pixels
    Point anchor{};                ///< of its upper left pixel
    std::optional<Area> part{};    ///< the part that is shown; all of it when absent
    std::optional<Point> scale{};  ///< its width and height on the page; its own when absent
    bool is_selected = false;
    std::vector<Slice> data{};  ///< in the pieces in which it came
    std::uint8_t pad_bits = 0;  ///< unused low bits of the last octet
    bool is_complete = false;

    std::size_t octets() const;
    /// All pieces in one.
    Bytes joined() const;
    const PictureFormat& form() const;
    friend bool operator==(const Picture& left, const Picture& right);
};

struct Font {
    std::string face{};         ///< UTF-8
    std::int32_t height = -16;  ///< negative: of a character, in pixels; positive: of a line
    std::int32_t weight = 400;
    bool is_italic = false;
    bool is_underlined = false;
    bool is_struck_out = false;

    friend bool operator==(const Font&, const Font&) = default;
};

struct Text {
    std::string utf8{};  ///< lines end with \n
    Point anchor{};      ///< upper left corner
    Color pen = kBlack;
    Color fill = kTransparent;
    Font font{};
    bool is_selected = false;

    friend bool operator==(const Text&, const Text&) = default;
};

using Content = std::variant<Drawing, Picture, Text>;

struct Object {
    ItemId page{};
    std::uint8_t plane = 0;
    bool is_pointer = false;  ///< a picture on the pointer plane, above everything, that shows where `author` points
    mcs::UserId author{};     ///< who created it, as far as that is known
    Content content{};

    /// What it counts against the limits.
    std::size_t octets() const;
};

Point anchor_of(const Content& content);

}  // namespace convene::whiteboard
