/// Pictures on NetMeeting's whiteboard: device-independent bitmaps of Windows in the bitmap PDUs of T.126. MS-MNPR.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "whiteboard/si_pdu.hpp"

namespace convene::netmeeting {

/// BITMAPINFOHEADER.
struct BitmapInfo {
    std::int32_t width = 0;
    std::int32_t height = 0;  ///< positive: rows from the bottom
    std::uint16_t planes = 1;
    std::uint16_t bit_count = 24;   ///< 1, 4, 8, 16, 24 or 32
    std::uint32_t compression = 0;  ///< 0: none
    std::uint32_t size_image = 0;
    std::int32_t x_pixels_per_metre = 0;
    std::int32_t y_pixels_per_metre = 0;
    std::uint32_t colors_used = 0;
    std::uint32_t colors_important = 0;

    friend bool operator==(const BitmapInfo&, const BitmapInfo&) = default;
};
inline constexpr std::size_t kBitmapInfoBytes = 40;

/// Octets of a bitmap in one PDU.
inline constexpr std::size_t kMaxBitmapPiece = 2000;
/// Width and height of a picture that is read, and its pixels in all.
inline constexpr std::int32_t kMaxPictureSide = 16384;
inline constexpr std::uint64_t kMaxPicturePixels = 16U * 1024 * 1024;

/// Nothing for fewer than kBitmapInfoBytes, or when they say of themselves that they are something else.
std::optional<BitmapInfo> read_bitmap_info(ByteView octets);
Bytes write_bitmap_info(const BitmapInfo& info);

/// Where the parts of the bitmap lie that a header describes.
struct BitmapLayout {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    bool from_bottom = true;
    std::size_t colors = 0;      ///< in the table before the rows, four octets each: B, G, R, 0
    std::size_t rows_at = 0;     ///< octets before the rows
    std::size_t row_octets = 0;  ///< a multiple of four
    std::size_t octets = 0;      ///< of all
};
/// Nothing for headers that cannot be meant: no pixels or more than are read, another number of planes or bits, or
/// compression.
std::optional<BitmapLayout> layout_of(const BitmapInfo& info);

/// Pixels from the upper left one on, three octets each: R, G, B.
struct Picture {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    Bytes rgb;

    friend bool operator==(const Picture&, const Picture&) = default;
};
/// Reads a whole bitmap. Nothing when the header cannot be meant or octets are missing; more than needed are
/// overlooked.
std::optional<Picture> read_bitmap(const BitmapInfo& info, ByteView octets);

/// 24 bits a pixel, as NetMeeting has it. The picture has as many octets as its sides say, and sides in bounds.
struct WrittenBitmap {
    BitmapInfo info;
    Bytes octets;
};
WrittenBitmap write_bitmap(const Picture& picture);

/// The key whose data is a BitmapInfo.
whiteboard::NonStandardIdentifier bitmap_key();
bool is_bitmap_key(const whiteboard::NonStandardIdentifier& key);

/// The header that comes with a bitmap, wherever in the PDU its key stands.
std::optional<BitmapInfo> bitmap_info_in(const whiteboard::BitmapCreatePdu& pdu);
std::optional<BitmapInfo> bitmap_info_in(const whiteboard::BitmapCreateContinuePdu& pdu);

/// The PDUs that send a bitmap, the header in each of them. Of `create`, the format and the size come from the bitmap,
/// the data in pieces of kMaxBitmapPiece.
std::vector<whiteboard::SiPdu> bitmap_pdus(whiteboard::BitmapCreatePdu create, const WrittenBitmap& bitmap);

}  // namespace convene::netmeeting
