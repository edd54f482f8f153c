#include "session/picture_octets.hpp"

#include <memory>
#include <utility>
#include <variant>

#include "pixels/decode.hpp"
#include "session/board_json.hpp"

namespace convene::session {
namespace {

constexpr std::int64_t kMostSide = 65'535;  // T.126 has 16 bits for it
constexpr std::size_t kMostColors = 256;

Bytes rgba_of(const pixels::Raster& raster) {
    Bytes out;
    out.reserve(raster.pixels.size() * 4);
    for (const std::uint32_t pixel : raster.pixels)
        for (const unsigned shift : {16U, 8U, 0U, 24U}) out.push_back(static_cast<std::byte>(pixel >> shift & 0xFF));
    return out;
}

std::optional<whiteboard::BitmapFormatHeader> header_of(const JsonValue& said, std::size_t pixels, std::size_t octets) {
    const std::string& format = said.text("format");
    if (format == "jpeg") {
        whiteboard::BitmapHeaderT81 header;
        header.color_space = whiteboard::YcbcrSpace{};
        if (octets == 0) return std::nullopt;
        return header;
    }
    if (format == "rgb") {
        if (octets != pixels * 3) return std::nullopt;
        return whiteboard::BitmapHeaderUncompressed{whiteboard::DirectMap{whiteboard::RgbSpace{}, {}}};
    }
    const auto& colors = said.items("colors");
    if (format != "palette" || octets != pixels || colors.empty() || colors.size() > kMostColors) return std::nullopt;
    whiteboard::PaletteRgb palette;
    for (const JsonValue& color : colors) {
        const auto value = static_cast<std::uint32_t>(whole(color.number(), 0, 0xFF'FFFF));
        palette.palette.push_back({static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                                   static_cast<std::uint8_t>(value)});
    }
    return whiteboard::BitmapHeaderUncompressed{whiteboard::PaletteMap{std::move(palette), 8}};
}

}  // namespace

std::optional<whiteboard::Picture> read_picture(const JsonValue& said, ByteView octets) {
    whiteboard::Picture out;
    out.size = {static_cast<std::uint32_t>(whole(said.number("width"), 0, kMostSide)),
                static_cast<std::uint32_t>(whole(said.number("height"), 0, kMostSide))};
    const JsonValue* box = said.find("box");
    if (out.size.width == 0 || out.size.height == 0 || box == nullptr) return std::nullopt;
    auto header = header_of(said, std::size_t{out.size.width} * out.size.height, octets.size());
    if (!header) return std::nullopt;
    whiteboard::PictureFormat format;
    format.header = std::move(*header);
    out.format = std::make_shared<const whiteboard::PictureFormat>(std::move(format));
    const auto [upper_left, size] = read_box(*box);
    out.anchor = upper_left;
    if (!(size == out.size) && size.width > 0 && size.height > 0)
        out.scale = whiteboard::Point{static_cast<std::int32_t>(size.width), static_cast<std::int32_t>(size.height)};
    out.data = {Slice(octets)};
    return out;
}

std::optional<PictureOctets> show_picture(const whiteboard::Picture& picture) {
    const auto [width, height] = picture.size;
    if (!picture.is_complete || width == 0 || height == 0) return std::nullopt;
    const auto& format = picture.form();
    Bytes octets = picture.joined();
    if (std::holds_alternative<whiteboard::BitmapHeaderT81>(format.header) && format.extras.empty())
        return PictureOctets{true, width, height, std::move(octets)};
    if (std::uint64_t{width} * height > kMostShownPixels) return std::nullopt;
    auto raster = pixels::decode_netmeeting(format, octets);
    const auto* plain = std::get_if<whiteboard::BitmapHeaderUncompressed>(&format.header);
    if (!raster && plain != nullptr)
        raster = pixels::decode_uncompressed(plain->color_mapping_mode, picture.size, octets);
    if (!raster && std::holds_alternative<whiteboard::BitmapHeaderT6>(format.header))
        raster = pixels::decode_group4(picture.size, octets);
    if (!raster || !*raster) return std::nullopt;
    return PictureOctets{false, (*raster)->width, (*raster)->height, rgba_of(**raster)};
}

}  // namespace convene::session
