// What a person does to objects that are there already, as to their place, their size and their order.
#include <algorithm>
#include <set>
#include <utility>

#include "base/overloaded.hpp"
#include "whiteboard/edit_of.hpp"
#include "whiteboard/editor.hpp"
#include "whiteboard/inverse.hpp"

namespace convene::whiteboard {
namespace {

/// From one box into another, each direction by itself. A box without an extent only moves.
class Stretch {
public:
    Stretch(Area from, const BoxChange& to)
        : from_(from.upper_left),
          to_(to.upper_left),
          width_{from.lower_right.x - from.upper_left.x, to.size.width},
          height_{from.lower_right.y - from.upper_left.y, to.size.height} {}

    Point operator()(Point point) const {
        return {to_.x + width_(point.x - from_.x), to_.y + height_(point.y - from_.y)};
    }

private:
    struct Ratio {
        std::int64_t from = 0;
        std::int64_t to = 0;

        std::int32_t operator()(std::int64_t value) const {
            if (from == 0) return static_cast<std::int32_t>(value);
            const std::int64_t doubled = 2 * value * to;
            return static_cast<std::int32_t>((doubled + (doubled < 0 ? -from : from)) / (2 * from));
        }
    };
    Point from_;
    Point to_;
    Ratio width_;
    Ratio height_;
};

std::vector<Point> points_of(const Drawing& drawing) {
    std::vector<Point> out{drawing.anchor};
    for (const Point delta : drawing.deltas) out.push_back({out.back().x + delta.x, out.back().y + delta.y});
    return out;
}

Area box_of(const std::vector<Point>& points) {
    Area box{points.front(), points.front()};
    for (const Point point : points) {
        box.upper_left = {std::min(box.upper_left.x, point.x), std::min(box.upper_left.y, point.y)};
        box.lower_right = {std::max(box.lower_right.x, point.x), std::max(box.lower_right.y, point.y)};
    }
    return box;
}

EditDrawing stretched(const Drawing& drawing, const BoxChange& change) {
    const auto points = points_of(drawing);
    const Stretch stretch(box_of(points), change);
    EditDrawing edit{change.id};
    edit.anchor = stretch(drawing.anchor);
    PointsEdit steps;
    Point last = *edit.anchor;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point at = stretch(points[i]);
        steps.deltas.push_back({at.x - last.x, at.y - last.y});
        last = at;
    }
    if (steps.deltas != drawing.deltas) edit.points.push_back(std::move(steps));
    const auto from_anchor = [&](Point at) { return Point{at.x - edit.anchor->x, at.y - edit.anchor->y}; };
    if (change.minutes) {
        const Point centre{change.upper_left.x + static_cast<std::int32_t>(change.size.width / 2),
                           change.upper_left.y + static_cast<std::int32_t>(change.size.height / 2)};
        if (*change.minutes != 0 || drawing.rotation) edit.rotation = Rotation{*change.minutes, from_anchor(centre)};
    } else if (drawing.rotation) {
        const Point axis = drawing.rotation->axis;
        edit.rotation = Rotation{drawing.rotation->minutes,
                                 from_anchor(stretch({drawing.anchor.x + axis.x, drawing.anchor.y + axis.y}))};
        if (edit.rotation == drawing.rotation) edit.rotation.reset();
    }
    return edit;
}

EditText resized(const Text& text, const BoxChange& change) {
    EditText edit{change.id};
    edit.anchor = change.upper_left;
    const auto lines = 1 + std::count(text.utf8.begin(), text.utf8.end(), '\n');
    const auto size = static_cast<std::int32_t>(change.size.height * 10 / (lines * kLineTenths));
    edit.font = text.font;
    edit.font->height = -std::clamp(size, 1, 10'000);
    if (edit.font == text.font) edit.font.reset();
    return edit;
}

}  // namespace

std::vector<ItemId> Editor::in_their_order(const std::vector<ItemId>& objects) const {
    const std::set<ItemId> wanted(objects.begin(), objects.end());
    std::set<ItemId> pages;
    for (const ItemId id : wanted)
        if (const Object* object = entity_.board().find(id)) pages.insert(object->page);
    std::vector<ItemId> out;
    for (const ItemId page : pages)
        for (const ItemId id : entity_.board().objects_of(page))
            if (wanted.count(id) != 0) out.push_back(id);
    return out;
}

Editor::Outcome Editor::step_over(const std::vector<ItemId>& objects, Stacking towards, Instant now) {
    const auto wanted = in_their_order(objects);
    if (wanted.empty()) return {};
    const Board& board = entity_.board();
    const Object& first = *board.find(wanted.front());
    std::vector<ItemId> before;  // all of that plane
    std::vector<ItemId> chosen;
    std::vector<ItemId> others;
    std::size_t under_lowest = 0;  // of the others
    std::size_t under_topmost = 0;
    for (const ItemId id : board.objects_of(first.page)) {
        if (board.find(id)->plane != first.plane) continue;
        before.push_back(id);
        if (std::find(wanted.begin(), wanted.end(), id) == wanted.end()) {
            others.push_back(id);
            continue;
        }
        if (chosen.empty()) under_lowest = others.size();
        under_topmost = others.size();
        chosen.push_back(id);
    }
    const std::size_t under = towards == Stacking::front ? std::min(under_topmost + 1, others.size())
                                                         : under_lowest - std::min<std::size_t>(under_lowest, 1);
    auto after = others;
    after.insert(after.begin() + static_cast<std::ptrdiff_t>(under), chosen.begin(), chosen.end());
    // As few as possible are touched: all above the first that has another place, or all below the last.
    const auto from = std::mismatch(after.begin(), after.end(), before.begin()).first;
    if (from == after.end()) return {};
    const auto to = std::mismatch(after.rbegin(), after.rend(), before.rbegin()).first.base();
    const bool raises = after.end() - from <= to - after.begin();
    auto moved = raises ? std::vector<ItemId>(from, after.end()) : std::vector<ItemId>(after.begin(), to);
    if (!raises) std::reverse(moved.begin(), moved.end());
    std::vector<Operation> operations;
    for (const ItemId id : moved)
        operations.push_back(edit_of(id, board.find(id)->content,
                                     [&](auto& edit) { edit.stacking = raises ? Stacking::front : Stacking::back; }));
    return act(operations, {}, now);
}

Editor::Outcome Editor::transform(const std::vector<BoxChange>& changes, Instant now) {
    std::vector<Operation> operations;
    for (const BoxChange& change : changes) {
        const Object* object = entity_.board().find(change.id);
        if (object == nullptr || object->is_pointer) continue;
        std::visit(overloaded{[&](const Drawing& drawing) { operations.push_back(stretched(drawing, change)); },
                              [&](const Text& text) { operations.push_back(resized(text, change)); },
                              [&](const Picture& picture) {
                                  if (!picture.is_complete) return;
                                  EditPicture edit{change.id};
                                  edit.anchor = change.upper_left;
                                  edit.scale = Point{static_cast<std::int32_t>(change.size.width),
                                                     static_cast<std::int32_t>(change.size.height)};
                                  operations.push_back(edit);
                              }},
                   object->content);
    }
    return act(operations, {}, now);
}

Editor::Outcome Editor::set_font(ItemId text, const Font& font, std::optional<Color> pen, Instant now) {
    const Object* object = entity_.board().find(text);
    if (object == nullptr) return refused(RefusalReason::nothing_there, text);
    if (!std::holds_alternative<Text>(object->content)) return refused(RefusalReason::not_this_kind, text);
    EditText edit{text};
    edit.font = font;
    edit.pen = pen;
    return act({edit}, {}, now);
}

Editor::Outcome Editor::duplicate(const std::vector<ItemId>& objects, ItemId page, Point by, Instant now) {
    if (entity_.board().find_page(page) == nullptr) return refused(RefusalReason::nothing_there, page);
    std::vector<Operation> operations;
    std::vector<ItemId> made;
    for (const ItemId id : in_their_order(objects)) {
        Object copy = *entity_.board().find(id);
        const auto* picture = std::get_if<Picture>(&copy.content);
        if (picture != nullptr && !picture->is_complete) continue;
        const auto fresh = entity_.take_handle();
        if (!fresh) return refused(RefusalReason::no_handle, page);
        copy.page = page;
        copy.plane = 0;
        std::visit(
            [&](auto& content) {
                content.anchor = {content.anchor.x + by.x, content.anchor.y + by.y};
            },
            copy.content);
        made.push_back(*fresh);
        operations.push_back(creation_of(*fresh, copy));
    }
    return act(operations, std::move(made), now);
}

}  // namespace convene::whiteboard
