#include "netmeeting/whiteboard_bitmap.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "netmeeting/extension_key.hpp"
#include "netmeeting/little_endian.hpp"

namespace convene::netmeeting {
namespace {

constexpr std::string_view kBitmapName = "Bitmap24";
constexpr std::uint16_t kBitmapManufacturer = 0x534C;
constexpr std::size_t kColorOctets = 4;

using Parameters = std::optional<whiteboard::NonStandardParameters>;

std::optional<BitmapInfo> info_in(const Parameters& parameters) {
    if (!parameters) return std::nullopt;
    for (const auto& parameter : *parameters)
        if (is_bitmap_key(parameter.identifier)) return read_bitmap_info(parameter.data);
    return std::nullopt;
}

/// Five bits as an octet: 31 is 255.
std::byte widened(unsigned value) { return static_cast<std::byte>(value * 255 / 31); }

/// The pixel `x` of a row, as R, G, B at `to`.
void read_pixel(const BitmapInfo& info, ByteView colors, ByteView row, std::size_t x, std::byte* to) {
    const unsigned bits = info.bit_count;
    if (bits <= 8) {
        const std::size_t at = x * bits;
        const unsigned shift = static_cast<unsigned>(8 - bits - at % 8);
        const std::size_t index = std::to_integer<std::size_t>(row[at / 8]) >> shift & ((1U << bits) - 1);
        if ((index + 1) * kColorOctets > colors.size()) return;  // black, as all that is not said
        for (std::size_t i = 0; i < 3; ++i) to[i] = colors[index * kColorOctets + 2 - i];
    } else if (bits == 16) {  // one bit free, then five each of R, G, B
        const unsigned pixel = u16_at(row, x * 2);
        to[0] = widened(pixel >> 10 & 31);
        to[1] = widened(pixel >> 5 & 31);
        to[2] = widened(pixel & 31);
    } else {
        const std::size_t at = x * (bits / 8);
        for (std::size_t i = 0; i < 3; ++i) to[i] = row[at + 2 - i];
    }
}

}  // namespace

std::optional<BitmapInfo> read_bitmap_info(ByteView octets) {
    if (octets.size() < kBitmapInfoBytes || u32_at(octets, 0) != kBitmapInfoBytes) return std::nullopt;
    return BitmapInfo{s32_at(octets, 4),  s32_at(octets, 8),  u16_at(octets, 12), u16_at(octets, 14),
                      u32_at(octets, 16), u32_at(octets, 20), s32_at(octets, 24), s32_at(octets, 28),
                      u32_at(octets, 32), u32_at(octets, 36)};
}

Bytes write_bitmap_info(const BitmapInfo& info) {
    Bytes out;
    put_u32(out, kBitmapInfoBytes);
    put_s32(out, info.width);
    put_s32(out, info.height);
    put_u16(out, info.planes);
    put_u16(out, info.bit_count);
    put_u32(out, info.compression);
    put_u32(out, info.size_image);
    put_s32(out, info.x_pixels_per_metre);
    put_s32(out, info.y_pixels_per_metre);
    put_u32(out, info.colors_used);
    put_u32(out, info.colors_important);
    return out;
}

std::optional<BitmapLayout> layout_of(const BitmapInfo& info) {
    static constexpr unsigned kDepths[] = {1, 4, 8, 16, 24, 32};
    if (std::find(std::begin(kDepths), std::end(kDepths), info.bit_count) == std::end(kDepths)) return std::nullopt;
    if (info.planes != 1 || info.compression != 0) return std::nullopt;
    if (info.width < 1 || info.width > kMaxPictureSide) return std::nullopt;
    if (info.height == 0 || info.height < -kMaxPictureSide || info.height > kMaxPictureSide) return std::nullopt;
    BitmapLayout out;
    out.width = static_cast<std::uint32_t>(info.width);
    out.height = static_cast<std::uint32_t>(info.height < 0 ? -info.height : info.height);
    out.from_bottom = info.height > 0;
    if (std::uint64_t{out.width} * out.height > kMaxPicturePixels) return std::nullopt;
    if (info.bit_count <= 8) {
        const std::size_t most = std::size_t{1} << info.bit_count;
        if (info.colors_used > most) return std::nullopt;
        out.colors = info.colors_used == 0 ? most : info.colors_used;
    }
    out.rows_at = out.colors * kColorOctets;
    out.row_octets = (std::size_t{out.width} * info.bit_count + 31) / 32 * 4;
    out.octets = out.rows_at + out.row_octets * out.height;
    return out;
}

std::optional<Picture> read_bitmap(const BitmapInfo& info, ByteView octets) {
    const auto layout = layout_of(info);
    if (!layout || octets.size() < layout->octets) return std::nullopt;
    Picture out{layout->width, layout->height, Bytes(std::size_t{layout->width} * layout->height * 3)};
    const ByteView colors = octets.first(layout->rows_at);
    std::byte* to = out.rgb.data();
    for (std::uint32_t y = 0; y < layout->height; ++y) {
        const std::size_t line = layout->from_bottom ? layout->height - 1 - y : y;
        const ByteView row = octets.subspan(layout->rows_at + line * layout->row_octets, layout->row_octets);
        for (std::size_t x = 0; x < layout->width; ++x, to += 3) read_pixel(info, colors, row, x, to);
    }
    return out;
}

WrittenBitmap write_bitmap(const Picture& picture) {
    WrittenBitmap out;
    out.info.width = static_cast<std::int32_t>(picture.width);
    out.info.height = static_cast<std::int32_t>(picture.height);
    const auto layout = layout_of(out.info);
    CONVENE_CHECK(layout && picture.rgb.size() == std::size_t{picture.width} * picture.height * 3,
                  "a picture whose sides are in bounds and fit its octets");
    out.info.size_image = static_cast<std::uint32_t>(layout->octets);
    out.octets.resize(layout->octets);
    const std::byte* from = picture.rgb.data();
    for (std::uint32_t y = 0; y < picture.height; ++y) {
        std::byte* to = out.octets.data() + (picture.height - 1 - y) * layout->row_octets;
        for (std::uint32_t x = 0; x < picture.width; ++x, from += 3)
            for (std::size_t i = 0; i < 3; ++i) *to++ = from[2 - i];
    }
    return out;
}

whiteboard::NonStandardIdentifier bitmap_key() { return extension_key(kBitmapManufacturer, kBitmapName); }
bool is_bitmap_key(const whiteboard::NonStandardIdentifier& key) { return is_extension_key(key, kBitmapName); }

std::optional<BitmapInfo> bitmap_info_in(const whiteboard::BitmapCreatePdu& pdu) {
    if (auto info = info_in(pdu.non_standard_parameters)) return info;
    const auto* format = std::get_if<whiteboard::NonStandardParameter>(&pdu.format);
    if (format == nullptr || !is_bitmap_key(format->identifier)) return std::nullopt;
    return read_bitmap_info(format->data);
}

std::optional<BitmapInfo> bitmap_info_in(const whiteboard::BitmapCreateContinuePdu& pdu) {
    return info_in(pdu.non_standard_parameters);
}

std::vector<whiteboard::SiPdu> bitmap_pdus(whiteboard::BitmapCreatePdu create, const WrittenBitmap& bitmap) {
    const auto layout = layout_of(bitmap.info);
    CONVENE_CHECK(layout && !bitmap.octets.empty(), "a bitmap that can be meant");
    const whiteboard::NonStandardParameter header{bitmap_key(), write_bitmap_info(bitmap.info)};
    const whiteboard::Handle handle = create.handle;
    create.size = {layout->width, layout->height};
    create.format = header;
    create.non_standard_parameters = whiteboard::NonStandardParameters{header};

    std::vector<whiteboard::SiPdu> out;
    for (std::size_t at = 0; at < bitmap.octets.size(); at += kMaxBitmapPiece) {
        const ByteView piece =
            ByteView(bitmap.octets).subspan(at, std::min(kMaxBitmapPiece, bitmap.octets.size() - at));
        whiteboard::BitmapData data{{}, {}, to_bytes(piece)};
        const bool more = at + piece.size() < bitmap.octets.size();
        if (at == 0) {
            create.data = std::move(data);
            create.more_to_follow = more;
            out.emplace_back(std::move(create));
        } else {
            out.emplace_back(whiteboard::BitmapCreateContinuePdu{handle, std::move(data), more,
                                                                 whiteboard::NonStandardParameters{header}});
        }
    }
    return out;
}

}  // namespace convene::netmeeting
