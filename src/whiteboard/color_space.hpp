/// What the numbers of a bitmap's pixels mean: colour spaces and palettes. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/si_types.hpp"

namespace convene::whiteboard {

struct ColorCmyk {
    std::uint8_t cyan = 0, magenta = 0, yellow = 0, black = 0;

    friend bool operator==(const ColorCmyk&, const ColorCmyk&) = default;
};
struct ColorCieLab {
    std::uint8_t l = 0, a = 0, b = 0;

    friend bool operator==(const ColorCieLab&, const ColorCieLab&) = default;
};
struct ColorYcbcr {
    std::uint8_t y = 0, cb = 0, cr = 0;

    friend bool operator==(const ColorYcbcr&, const ColorYcbcr&) = default;
};
using GreyValue = Tagged<struct GreyValueTag, std::uint8_t>;
struct Chromaticity {
    Real x, y;

    friend bool operator==(const Chromaticity&, const Chromaticity&) = default;
};
struct ColorGamut {
    std::uint8_t l_span = 0;   ///< 0..100
    std::int8_t l_offset = 0;  ///< -100..100
    std::uint8_t a_span = 0;
    std::int16_t a_offset = 0;  ///< -255..255
    std::uint8_t b_span = 0;
    std::int16_t b_offset = 0;  ///< -255..255

    friend bool operator==(const ColorGamut&, const ColorGamut&) = default;
};
struct Primaries {
    Chromaticity red, green, blue;

    friend bool operator==(const Primaries&, const Primaries&) = default;
};

/// The standard predefines none.
using PredefinedSpace = std::variant<NonStandardIdentifier, asn1::UnknownAlternative>;

struct GeneralCieLab {
    std::optional<std::uint32_t> color_temperature;
    std::optional<ColorGamut> gamut;

    friend bool operator==(const GeneralCieLab&, const GeneralCieLab&) = default;
};
struct GeneralGreyscale {
    std::optional<Real> gamma;

    friend bool operator==(const GeneralGreyscale&, const GeneralGreyscale&) = default;
};
/// Of RGB and of YCbCr.
template <class Space>
struct GeneralColors {
    std::optional<Real> gamma;
    std::optional<std::uint32_t> color_temperature;
    std::optional<Primaries> primaries;

    friend bool operator==(const GeneralColors&, const GeneralColors&) = default;
};

using EnhancementCieLab = std::variant<PredefinedSpace, GeneralCieLab, asn1::UnknownAlternative>;
using EnhancementCmyk = std::variant<PredefinedSpace, asn1::UnknownAlternative>;
using EnhancementGreyscale = std::variant<PredefinedSpace, GeneralGreyscale, asn1::UnknownAlternative>;
using EnhancementRgb = std::variant<PredefinedSpace, GeneralColors<struct RgbTag>, asn1::UnknownAlternative>;
using EnhancementYcbcr = std::variant<PredefinedSpace, GeneralColors<struct YcbcrTag>, asn1::UnknownAlternative>;

template <class Enhancement>
struct ColorSpace {
    std::optional<Enhancement> accuracy_enhancement;

    friend bool operator==(const ColorSpace&, const ColorSpace&) = default;
};
using CieLabSpace = ColorSpace<EnhancementCieLab>;
using CmykSpace = ColorSpace<EnhancementCmyk>;
using GreyscaleSpace = ColorSpace<EnhancementGreyscale>;
using RgbSpace = ColorSpace<EnhancementRgb>;
using YcbcrSpace = ColorSpace<EnhancementYcbcr>;
using ColorSpaceSpecifier = std::variant<CieLabSpace, CmykSpace, GreyscaleSpace, RgbSpace, YcbcrSpace,
                                         NonStandardParameter, asn1::UnknownAlternative>;

using Resolution444 = asn1::Nothing<struct Resolution444Tag>;
using Resolution422 = asn1::Nothing<struct Resolution422Tag>;
using Resolution420 = asn1::Nothing<struct Resolution420Tag>;
using ColorResolutionMode =
    std::variant<Resolution444, Resolution422, Resolution420, NonStandardIdentifier, asn1::UnknownAlternative>;

using ColorIndexTable = Tagged<struct ColorIndexTableTag, std::vector<std::uint8_t>>;  ///< 1 to 256
template <class Color, class Enhancement>
struct Palette {
    std::vector<Color> palette;  ///< 1 to 256
    std::optional<Enhancement> enhancement;

