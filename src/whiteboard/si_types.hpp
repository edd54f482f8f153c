/// What the PDUs of T.126 are made of: handles, extras of manufacturers, coordinates, lists of points, colours. Module
/// SI-PROTOCOL, whose published copies disagree in places.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/key.hpp"
#include "mcs/ids.hpp"

namespace convene::whiteboard {

/// Names a workspace, a view, an object or an archive: one space of numbers, unique in the conference, out of which GCC
/// allocates blocks.
using Handle = StrongId<struct HandleTag, std::uint32_t>;

/// One of the up to 256 planes of a workspace, 0 at the bottom.
using PlaneId = StrongId<struct PlaneIdTag, std::uint8_t>;

using NonStandardIdentifier = Tagged<struct NonStandardIdentifierTag, gcc::Key>;
struct NonStandardParameter {
    NonStandardIdentifier identifier;
    Bytes data;

    friend bool operator==(const NonStandardParameter&, const NonStandardParameter&) = default;
};
using NonStandardParameters = std::vector<NonStandardParameter>;  ///< 1 to 256

/// A REAL, kept as its contents octets (X.690 §8.5): nothing here computes with one.
using Real = Tagged<struct RealTag, Bytes>;

using GeneralizedTime = asn1::CharacterString<asn1::GeneralizedTimeCharacters>;

// --- geometry ---

inline constexpr std::int32_t kLeastCoordinate = -21845;
inline constexpr std::int32_t kMostCoordinate = 43690;

/// Workspace pixels from the upper left corner, y downwards; kLeastCoordinate to kMostCoordinate, so that an object may
/// hang over by a whole workspace on every side.
struct WorkspacePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend bool operator==(const WorkspacePoint&, const WorkspacePoint&) = default;
};
struct WorkspaceRegion {
    WorkspacePoint upper_left;
    WorkspacePoint lower_right;

    friend bool operator==(const WorkspaceRegion&, const WorkspaceRegion&) = default;
};
struct WorkspaceSize {
    std::uint16_t width = 1;   ///< from 1; T.126 means at most 21845
    std::uint16_t height = 1;  ///< as the width

    friend bool operator==(const WorkspaceSize&, const WorkspaceSize&) = default;
};

struct BitmapPoint {
    std::uint16_t x = 0;
    std::uint16_t y = 0;

    friend bool operator==(const BitmapPoint&, const BitmapPoint&) = default;
};
struct BitmapRegion {
    BitmapPoint upper_left;
    BitmapPoint lower_right;

    friend bool operator==(const BitmapRegion&, const BitmapRegion&) = default;
};
struct BitmapSize {
    std::uint32_t width = 1;   ///< 1..65536
    std::uint32_t height = 1;  ///< 1..65536

    friend bool operator==(const BitmapSize&, const BitmapSize&) = default;
};

/// A step from one point to another. PointList says how wide it travels; alone it is a PointDiff16.
struct PointDiff {
    std::int16_t x = 0;
    std::int16_t y = 0;

    friend bool operator==(const PointDiff&, const PointDiff&) = default;
};
inline constexpr std::size_t kMaxPoints = 255;                                ///< of one list
using PointsDiff4 = Tagged<struct PointsDiff4Tag, std::vector<PointDiff>>;    ///< each -8..7
using PointsDiff8 = Tagged<struct PointsDiff8Tag, std::vector<PointDiff>>;    ///< each -128..127
using PointsDiff16 = Tagged<struct PointsDiff16Tag, std::vector<PointDiff>>;  ///< each -32768..32767
/// Up to kMaxPoints steps.
using PointList = std::variant<PointsDiff4, PointsDiff8, PointsDiff16>;

/// The steps of a list, whatever their width.
const std::vector<PointDiff>& points_of(const PointList& list);
/// The narrowest list that holds all steps.
PointList make_point_list(std::vector<PointDiff> points);

using SquarePixels = asn1::Nothing<struct SquarePixelsTag>;
using CifPixels = asn1::Nothing<struct CifPixelsTag>;  ///< 12:11
using Fax1Pixels = asn1::Nothing<struct Fax1PixelsTag>;
using Fax2Pixels = asn1::Nothing<struct Fax2PixelsTag>;
struct GeneralPixels {
    std::uint16_t width = 1;   ///< from 1
    std::uint16_t height = 1;  ///< from 1

    friend bool operator==(const GeneralPixels&, const GeneralPixels&) = default;
};
using PixelAspectRatio = std::variant<SquarePixels, CifPixels, Fax1Pixels, Fax2Pixels, GeneralPixels,
                                      NonStandardIdentifier, asn1::UnknownAlternative>;

struct RotationSpecifier {
    std::uint16_t angle = 0;  ///< minutes of arc, 0..21599
    PointDiff axis;           ///< from the anchor

    friend bool operator==(const RotationSpecifier&, const RotationSpecifier&) = default;
};

// --- colour ---

struct ColorRgb {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;

