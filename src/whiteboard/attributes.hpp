/// How objects look: pens, lines, order and transparency. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/si_types.hpp"

namespace convene::whiteboard {

using PenThickness = Tagged<struct PenThicknessTag, std::uint8_t>;  ///< workspace pixels, from 1

using CircularNib = asn1::Nothing<struct CircularNibTag>;
using SquareNib = asn1::Nothing<struct SquareNibTag>;
using PenNib = std::variant<CircularNib, SquareNib, NonStandardIdentifier, asn1::UnknownAlternative>;

using SolidLine = asn1::Nothing<struct SolidLineTag>;
using DashedLine = asn1::Nothing<struct DashedLineTag>;
using DottedLine = asn1::Nothing<struct DottedLineTag>;
using DashDotLine = asn1::Nothing<struct DashDotLineTag>;
using DashDotDotLine = asn1::Nothing<struct DashDotDotLineTag>;
using TwoToneLine = asn1::Nothing<struct TwoToneLineTag>;
using LineStyle = std::variant<SolidLine, DashedLine, DottedLine, DashDotLine, DashDotDotLine, TwoToneLine,
                               NonStandardIdentifier, asn1::UnknownAlternative>;

using Unselected = asn1::Nothing<struct UnselectedTag>;
using Selected = asn1::Nothing<struct SelectedTag>;
using ViewState = std::variant<Unselected, Selected, NonStandardIdentifier, asn1::UnknownAlternative>;

/// Some peers send a number of 16 bits instead; decode_si_pdu() takes 0 for the front and all else for the back.
enum class ZOrder : std::uint8_t { front, back };

using PenColor = Tagged<struct PenColorTag, WorkspaceColor>;
using FillColor = Tagged<struct FillColorTag, WorkspaceColor>;
using Highlight = Tagged<struct HighlightTag, bool>;  ///< draw as a translucent marker

/// Where the list of a drawing has none: pen black, circular, solid, 1 pixel; fill transparent; no highlight;
/// unselected.
using DrawingAttribute = std::variant<PenColor, FillColor, PenThickness, PenNib, LineStyle, Highlight, ViewState,
                                      ZOrder, NonStandardParameter, asn1::UnknownAlternative>;
using DrawingAttributes = std::vector<DrawingAttribute>;  ///< 1 to 256, each kind at most once

using UncompressedMask = Tagged<struct UncompressedMaskTag, Bytes>;  ///< 1..8192 octets
using JbigMask = Tagged<struct JbigMaskTag, Bytes>;                  ///< 1..8192 octets
using BitMask = std::variant<UncompressedMask, JbigMask, NonStandardParameter, asn1::UnknownAlternative>;
struct TransparencyMask {
    BitMask bit_mask;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const TransparencyMask&, const TransparencyMask&) = default;
};

/// The last alternative came with a later edition.
using BitmapAttribute =
    std::variant<ViewState, ZOrder, NonStandardParameter, TransparencyMask, asn1::UnknownAlternative>;
using BitmapAttributes = std::vector<BitmapAttribute>;  ///< 1 to 256

using VideoWindowAttribute = std::variant<TransparencyMask, NonStandardParameter, asn1::UnknownAlternative>;
using VideoWindowAttributes = std::vector<VideoWindowAttribute>;  ///< 1 to 256

/// The attribute of kind `Kind` in a list, the first one; null when there is none.
template <class Kind, class Attribute>
const Kind* find_attribute(const std::vector<Attribute>& attributes) {
    for (const Attribute& attribute : attributes)
        if (const Kind* found = std::get_if<Kind>(&attribute)) return found;
    return nullptr;
}

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::PenThickness> = Integer<1, 255>{};
template <>
inline constexpr auto schema<whiteboard::PenNib> = choice("circular", "square", "nonStandardNib", extensible);
template <>
inline constexpr auto schema<whiteboard::LineStyle> = choice("solid", "dashed", "dotted", "dash-dot", "dash-dot-dot",
                                                             "two-tone", "nonStandardStyle", extensible);
template <>
inline constexpr auto schema<whiteboard::ViewState> = choice("unselected", "selected", "nonStandardViewState",
                                                             extensible);
template <>
inline constexpr auto schema<whiteboard::ZOrder> = enumerated("front", "back", extensible);
template <>
inline constexpr auto schema<whiteboard::PenColor> = schema<whiteboard::WorkspaceColor>;
template <>
inline constexpr auto schema<whiteboard::FillColor> = schema<whiteboard::WorkspaceColor>;
template <>
inline constexpr auto schema<whiteboard::Highlight> = Boolean{};
template <>
inline constexpr auto schema<whiteboard::DrawingAttribute> = choice("penColor", "fillColor", "penThickness", "penNib",
                                                                    "lineStyle", "highlight", "viewState", "zOrder",
                                                                    "nonStandardAttribute", extensible);
template <>
inline constexpr auto schema<whiteboard::DrawingAttributes> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::BitMask> = choice(alt("uncompressed", OctetString<1, 8192>{}),
                                                           alt("jbigCompressed", OctetString<1, 8192>{}),
                                                           "nonStandardFormat", extensible);
template <>
inline constexpr auto schema<whiteboard::TransparencyMask> =
    sequence(field("bitMask", &whiteboard::TransparencyMask::bit_mask),
             field("nonStandardParameters", &whiteboard::TransparencyMask::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapAttribute> = choice("viewState", "zOrder", "nonStandardAttribute",
                                                                   extensible, "transparencyMask");
template <>
inline constexpr auto schema<whiteboard::BitmapAttributes> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::VideoWindowAttribute> = choice("transparencyMask", "nonStandardAttribute",
                                                                        extensible);
template <>
inline constexpr auto schema<whiteboard::VideoWindowAttributes> = SetOf<1, 256>{};

}  // namespace convene::asn1
