/// The PDUs of drawings: strokes, lines, rectangles, ellipses. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/address.hpp"
#include "whiteboard/attributes.hpp"

namespace convene::whiteboard {

using DotDrawing = asn1::Nothing<struct DotDrawingTag>;
using OpenPolyLine = asn1::Nothing<struct OpenPolyLineTag>;
using ClosedPolyLine = asn1::Nothing<struct ClosedPolyLineTag>;
using RectangleDrawing = asn1::Nothing<struct RectangleDrawingTag>;
using EllipseDrawing = asn1::Nothing<struct EllipseDrawingTag>;
/// What the anchor and the points mean: dots; a line, each point seen from the one before; the same with an edge back
/// to the anchor; a corner and the opposite one. Of an ellipse they are the corners of the box around it.
using DrawingType = std::variant<DotDrawing, OpenPolyLine, ClosedPolyLine, RectangleDrawing, EllipseDrawing,
                                 NonStandardIdentifier, asn1::UnknownAlternative>;

struct DrawingCreatePdu {
    std::optional<Handle> handle;  ///< without one it can be neither edited nor deleted
    DrawingDestination destination;
    DrawingType type;
    std::optional<DrawingAttributes> attributes;
    WorkspacePoint anchor;
    std::optional<RotationSpecifier> rotation;
    std::optional<std::uint8_t> sample_rate;  ///< points a second, from 1
    PointList points;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const DrawingCreatePdu&, const DrawingCreatePdu&) = default;
};

struct DrawingDeletePdu {
    Handle handle;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const DrawingDeletePdu&, const DrawingDeletePdu&) = default;
};

struct PointEdit {
    std::uint16_t initial_index = 0;  ///< 0 is the first step of the list
    PointDiff initial_point;          ///< takes its place
    std::optional<PointList> subsequent_points;

    friend bool operator==(const PointEdit&, const PointEdit&) = default;
};
/// What is absent stays as it is.
struct DrawingEditPdu {
    Handle handle;
    std::optional<DrawingAttributes> attributes;
    std::optional<WorkspacePoint> anchor;  ///< moves the whole drawing
    std::optional<RotationSpecifier> rotation;
    std::optional<std::vector<PointEdit>> points;  ///< 1 to 256
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const DrawingEditPdu&, const DrawingEditPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::DrawingType> = choice("point", "openPolyLine", "closedPolyLine", "rectangle",
                                                               "ellipse", "nonStandardDrawingType", extensible);
template <>
inline constexpr auto schema<whiteboard::DrawingCreatePdu> =
    sequence(field("drawingHandle", &whiteboard::DrawingCreatePdu::handle),
             field("destinationAddress", &whiteboard::DrawingCreatePdu::destination),
             field("drawingType", &whiteboard::DrawingCreatePdu::type),
             field("attributes", &whiteboard::DrawingCreatePdu::attributes),
             field("anchorPoint", &whiteboard::DrawingCreatePdu::anchor),
             field("rotation", &whiteboard::DrawingCreatePdu::rotation),
             field("sampleRate", &whiteboard::DrawingCreatePdu::sample_rate, Integer<1, 255>{}),
             field("pointList", &whiteboard::DrawingCreatePdu::points),
             field("nonStandardParameters", &whiteboard::DrawingCreatePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::DrawingDeletePdu> =
    sequence(field("drawingHandle", &whiteboard::DrawingDeletePdu::handle),
             field("nonStandardParameters", &whiteboard::DrawingDeletePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::PointEdit> =
    sequence(field("initialIndex", &whiteboard::PointEdit::initial_index, Integer<0, 65535>{}),
             field("initialPointEdit", &whiteboard::PointEdit::initial_point),
             field("subsequentPointEdits", &whiteboard::PointEdit::subsequent_points), extensible);
template <>
inline constexpr auto schema<whiteboard::DrawingEditPdu> =
    sequence(field("drawingHandle", &whiteboard::DrawingEditPdu::handle),
             field("attributeEdits", &whiteboard::DrawingEditPdu::attributes),
             field("anchorPointEdit", &whiteboard::DrawingEditPdu::anchor),
             field("rotationEdit", &whiteboard::DrawingEditPdu::rotation),
             field("pointListEdits", &whiteboard::DrawingEditPdu::points, SequenceOf<1, 256>{}),
             field("nonStandardParameters", &whiteboard::DrawingEditPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