    friend bool operator==(const Palette&, const Palette&) = default;
};
using PaletteCieLab = Palette<ColorCieLab, EnhancementCieLab>;
using PaletteCmyk = Palette<ColorCmyk, EnhancementCmyk>;
using PaletteGreyscale = Palette<GreyValue, EnhancementGreyscale>;
using PaletteRgb = Palette<ColorRgb, EnhancementRgb>;
using PaletteYcbcr = Palette<ColorYcbcr, EnhancementYcbcr>;
using ColorPalette = std::variant<ColorIndexTable, PaletteCieLab, PaletteCmyk, PaletteGreyscale, PaletteRgb,
                                  PaletteYcbcr, NonStandardParameter, asn1::UnknownAlternative>;

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::ColorCmyk> =
    sequence(field("cyan", &whiteboard::ColorCmyk::cyan, Integer<0, 255>{}),
             field("magenta", &whiteboard::ColorCmyk::magenta, Integer<0, 255>{}),
             field("yellow", &whiteboard::ColorCmyk::yellow, Integer<0, 255>{}),
             field("black", &whiteboard::ColorCmyk::black, Integer<0, 255>{}));
template <>
inline constexpr auto schema<whiteboard::ColorCieLab> =
    sequence(field("l", &whiteboard::ColorCieLab::l, Integer<0, 255>{}),
             field("a", &whiteboard::ColorCieLab::a, Integer<0, 255>{}),
             field("b", &whiteboard::ColorCieLab::b, Integer<0, 255>{}));
template <>
inline constexpr auto schema<whiteboard::ColorYcbcr> =
    sequence(field("y", &whiteboard::ColorYcbcr::y, Integer<0, 255>{}),
             field("cb", &whiteboard::ColorYcbcr::cb, Integer<0, 255>{}),
             field("cr", &whiteboard::ColorYcbcr::cr, Integer<0, 255>{}));
template <>
inline constexpr auto schema<whiteboard::GreyValue> = Integer<0, 255>{};
template <>
inline constexpr auto schema<whiteboard::Chromaticity> = sequence(field("x", &whiteboard::Chromaticity::x),
                                                                  field("y", &whiteboard::Chromaticity::y));
template <>
inline constexpr auto schema<whiteboard::ColorGamut> =
    sequence(field("gamutLSpan", &whiteboard::ColorGamut::l_span, Integer<0, 100>{}),
             field("gamutLOffset", &whiteboard::ColorGamut::l_offset, Integer<-100, 100>{}),
             field("gamutaSpan", &whiteboard::ColorGamut::a_span, Integer<0, 255>{}),
             field("gamutaOffset", &whiteboard::ColorGamut::a_offset, Integer<-255, 255>{}),
             field("gamutbSpan", &whiteboard::ColorGamut::b_span, Integer<0, 255>{}),
             field("gamutbOffset", &whiteboard::ColorGamut::b_offset, Integer<-255, 255>{}));
template <>
inline constexpr auto schema<whiteboard::Primaries> = sequence(field("red", &whiteboard::Primaries::red),
                                                               field("green", &whiteboard::Primaries::green),
                                                               field("blue", &whiteboard::Primaries::blue));
template <>
inline constexpr auto schema<whiteboard::GeneralCieLab> =
    sequence(field("colorTemperature", &whiteboard::GeneralCieLab::color_temperature, IntegerFrom<0>{}),
             field("gamut", &whiteboard::GeneralCieLab::gamut), extensible);
template <>
inline constexpr auto schema<whiteboard::GeneralGreyscale> =
    sequence(field("gamma", &whiteboard::GeneralGreyscale::gamma), extensible);
template <class Space>
inline constexpr auto schema<whiteboard::GeneralColors<Space>> =
    sequence(field("gamma", &whiteboard::GeneralColors<Space>::gamma),
             field("colorTemperature", &whiteboard::GeneralColors<Space>::color_temperature, IntegerFrom<0>{}),
             field("primaries", &whiteboard::GeneralColors<Space>::primaries), extensible);

template <>
inline constexpr auto schema<whiteboard::EnhancementCieLab> = choice(alt("predefinedCIELabSpace",
                                                                         choice("nonStandardCIELabSpace", extensible)),
                                                                     "generalCIELabParameters", extensible);
template <>
inline constexpr auto schema<whiteboard::EnhancementCmyk> =
    choice(alt("predefinedCMYKSpace", choice("nonStandardCMYKSpace", extensible)), extensible);
template <>
inline constexpr auto schema<whiteboard::EnhancementGreyscale> =
    choice(alt("predefinedGreyscaleSpace", choice("nonStandardGreyscaleSpace", extensible)),
           "generalGreyscaleParameters", extensible);
template <>
inline constexpr auto schema<whiteboard::EnhancementRgb> =
    choice(alt("predefinedRGBSpace", choice("nonStandardRGBSpace", extensible)), "generalRGBParameters", extensible);
template <>
inline constexpr auto schema<whiteboard::EnhancementYcbcr> = choice(alt("predefinedYCbCrSpace",
                                                                        choice("nonStandardYCbCrSpace", extensible)),
                                                                    "generalYCbCrParameters", extensible);

template <>
inline constexpr auto schema<whiteboard::CieLabSpace> =
    sequence(field("accuracyEnhancementCIELab", &whiteboard::CieLabSpace::accuracy_enhancement), extensible);
template <>
inline constexpr auto schema<whiteboard::CmykSpace> =
    sequence(field("accuracyEnhancementCMYK", &whiteboard::CmykSpace::accuracy_enhancement), extensible);
template <>
inline constexpr auto schema<whiteboard::GreyscaleSpace> =
    sequence(field("accuracyEnhancementGreyscale", &whiteboard::GreyscaleSpace::accuracy_enhancement), extensible);
template <>
inline constexpr auto schema<whiteboard::RgbSpace> =
    sequence(field("accuracyEnhancementRGB", &whiteboard::RgbSpace::accuracy_enhancement), extensible);
template <>
inline constexpr auto schema<whiteboard::YcbcrSpace> =
    sequence(field("accuracyEnhancementYCbCr", &whiteboard::YcbcrSpace::accuracy_enhancement), extensible);
template <>
inline constexpr auto schema<whiteboard::ColorSpaceSpecifier> = choice("cieLab", "cmyk", "greyscale", "rgb", "yCbCr",
                                                                       "nonStandardColorSpace", extensible);
template <>
inline constexpr auto schema<whiteboard::ColorResolutionMode> = choice("resolution4-4-4", "resolution-4-2-2",
                                                                       "resolution-4-2-0", "nonStandardResolutionMode",
                                                                       extensible);
template <>
inline constexpr auto schema<whiteboard::ColorIndexTable> = SequenceOf<1, 256, Integer<0, 255>>{};
template <class Color, class Enhancement>
inline constexpr auto schema<whiteboard::Palette<Color, Enhancement>> =
    sequence(field("palette", &whiteboard::Palette<Color, Enhancement>::palette, SequenceOf<1, 256>{}),
             field("enhancement", &whiteboard::Palette<Color, Enhancement>::enhancement), extensible);
template <>
inline constexpr auto schema<whiteboard::ColorPalette> = choice("colorIndexTable", "paletteCIELab", "paletteCMYK",
                                                                "paletteGreyscale", "paletteRGB", "paletteYCbCr",
                                                                "nonStandardPalette", extensible);

}  // namespace convene::asn1