    friend bool operator==(const ColorRgb&, const ColorRgb&) = default;
};
using PaletteIndex = Tagged<struct PaletteIndexTag, std::uint8_t>;
using Transparent = asn1::Nothing<struct TransparentTag>;
using WorkspaceColor = std::variant<PaletteIndex, ColorRgb, Transparent, asn1::UnknownAlternative>;

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::Handle> = Integer<0U, 4294967295U>{};
template <>
inline constexpr auto schema<whiteboard::PlaneId> = Integer<0, 255>{};
template <>
inline constexpr auto schema<whiteboard::NonStandardIdentifier> = choice("object", "h221nonStandard");
template <>
inline constexpr auto schema<whiteboard::NonStandardParameter> =
    sequence(field("nonStandardIdentifier", &whiteboard::NonStandardParameter::identifier),
             field("data", &whiteboard::NonStandardParameter::data));
template <>
inline constexpr auto schema<whiteboard::NonStandardParameters> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::Real> = OctetString<>{};

template <>
inline constexpr auto schema<whiteboard::WorkspacePoint> =
    sequence(field("xCoordinate", &whiteboard::WorkspacePoint::x,
                   Integer<whiteboard::kLeastCoordinate, whiteboard::kMostCoordinate>{}),
             field("yCoordinate", &whiteboard::WorkspacePoint::y,
                   Integer<whiteboard::kLeastCoordinate, whiteboard::kMostCoordinate>{}));
template <>
inline constexpr auto schema<whiteboard::WorkspaceRegion> =
    sequence(field("upperLeft", &whiteboard::WorkspaceRegion::upper_left),
             field("lowerRight", &whiteboard::WorkspaceRegion::lower_right));
template <>
inline constexpr auto schema<whiteboard::WorkspaceSize> =
    sequence(field("width", &whiteboard::WorkspaceSize::width, Integer<1, 65535>{}),
             field("height", &whiteboard::WorkspaceSize::height, Integer<1, 65535>{}));
template <>
inline constexpr auto schema<whiteboard::BitmapPoint> =
    sequence(field("xCoordinate", &whiteboard::BitmapPoint::x, Integer<0, 65535>{}),
             field("yCoordinate", &whiteboard::BitmapPoint::y, Integer<0, 65535>{}));
template <>
inline constexpr auto schema<whiteboard::BitmapRegion> =
    sequence(field("upperLeft", &whiteboard::BitmapRegion::upper_left),
             field("lowerRight", &whiteboard::BitmapRegion::lower_right));
template <>
inline constexpr auto schema<whiteboard::BitmapSize> =
    sequence(field("width", &whiteboard::BitmapSize::width, Integer<1, 65536>{}),
             field("height", &whiteboard::BitmapSize::height, Integer<1, 65536>{}));

}  // namespace convene::asn1

namespace convene::whiteboard {

template <auto Least, auto Most>
inline constexpr auto kPointDiffOf =
    asn1::sequence(asn1::field("xCoordinate", &PointDiff::x, asn1::Integer<Least, Most>{}),
                   asn1::field("yCoordinate", &PointDiff::y, asn1::Integer<Least, Most>{}));
template <auto Least, auto Most>
inline constexpr asn1::SequenceOf<0, kMaxPoints, std::decay_t<decltype(kPointDiffOf<Least, Most>)>> kPointsOf{
    kPointDiffOf<Least, Most>};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::PointDiff> = whiteboard::kPointDiffOf<-32768, 32767>;
template <>
inline constexpr auto schema<whiteboard::PointList> = choice(alt("pointsDiff4", whiteboard::kPointsOf<-8, 7>),
                                                             alt("pointsDiff8", whiteboard::kPointsOf<-128, 127>),
                                                             alt("pointsDiff16", whiteboard::kPointsOf<-32768, 32767>));
template <>
inline constexpr auto schema<whiteboard::GeneralPixels> =
    sequence(field("width", &whiteboard::GeneralPixels::width, Integer<1, 65535>{}),
             field("height", &whiteboard::GeneralPixels::height, Integer<1, 65535>{}));
template <>
inline constexpr auto schema<whiteboard::PixelAspectRatio> = choice("square", "cif", "fax1", "fax2", "general",
                                                                    "nonStandardAspectRatio", extensible);
template <>
inline constexpr auto schema<whiteboard::RotationSpecifier> =
    sequence(field("rotationAngle", &whiteboard::RotationSpecifier::angle, Integer<0, 21599>{}),
             field("rotationAxis", &whiteboard::RotationSpecifier::axis));

template <>
inline constexpr auto schema<whiteboard::ColorRgb> = sequence(field("r", &whiteboard::ColorRgb::r, Integer<0, 255>{}),
                                                              field("g", &whiteboard::ColorRgb::g, Integer<0, 255>{}),
                                                              field("b", &whiteboard::ColorRgb::b, Integer<0, 255>{}));
template <>
inline constexpr auto schema<whiteboard::PaletteIndex> = Integer<0, 255>{};
template <>
inline constexpr auto schema<whiteboard::WorkspaceColor> = choice("workspacePaletteIndex", "rgbTrueColor",
                                                                  "transparent", extensible);

}  // namespace convene::asn1
