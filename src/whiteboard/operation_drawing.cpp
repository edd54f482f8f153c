#include "whiteboard/operation_parts.hpp"

#include <algorithm>
#include <array>

namespace convene::whiteboard {
namespace {

std::vector<PointDiff> pdu_steps(std::span<const Point> deltas) {
    std::vector<PointDiff> out;
    out.reserve(deltas.size());
    for (Point delta : deltas) out.push_back(pdu_diff(delta));
    return out;
}

void read_steps(const PointList& list, std::vector<Point>& out) {
    for (PointDiff step : points_of(list)) out.push_back({step.x, step.y});
}

DrawingType pdu_shape(Shape shape) {
    switch (shape) {
        case Shape::point:
            return DotDrawing{};
        case Shape::open_line:
            return OpenPolyLine{};
        case Shape::closed_line:
            return ClosedPolyLine{};
        case Shape::rectangle:
            return RectangleDrawing{};
        case Shape::ellipse:
            return EllipseDrawing{};
    }
    return OpenPolyLine{};
}

PenNib pdu_nib(Nib nib) { return nib == Nib::square ? PenNib(SquareNib{}) : PenNib(CircularNib{}); }

LineStyle pdu_pattern(Pattern pattern) {
    switch (pattern) {
        case Pattern::solid:
            return SolidLine{};
        case Pattern::dashed:
            return DashedLine{};
        case Pattern::dotted:
            return DottedLine{};
        case Pattern::dash_dot:
            return DashDotLine{};
        case Pattern::dash_dot_dot:
            return DashDotDotLine{};
        case Pattern::two_tone:
            return TwoToneLine{};
    }
    return SolidLine{};
}

ViewState pdu_selection(bool is_selected) { return is_selected ? ViewState(Selected{}) : ViewState(Unselected{}); }

RotationSpecifier pdu_rotation(const Rotation& rotation) {
    return {static_cast<std::uint16_t>(rotation.minutes % 21'600), pdu_diff(rotation.axis)};
}
Rotation rotation_of(const RotationSpecifier& rotation) { return {rotation.angle, {rotation.axis.x, rotation.axis.y}}; }

/// The attributes of a list as an edit.
void read_attributes(const DrawingAttributes& attributes, EditDrawing& out) {
    if (const auto* pen = find_attribute<PenColor>(attributes)) out.pen = color_of(pen->value);
    if (const auto* fill = find_attribute<FillColor>(attributes)) out.fill = color_of(fill->value);
    if (const auto* thickness = find_attribute<PenThickness>(attributes)) out.thickness = thickness->value;
    if (const auto* nib = find_attribute<PenNib>(attributes)) {
        if (nib->index() < 2) out.nib = nib->index() == 0 ? Nib::circular : Nib::square;
    }
    if (const auto* style = find_attribute<LineStyle>(attributes)) {
        constexpr std::array kPatterns{Pattern::solid,    Pattern::dashed,       Pattern::dotted,
                                       Pattern::dash_dot, Pattern::dash_dot_dot, Pattern::two_tone};
        if (style->index() < kPatterns.size()) out.pattern = kPatterns[style->index()];
    }
    if (const auto* highlight = find_attribute<Highlight>(attributes)) out.is_highlight = highlight->value;
    if (const auto* state = find_attribute<ViewState>(attributes)) out.is_selected = state->index() == 1;
    if (const auto* order = find_attribute<ZOrder>(attributes))
        out.stacking = *order == ZOrder::front ? Stacking::front : Stacking::back;
}

DrawingAttributes pdu_attributes(const EditDrawing& edit) {
    DrawingAttributes out;
    if (edit.pen) out.push_back(PenColor{pdu_color(*edit.pen)});
    if (edit.fill) out.push_back(FillColor{pdu_color(*edit.fill)});
    if (edit.thickness) out.push_back(PenThickness{std::max<std::uint8_t>(*edit.thickness, 1)});
    if (edit.nib) out.push_back(pdu_nib(*edit.nib));
    if (edit.pattern) out.push_back(pdu_pattern(*edit.pattern));
    if (edit.is_highlight) out.push_back(Highlight{*edit.is_highlight});
    if (edit.is_selected) out.push_back(pdu_selection(*edit.is_selected));
    if (edit.stacking) out.push_back(*edit.stacking == Stacking::front ? ZOrder::front : ZOrder::back);
    return out;
}

}  // namespace

WorkspacePoint pdu_point(Point point) {
    return {std::clamp(point.x, kLeastCoordinate, kMostCoordinate),
            std::clamp(point.y, kLeastCoordinate, kMostCoordinate)};
}

PointDiff pdu_diff(Point difference) {
    auto clamped = [](std::int32_t value) { return static_cast<std::int16_t>(std::clamp(value, -32'768, 32'767)); };
    return {clamped(difference.x), clamped(difference.y)};
}

SiPdu pdu_of(const CreateDrawing& create) {
    const Drawing& drawing = create.drawing;
    const Style& style = drawing.style;
    DrawingCreatePdu pdu;
    pdu.handle = create.id;
    pdu.destination = AnnotationPlane{{create.page, PlaneId{create.plane}}};
    pdu.type = pdu_shape(drawing.shape);
    // What is as it is without being said is not said, but for the colour: what black is was never quite clear.
    EditDrawing looks;
    looks.pen = style.pen;
    if (!style.fill.is_transparent) looks.fill = style.fill;
    if (style.thickness != 1) looks.thickness = style.thickness;
    if (style.nib != Nib::circular) looks.nib = style.nib;
    if (style.pattern != Pattern::solid) looks.pattern = style.pattern;
    if (style.is_highlight) looks.is_highlight = true;
    if (style.is_selected) looks.is_selected = true;
    pdu.attributes = pdu_attributes(looks);
    pdu.anchor = pdu_point(drawing.anchor);
    if (drawing.rotation) pdu.rotation = pdu_rotation(*drawing.rotation);
    auto count = std::min(drawing.deltas.size(), kMaxPoints);
    pdu.points = make_point_list(pdu_steps(std::span(drawing.deltas).first(count)));
    return pdu;
}

std::optional<Operation> operation_of(const DrawingCreatePdu& pdu) {
    const auto* plane = std::get_if<AnnotationPlane>(&pdu.destination);
    constexpr std::array kShapes{Shape::point, Shape::open_line, Shape::closed_line, Shape::rectangle, Shape::ellipse};
    if (plane == nullptr || pdu.type.index() >= kShapes.size()) return std::nullopt;
    CreateDrawing out{pdu.handle, plane->value.workspace, plane->value.plane.value};
    Drawing& drawing = out.drawing;
    drawing.shape = kShapes[pdu.type.index()];
    EditDrawing looks;
    if (pdu.attributes) read_attributes(*pdu.attributes, looks);
    Style plain;
    drawing.style = Style{looks.pen.value_or(plain.pen),
                          looks.fill.value_or(plain.fill),
                          looks.thickness.value_or(plain.thickness),
                          looks.nib.value_or(plain.nib),
                          looks.pattern.value_or(plain.pattern),
                          looks.is_highlight.value_or(false),
                          looks.is_selected.value_or(false)};
    drawing.anchor = {pdu.anchor.x, pdu.anchor.y};
    if (pdu.rotation) drawing.rotation = rotation_of(*pdu.rotation);
    read_steps(pdu.points, drawing.deltas);
    return out;
}

SiPdu pdu_of(const EditDrawing& edit) {
    DrawingEditPdu pdu;
    pdu.handle = edit.id;
    if (auto attributes = pdu_attributes(edit); !attributes.empty()) pdu.attributes = std::move(attributes);
    if (edit.anchor) pdu.anchor = pdu_point(*edit.anchor);
    if (edit.rotation) pdu.rotation = pdu_rotation(*edit.rotation);
    std::vector<PointEdit> points;
    for (const PointsEdit& change : edit.points) {
        // One entry holds a step and a list.
        std::span<const Point> rest = change.deltas;
        std::size_t index = change.first;
        while (!rest.empty()) {
            auto steps = pdu_steps(rest.first(std::min(rest.size(), kMaxPoints + 1)));
            PointEdit one{static_cast<std::uint16_t>(index), steps.front(), std::nullopt};
            if (steps.size() > 1) one.subsequent_points = make_point_list({steps.begin() + 1, steps.end()});
            points.push_back(std::move(one));
            index += steps.size();
            rest = rest.subspan(steps.size());
        }
    }
    if (!points.empty()) pdu.points = std::move(points);
    return pdu;
}

std::optional<Operation> operation_of(const DrawingEditPdu& pdu) {
    EditDrawing out{pdu.handle};
    if (pdu.attributes) read_attributes(*pdu.attributes, out);
    if (pdu.anchor) out.anchor = Point{pdu.anchor->x, pdu.anchor->y};
    if (pdu.rotation) out.rotation = rotation_of(*pdu.rotation);
    if (pdu.points) {
        for (const PointEdit& change : *pdu.points) {
            PointsEdit& edit = out.points.emplace_back();
            edit.first = change.initial_index;
            edit.deltas.push_back({change.initial_point.x, change.initial_point.y});
            if (change.subsequent_points) read_steps(*change.subsequent_points, edit.deltas);
        }
    }
    return out;
}

}  // namespace convene::whiteboard
