/// Where things are on a page, and in which colour.
#pragma once

#include <cstdint>

namespace convene::whiteboard {

/// In workspace pixels: x to the right, y down, (0,0) is the upper left corner. Also a difference of two such points.
struct Point {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

struct Extent {
    std::uint32_t width = 0;
    std::uint32_t height = 0;

    friend bool operator==(const Extent&, const Extent&) = default;
};

/// Both corners belong to it.
struct Area {
    Point upper_left;
    Point lower_right;

    friend bool operator==(const Area&, const Area&) = default;
};

struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    bool is_transparent = false;  ///< then the others are 0

    friend bool operator==(const Color&, const Color&) = default;
};

inline constexpr Color kBlack{0, 0, 0, false};
inline constexpr Color kWhite{255, 255, 255, false};
inline constexpr Color kTransparent{0, 0, 0, true};

}  // namespace convene::whiteboard
