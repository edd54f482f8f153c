/// Pixels in memory: what the decoders make and the painter takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace convene::pixels {

/// Rows from the top, pixels from the left. A pixel is 0xAARRGGBB with the colours multiplied by the opacity, which is
/// how Cairo has it.
struct Raster {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::vector<std::uint32_t> pixels;  ///< width * height

    std::uint32_t& at(std::uint32_t x, std::uint32_t y) { return pixels[std::size_t{y} * width + x]; }
    std::uint32_t at(std::uint32_t x, std::uint32_t y) const { return pixels[std::size_t{y} * width + x]; }
};

/// More than any screen or sheet needs; a picture that claims more is refused before anything is allocated.
inline constexpr std::uint64_t kMaxRasterPixels = std::uint64_t{100} * 1000 * 1000;

constexpr std::uint32_t opaque(std::uint32_t red, std::uint32_t green, std::uint32_t blue) {
    return 0xFF00'0000U | red << 16 | green << 8 | blue;
}

}  // namespace convene::pixels
