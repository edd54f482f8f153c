/// How the octets of a bitmap are coded. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/color_space.hpp"

namespace convene::whiteboard {

struct DirectMap {
    ColorSpaceSpecifier color_space;
    ColorResolutionMode resolution_mode;

    friend bool operator==(const DirectMap&, const DirectMap&) = default;
};
struct PaletteMap {
    ColorPalette color_palette;
    std::uint8_t bits_per_pixel = 8;  ///< 1, 4 or 8; 1..8 on the wire

    friend bool operator==(const PaletteMap&, const PaletteMap&) = default;
};
using ColorMappingMode = std::variant<DirectMap, PaletteMap, asn1::UnknownAlternative>;

/// Rows from the top, pixels from the left, the most significant bit first, each row filled up to an octet.
struct BitmapHeaderUncompressed {
    ColorMappingMode color_mapping_mode;

    friend bool operator==(const BitmapHeaderUncompressed&, const BitmapHeaderUncompressed&) = default;
};
/// Group 3 fax.
struct BitmapHeaderT4 {
    bool two_dimensional_encoding = false;

    friend bool operator==(const BitmapHeaderT4&, const BitmapHeaderT4&) = default;
};
/// Group 4 fax.
struct BitmapHeaderT6 {
    friend bool operator==(const BitmapHeaderT6&, const BitmapHeaderT6&) = default;
};
/// JPEG.
struct BitmapHeaderT81 {
    ColorSpaceSpecifier color_space;
    ColorResolutionMode resolution_mode;
    std::optional<ColorPalette> color_palette;

    friend bool operator==(const BitmapHeaderT81&, const BitmapHeaderT81&) = default;
};
struct JbigPaletteMap {
    ColorPalette bitmap_palette;
    bool progressive_mode = false;

    friend bool operator==(const JbigPaletteMap&, const JbigPaletteMap&) = default;
};
using JbigMappingMode = std::variant<ColorSpaceSpecifier, JbigPaletteMap, asn1::UnknownAlternative>;
/// JBIG.
struct BitmapHeaderT82 {
    JbigMappingMode color_mapping_mode;

    friend bool operator==(const BitmapHeaderT82&, const BitmapHeaderT82&) = default;
};
using BitmapFormatHeader = std::variant<BitmapHeaderUncompressed, BitmapHeaderT4, BitmapHeaderT6, BitmapHeaderT81,
                                        BitmapHeaderT82, NonStandardParameter, asn1::UnknownAlternative>;

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::DirectMap> = sequence(field("colorSpace", &whiteboard::DirectMap::color_space),
                                                               field("resolutionMode",
                                                                     &whiteboard::DirectMap::resolution_mode),
                                                               extensible);
template <>
inline constexpr auto schema<whiteboard::PaletteMap> =
    sequence(field("colorPalette", &whiteboard::PaletteMap::color_palette),
             field("bitsPerPixel", &whiteboard::PaletteMap::bits_per_pixel, Integer<1, 8>{}), extensible);
template <>
inline constexpr auto schema<whiteboard::ColorMappingMode> = choice("directMap", "paletteMap", extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapHeaderUncompressed> =
    sequence(field("colorMappingMode", &whiteboard::BitmapHeaderUncompressed::color_mapping_mode), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapHeaderT4> =
    sequence(field("twoDimensionalEncoding", &whiteboard::BitmapHeaderT4::two_dimensional_encoding), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapHeaderT6> = sequence(extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapHeaderT81> =
    sequence(field("colorSpace", &whiteboard::BitmapHeaderT81::color_space),
             field("resolutionMode", &whiteboard::BitmapHeaderT81::resolution_mode),
             field("colorPalette", &whiteboard::BitmapHeaderT81::color_palette), extensible);
template <>
inline constexpr auto schema<whiteboard::JbigPaletteMap> =
    sequence(field("bitmapPalette", &whiteboard::JbigPaletteMap::bitmap_palette),
             field("progressiveMode", &whiteboard::JbigPaletteMap::progressive_mode), extensible);
template <>
inline constexpr auto schema<whiteboard::JbigMappingMode> = choice("directMap", "paletteMap", extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapHeaderT82> =
    sequence(field("colorMappingMode", &whiteboard::BitmapHeaderT82::color_mapping_mode), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapFormatHeader> = choice("bitmapHeaderUncompressed", "bitmapHeaderT4",
                                                                      "bitmapHeaderT6", "bitmapHeaderT81",
                                                                      "bitmapHeaderT82", "bitmapHeaderNonStandard",
                                                                      extensible);

}  // namespace convene::asn1
