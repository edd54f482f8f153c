// Drawings and text: created, edited, deleted. T.126 §5, §7.
#include <algorithm>
#include <utility>

#include "whiteboard/board.hpp"

namespace convene::whiteboard {
namespace {

template <class T>
void set_field(T& field, const std::optional<T>& edit) {
    if (edit) field = *edit;
}

/// False when the drawing would be too long.
bool edit_points(std::vector<Point>& deltas, const std::vector<PointsEdit>& edits, std::size_t max_points) {
    for (const PointsEdit& edit : edits) {
        if (edit.first > deltas.size()) continue;  // beyond the end: a piece before it is missing
        std::size_t end = edit.first + edit.deltas.size();
        if (end > max_points) return false;
        if (end > deltas.size()) deltas.resize(end);
        std::copy(edit.deltas.begin(), edit.deltas.end(), deltas.begin() + edit.first);
    }
    return true;
}

}  // namespace

template <class What>
const Object* Board::editable(ItemId id, Applied& out) const {
    auto found = objects_.find(id);
    if (found == objects_.end()) return nullptr;
    const Object& object = *found->second.object;
    if (!std::holds_alternative<What>(object.content)) return nullptr;
    const auto& planes = sheets_.at(object.page).page.planes;
    if (object.plane < planes.size() && !planes[object.plane].is_editable) return nullptr;
    return may_change(object, id, out) ? &object : nullptr;
}
template const Object* Board::editable<Picture>(ItemId, Applied&) const;

void Board::on(const CreateDrawing& create_drawing, Applied& out) {
    ItemId id = create_drawing.id ? *create_drawing.id : unused_id();
    if (create_drawing.drawing.deltas.size() > limits_.max_points) {
        out.refusal = Refusal{RefusalReason::drawing_too_long, id};
        return;
    }
    create(id, Object{create_drawing.page, create_drawing.plane, false, {}, create_drawing.drawing}, out);
}

void Board::on(const EditDrawing& edit, Applied& out) {
    const Object* object = editable<Drawing>(edit.id, out);
    if (object == nullptr) return;
    Object changed = *object;
    Drawing& drawing = std::get<Drawing>(changed.content);
    set_field(drawing.style.pen, edit.pen);
    set_field(drawing.style.fill, edit.fill);
    set_field(drawing.style.thickness, edit.thickness);
    set_field(drawing.style.nib, edit.nib);
    set_field(drawing.style.pattern, edit.pattern);
    set_field(drawing.style.is_highlight, edit.is_highlight);
    set_field(drawing.style.is_selected, edit.is_selected);
    set_field(drawing.anchor, edit.anchor);
    if (edit.rotation) drawing.rotation = edit.rotation;
    if (!edit_points(drawing.deltas, edit.points, limits_.max_points)) {
        out.refusal = Refusal{RefusalReason::drawing_too_long, edit.id};
        return;
    }
    change(edit.id, std::move(changed), edit.stacking, out);
}

void Board::on(const CreateText& create_text, Applied& out) {
    const Text& text = create_text.text;
    if (text.utf8.size() + text.font.face.size() > limits_.max_text_octets) {
        out.refusal = Refusal{RefusalReason::text_too_long, create_text.id};
        return;
    }
    create(create_text.id, Object{create_text.page, 0, false, {}, text}, out);
}

void Board::on(const EditText& edit, Applied& out) {
    const Object* object = editable<Text>(edit.id, out);
    if (object == nullptr) return;
    Object changed = *object;
    Text& text = std::get<Text>(changed.content);
    set_field(text.utf8, edit.utf8);
    set_field(text.anchor, edit.anchor);
    set_field(text.pen, edit.pen);
    set_field(text.fill, edit.fill);
    set_field(text.font, edit.font);
    set_field(text.is_selected, edit.is_selected);
    if (text.utf8.size() + text.font.face.size() > limits_.max_text_octets) {
        out.refusal = Refusal{RefusalReason::text_too_long, edit.id};
        return;
    }
    change(edit.id, std::move(changed), edit.stacking, out);
}

void Board::on(const DeleteObject& gone, Applied& out) {
    if (auto pointer = pointers_.find(gone.id); pointer != pointers_.end()) {
        out.changes.push_back({Kind::object_removed, pointer->second->page, gone.id});
        pointers_.erase(pointer);
    }
    auto found = objects_.find(gone.id);
    if (found == objects_.end()) return;
    const Object& object = *found->second.object;
    const auto& planes = sheets_.at(object.page).page.planes;
    if (object.plane < planes.size() && !planes[object.plane].is_editable) return;
    if (may_change(object, gone.id, out)) remove(gone.id, out);
}

}  // namespace convene::whiteboard
