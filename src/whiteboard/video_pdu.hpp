/// The PDUs of windows in which moving pictures are shown. T.126, module SI-PROTOCOL.
#pragma once

#include <array>

#include "whiteboard/address.hpp"
#include "whiteboard/attributes.hpp"

namespace convene::whiteboard {

using DefaultSource = asn1::Nothing<struct DefaultSourceTag>;
struct H243Source {
    std::uint8_t mcu = 0;       ///< 0..191
    std::uint8_t terminal = 0;  ///< 0..191

    friend bool operator==(const H243Source&, const H243Source&) = default;
};
using H245Source = Tagged<struct H245SourceTag, std::uint16_t>;
using DsmccConnBinder = std::array<std::byte, 2>;
using VideoSourceIdentifier = std::variant<DefaultSource, H243Source, H245Source, DsmccConnBinder, Bytes,
                                           NonStandardParameter, asn1::UnknownAlternative>;

struct VideoWindowCreatePdu {
    Handle handle;
    VideoWindowDestination destination;
    VideoSourceIdentifier source;
    std::optional<VideoWindowAttributes> attributes;
    std::optional<WorkspacePoint> anchor;
    BitmapSize size;
    std::optional<BitmapRegion> region_of_interest;
    PixelAspectRatio pixel_aspect_ratio;
    std::optional<PointDiff> scaling;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const VideoWindowCreatePdu&, const VideoWindowCreatePdu&) = default;
};
struct VideoWindowDeletePdu {
    Handle handle;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const VideoWindowDeletePdu&, const VideoWindowDeletePdu&) = default;
};
/// What is absent stays as it is.
struct VideoWindowEditPdu {
    Handle handle;
    std::optional<VideoSourceIdentifier> source;
    std::optional<VideoWindowAttributes> attributes;
    std::optional<WorkspacePoint> anchor;
    std::optional<BitmapRegion> region_of_interest;
    std::optional<PointDiff> scaling;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const VideoWindowEditPdu&, const VideoWindowEditPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::H243Source> =
    sequence(field("mCU", &whiteboard::H243Source::mcu, Integer<0, 191>{}),
             field("terminal", &whiteboard::H243Source::terminal, Integer<0, 191>{}));
template <>
inline constexpr auto schema<whiteboard::VideoSourceIdentifier> =
    choice("default", "h243SourceIdentifier", alt("h245SourceIdentifier", Integer<0, 65535>{}),
           alt("dSMCCConnBinder", OctetString<2, 2>{}), "videoIdentifier", "nonStandardSourceIdentifier", extensible);
template <>
inline constexpr auto schema<whiteboard::VideoWindowCreatePdu> =
    sequence(field("videoWindowHandle", &whiteboard::VideoWindowCreatePdu::handle),
             field("destinationAddress", &whiteboard::VideoWindowCreatePdu::destination),
             field("videoSourceIdentifier", &whiteboard::VideoWindowCreatePdu::source),
             field("attributes", &whiteboard::VideoWindowCreatePdu::attributes),
             field("anchorPoint", &whiteboard::VideoWindowCreatePdu::anchor),
             field("videoWindowSize", &whiteboard::VideoWindowCreatePdu::size),
             field("videoWindowRegionOfInterest", &whiteboard::VideoWindowCreatePdu::region_of_interest),
             field("pixelAspectRatio", &whiteboard::VideoWindowCreatePdu::pixel_aspect_ratio),
             field("scaling", &whiteboard::VideoWindowCreatePdu::scaling),
             field("nonStandardParameters", &whiteboard::VideoWindowCreatePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::VideoWindowDeletePdu> =
    sequence(field("videoWindowHandle", &whiteboard::VideoWindowDeletePdu::handle),
             field("nonStandardParameters", &whiteboard::VideoWindowDeletePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::VideoWindowEditPdu> =
    sequence(field("videoWindowHandle", &whiteboard::VideoWindowEditPdu::handle),
             field("videoSourceIdentifierEdit", &whiteboard::VideoWindowEditPdu::source),
             field("attributeEdits", &whiteboard::VideoWindowEditPdu::attributes),
             field("anchorPointEdit", &whiteboard::VideoWindowEditPdu::anchor),
             field("videoWindowRegionOfInterestEdit", &whiteboard::VideoWindowEditPdu::region_of_interest),
             field("scalingEdit", &whiteboard::VideoWindowEditPdu::scaling),
             field("nonStandardParameters", &whiteboard::VideoWindowEditPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
