#include "picture/decode.hpp"

#include <variant>

#include "base/overloaded.hpp"
#include "netmeeting/whiteboard_bitmap.hpp"

namespace convene::picture {
namespace {

std::optional<netmeeting::BitmapInfo> netmeeting_info(const whiteboard::PictureFormat& format) {
    for (const auto& extra : format.extras) {
        if (netmeeting::is_bitmap_key(extra.identifier)) return netmeeting::read_bitmap_info(extra.data);
    }
    if (const auto* header = std::get_if<whiteboard::NonStandardParameter>(&format.header)) {
        if (netmeeting::is_bitmap_key(header->identifier)) return netmeeting::read_bitmap_info(header->data);
    }
    return std::nullopt;
}

Expected<Raster, std::string> decode_netmeeting(const netmeeting::BitmapInfo& info, ByteView octets) {
    const auto picture = netmeeting::read_bitmap(info, octets);
    if (!picture) return tl::make_unexpected(std::string("the bitmap of NetMeeting is broken or incomplete"));
    Raster out{picture->width, picture->height, {}};
    out.pixels.reserve(std::size_t{out.width} * out.height);
    const auto at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(picture->rgb[i]); };
    for (std::size_t i = 0; i + 2 < picture->rgb.size(); i += 3)
        out.pixels.push_back(opaque(at(i), at(i + 1), at(i + 2)));
    return out;
}

}  // namespace

Expected<Raster, std::string> decode(const whiteboard::Picture& picture) {
    if (picture.size.width == 0 || picture.size.height == 0 ||
        std::uint64_t{picture.size.width} * picture.size.height > kMaxRasterPixels)
        return tl::make_unexpected(std::string("it claims a size that cannot be meant"));
    const Bytes octets = picture.joined();
    if (!picture.format) return tl::make_unexpected(std::string("it has no format"));
    if (const auto info = netmeeting_info(*picture.format)) return decode_netmeeting(*info, octets);
    return std::visit(
        overloaded{
            [&](const whiteboard::BitmapHeaderUncompressed& header) {
                return decode_uncompressed(header.color_mapping_mode, picture.size, octets);
            },
            [&](const whiteboard::BitmapHeaderT4& header) {
                return decode_fax(
                    header.two_dimensional_encoding ? FaxCoding::group3_two_dimensional : FaxCoding::group3,
                    picture.size, octets);
            },
            [&](const whiteboard::BitmapHeaderT6&) { return decode_fax(FaxCoding::group4, picture.size, octets); },
            [&](const whiteboard::BitmapHeaderT81&) { return decode_jpeg(octets); },
            [](const auto&) -> Expected<Raster, std::string> {
                return tl::make_unexpected(std::string("its format is not understood"));
            }},
        picture.format->header);
}

}  // namespace convene::picture
