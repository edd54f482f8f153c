#include "whiteboard/pointer_picture.hpp"

#include <array>

namespace convene::whiteboard {
namespace {

constexpr std::uint32_t kPointerSide = 16;
/// Rows from the top, the leftmost pixel in the highest bit.
constexpr std::array<std::uint16_t, kPointerSide> kArrow{0x8000, 0xC000, 0xE000, 0xF000, 0xF800, 0xFC00,
                                                         0xFE00, 0xFF00, 0xFF80, 0xFC00, 0xEC00, 0xC600,
                                                         0x8600, 0x0300, 0x0300, 0x0000};

Bytes arrow_octets() {
    Bytes out;
    for (std::uint16_t row : kArrow) {
        out.push_back(static_cast<std::byte>(row >> 8));
        out.push_back(static_cast<std::byte>(row & 0xFF));
    }
    return out;
}

std::shared_ptr<const PictureFormat> arrow_format() {
    ColorPalette palette;
    auto& colors = palette.emplace<PaletteRgb>().palette;
    colors = {ColorRgb{255, 255, 255}, ColorRgb{0, 0, 0}};
    PictureFormat format;
    format.header = BitmapHeaderUncompressed{PaletteMap{std::move(palette), 1}};
    format.mask = TransparencyMask{UncompressedMask{arrow_octets()}, std::nullopt};
    return std::make_shared<const PictureFormat>(std::move(format));
}

}  // namespace

Picture pointer_picture() {
    static const std::shared_ptr<const PictureFormat> kFormat = arrow_format();
    Picture picture;
    picture.format = kFormat;
    picture.size = {kPointerSide, kPointerSide};
    picture.data.push_back(Slice(arrow_octets()));
    picture.is_complete = true;
    return picture;
}

}  // namespace convene::whiteboard
