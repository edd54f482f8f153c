#include "picture/decode.hpp"

#include <variant>

#include "base/overloaded.hpp"
#include "pixels/decode.hpp"

namespace convene::picture {

Expected<Raster, std::string> decode(const whiteboard::Picture& picture) {
    if (picture.size.width == 0 || picture.size.height == 0 ||
        std::uint64_t{picture.size.width} * picture.size.height > kMaxRasterPixels)
        return tl::make_unexpected(std::string("it claims a size that cannot be meant"));
    const Bytes octets = picture.joined();
    if (!picture.format) return tl::make_unexpected(std::string("it has no format"));
    if (auto bitmap = pixels::decode_netmeeting(*picture.format, octets)) return std::move(*bitmap);
    return std::visit(
        overloaded{
            [&](const whiteboard::BitmapHeaderUncompressed& header) {
                return pixels::decode_uncompressed(header.color_mapping_mode, picture.size, octets);
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
