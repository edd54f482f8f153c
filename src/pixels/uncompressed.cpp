#include <algorithm>
#include <cmath>
#include <variant>

#include "base/overloaded.hpp"
#include "pixels/decode.hpp"

namespace convene::pixels {
namespace {

using whiteboard::ColorPalette;

std::uint32_t from_ycbcr(double y, double cb, double cr) {
    const auto channel = [](double value) {
        return static_cast<std::uint32_t>(std::clamp(std::lround(value), 0L, 255L));
    };
    return opaque(channel(y + 1.402 * (cr - 128)), channel(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
                  channel(y + 1.772 * (cb - 128)));
}

// The sixteen colours of VGA, for tables that only number them.
constexpr std::uint32_t kVga[] = {0xFF000000, 0xFF000080, 0xFF008000, 0xFF008080, 0xFF800000, 0xFF800080,
                                  0xFF808000, 0xFFC0C0C0, 0xFF808080, 0xFF0000FF, 0xFF00FF00, 0xFF00FFFF,
                                  0xFFFF0000, 0xFFFF00FF, 0xFFFFFF00, 0xFFFFFFFF};

/// Empty for tables in colours that are not understood.
std::vector<std::uint32_t> colors_of(const ColorPalette& palette) {
    std::vector<std::uint32_t> out;
    std::visit(overloaded{[&](const whiteboard::PaletteRgb& table) {
                              for (const auto& c : table.palette) out.push_back(opaque(c.r, c.g, c.b));
                          },
                          [&](const whiteboard::PaletteGreyscale& table) {
                              for (const auto& c : table.palette) out.push_back(opaque(c.value, c.value, c.value));
                          },
                          [&](const whiteboard::PaletteYcbcr& table) {
                              for (const auto& c : table.palette) out.push_back(from_ycbcr(c.y, c.cb, c.cr));
                          },
                          [&](const whiteboard::ColorIndexTable& table) {
                              for (const auto index : table.value) out.push_back(kVga[index % std::size(kVga)]);
                          },
                          [](const auto&) {}},
               palette);
    return out;
}

using Pixels = Expected<Raster, std::string>;

Pixels truncated() { return tl::make_unexpected(std::string("it has fewer octets than its size says")); }

Pixels by_palette(const whiteboard::PaletteMap& map, whiteboard::Extent size, ByteView octets) {
    const auto colors = colors_of(map.color_palette);
    if (colors.empty()) return tl::make_unexpected(std::string("its palette is not understood"));
    const std::size_t bits = map.bits_per_pixel;
    if (bits != 1 && bits != 4 && bits != 8)
        return tl::make_unexpected("it has " + std::to_string(bits) + " bits a pixel; 1, 4 and 8 are understood");
    const std::size_t row_octets = (std::size_t{size.width} * bits + 7) / 8;
    if (octets.size() < row_octets * size.height) return truncated();
    Raster out{size.width, size.height, {}};
    out.pixels.reserve(std::size_t{size.width} * size.height);
    for (std::size_t y = 0; y < size.height; ++y) {
        for (std::size_t x = 0; x < size.width; ++x) {
            const auto octet = std::to_integer<unsigned>(octets[y * row_octets + x * bits / 8]);
            const unsigned index = octet >> (8 - bits - x * bits % 8) & ((1U << bits) - 1);
            out.pixels.push_back(colors[std::min<std::size_t>(index, colors.size() - 1)]);
        }
    }
    return out;
}

Pixels direct(const whiteboard::DirectMap& map, whiteboard::Extent size, ByteView octets) {
    const std::size_t pixels = std::size_t{size.width} * size.height;
    Raster out{size.width, size.height, {}};
    const auto at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(octets[i]); };
    if (!std::holds_alternative<whiteboard::Resolution444>(map.resolution_mode))
        return tl::make_unexpected(std::string("only full resolution is understood without compression"));
    if (std::holds_alternative<whiteboard::GreyscaleSpace>(map.color_space)) {
        if (octets.size() < pixels) return truncated();
        out.pixels.reserve(pixels);
        for (std::size_t i = 0; i < pixels; ++i) out.pixels.push_back(opaque(at(i), at(i), at(i)));
        return out;
    }
    const bool is_rgb = std::holds_alternative<whiteboard::RgbSpace>(map.color_space);
    if (!is_rgb && !std::holds_alternative<whiteboard::YcbcrSpace>(map.color_space))
        return tl::make_unexpected(std::string("its colour space is not understood"));
    if (octets.size() < pixels * 3) return truncated();
    out.pixels.reserve(pixels);
    for (std::size_t i = 0; i < pixels * 3; i += 3)
        out.pixels.push_back(is_rgb ? opaque(at(i), at(i + 1), at(i + 2)) : from_ycbcr(at(i), at(i + 1), at(i + 2)));
    return out;
}

}  // namespace

Pixels decode_uncompressed(const whiteboard::ColorMappingMode& mode, whiteboard::Extent size, ByteView octets) {
    return std::visit(overloaded{[&](const whiteboard::DirectMap& map) { return direct(map, size, octets); },
                                 [&](const whiteboard::PaletteMap& map) { return by_palette(map, size, octets); },
                                 [](const auto&) -> Pixels {
                                     return tl::make_unexpected(std::string("its colours are not understood"));
                                 }},
                      mode);
}

}  // namespace convene::pixels
