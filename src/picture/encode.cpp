#include "picture/encode.hpp"

#include <algorithm>

namespace convene::picture {
namespace {

constexpr int kQuality = 90;
constexpr std::uint32_t kMaxSide = 65'535;  // T.126 has 16 bits for it

std::uint32_t on_white(std::uint32_t pixel) {
    const std::uint32_t white = 255 - (pixel >> 24);  // the colours are multiplied by the opacity already
    const auto channel = [&](unsigned shift) { return std::min<std::uint32_t>((pixel >> shift & 0xFF) + white, 255); };
    return opaque(channel(16), channel(8), channel(0));
}

bool is_black_or_white(const Raster& raster) {
    return std::all_of(raster.pixels.begin(), raster.pixels.end(), [](std::uint32_t pixel) {
        return (pixel & 0xFF'FFFF) == 0 || (pixel & 0xFF'FFFF) == 0xFF'FFFF;
    });
}

}  // namespace

Expected<whiteboard::Picture, std::string> encode(const Raster& raster) {
    if (raster.width == 0 || raster.height == 0) return tl::make_unexpected(std::string("the picture is empty"));
    if (raster.width > kMaxSide || raster.height > kMaxSide)
        return tl::make_unexpected("a picture may be at most " + std::to_string(kMaxSide) + " pixels wide and high");
    Raster flat = raster;
    for (auto& pixel : flat.pixels) pixel = on_white(pixel);
    whiteboard::Picture out;
    out.size = {raster.width, raster.height};
    out.is_complete = true;
    if (is_black_or_white(flat)) {
        CONVENE_TRY(octets, encode_group4(flat));
        out.format = format_of(whiteboard::BitmapHeaderT6{});
        out.data = {Slice(octets)};
        return out;
    }
    CONVENE_TRY(octets, encode_jpeg(flat, kQuality));
    whiteboard::BitmapHeaderT81 header;
    header.color_space = whiteboard::YcbcrSpace{};
    out.format = format_of(std::move(header));
    out.data = {Slice(octets)};
    return out;
}

}  // namespace convene::picture
