#include "netmeeting/whiteboard_bitmap.hpp"
#include "pixels/decode.hpp"

namespace convene::pixels {
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

Expected<Raster, std::string> decode_bitmap(const netmeeting::BitmapInfo& info, ByteView octets) {
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

std::optional<Expected<Raster, std::string>> decode_netmeeting(const whiteboard::PictureFormat& format,
                                                               ByteView octets) {
    const auto info = netmeeting_info(format);
    if (!info) return std::nullopt;
    return decode_bitmap(*info, octets);
}

}  // namespace convene::pixels
