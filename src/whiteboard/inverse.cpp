#include "whiteboard/inverse.hpp"

#include <algorithm>
#include <utility>

#include "base/overloaded.hpp"

namespace convene::whiteboard {
namespace {

using Operations = std::vector<Operation>;

Operation raise(ItemId id, const Content& content) {
    return std::visit(overloaded{[&](const Drawing&) -> Operation {
                                     EditDrawing edit{id};
                                     edit.stacking = Stacking::front;
                                     return edit;
                                 },
                                 [&](const Picture&) -> Operation {
                                     EditPicture edit{id};
                                     edit.stacking = Stacking::front;
                                     return edit;
                                 },
                                 [&](const Text&) -> Operation {
                                     EditText edit{id};
                                     edit.stacking = Stacking::front;
                                     return edit;
                                 }},
                      content);
}

/// What others are still sending cannot be made again from what has come of it.
bool is_unfinished(const Object& object) {
    const auto* picture = std::get_if<Picture>(&object.content);
    return picture != nullptr && !picture->is_complete;
}

/// Once the object is on top of its plane: what puts it back under those that are above it now.
void restack(const Board& board, ItemId id, Operations& out) {
    const Object& object = *board.find(id);
    auto order = board.objects_of(object.page);
    auto above = std::find(order.begin(), order.end(), id);
    if (above == order.end()) return;
    std::vector<ItemId> raised;
    for (++above; above != order.end() && board.find(*above)->plane == object.plane; ++above) raised.push_back(*above);
    if (raised.size() > kMaxRestacked) return;
    for (ItemId each : raised) out.push_back(raise(each, board.find(each)->content));
}

void unstack(const Board& board, ItemId id, Operations& out) {
    out.push_back(raise(id, board.find(id)->content));
    restack(board, id, out);
}

template <class T, class Field>
void keep(std::optional<T>& into, const std::optional<T>& changed, const Field& now) {
    if (changed) into = now;
}

Operations undo(const Board& board, const EditDrawing& edit) {
    const Object* object = board.find(edit.id);
    const auto* drawing = object == nullptr ? nullptr : std::get_if<Drawing>(&object->content);
    if (drawing == nullptr) return {};
    Operations out;
    const auto count = drawing->deltas.size();
    const bool adds_points = std::any_of(edit.points.begin(), edit.points.end(), [&](const PointsEdit& points) {
        return points.first + points.deltas.size() > count;
    });
    if (adds_points || (edit.rotation && !drawing->rotation)) {
        // No edit takes points or a rotation away again.
        out.push_back(creation_of(edit.id, *object));
        restack(board, edit.id, out);
        return out;
    }
    EditDrawing back{edit.id};
    const Style& style = drawing->style;
    keep(back.pen, edit.pen, style.pen);
    keep(back.fill, edit.fill, style.fill);
    keep(back.thickness, edit.thickness, style.thickness);
    keep(back.nib, edit.nib, style.nib);
    keep(back.pattern, edit.pattern, style.pattern);
    keep(back.is_highlight, edit.is_highlight, style.is_highlight);
    keep(back.is_selected, edit.is_selected, style.is_selected);
    keep(back.anchor, edit.anchor, drawing->anchor);
    if (edit.rotation) back.rotation = drawing->rotation;
    if (!edit.points.empty()) back.points.push_back({0, drawing->deltas});
    if (!(back == EditDrawing{edit.id})) out.push_back(back);
    if (edit.stacking) unstack(board, edit.id, out);
    return out;
}

Operations undo(const Board& board, const EditPicture& edit) {
    const Object* object = board.find(edit.id);
    const auto* picture = object == nullptr ? nullptr : std::get_if<Picture>(&object->content);
    if (picture == nullptr) return {};
    Operations out;
    if ((edit.part && !picture->part) || (edit.scale && !picture->scale)) {
        out.push_back(creation_of(edit.id, *object));
        restack(board, edit.id, out);
        return out;
    }
    EditPicture back{edit.id};
    keep(back.is_selected, edit.is_selected, picture->is_selected);
    keep(back.anchor, edit.anchor, picture->anchor);
    if (edit.part) back.part = picture->part;
    if (edit.scale) back.scale = picture->scale;
    if (!(back == EditPicture{edit.id})) out.push_back(back);
    if (edit.stacking) unstack(board, edit.id, out);
    return out;
}

Operations undo(const Board& board, const EditText& edit) {
    const Object* object = board.find(edit.id);
    const auto* text = object == nullptr ? nullptr : std::get_if<Text>(&object->content);
    if (text == nullptr) return {};
    Operations out;
    EditText back{edit.id};
    keep(back.utf8, edit.utf8, text->utf8);
    keep(back.anchor, edit.anchor, text->anchor);
    keep(back.pen, edit.pen, text->pen);
    keep(back.fill, edit.fill, text->fill);
    keep(back.font, edit.font, text->font);
    keep(back.is_selected, edit.is_selected, text->is_selected);
    if (!(back == EditText{edit.id})) out.push_back(back);
    if (edit.stacking) unstack(board, edit.id, out);
    return out;
}

Operations undo(const Board& board, const DeleteObject& gone) {
    const Object* object = board.find(gone.id);
    if (object == nullptr || object->is_pointer || is_unfinished(*object)) return {};
    Operations out{creation_of(gone.id, *object)};
    restack(board, gone.id, out);
    return out;
}

Operations undo(const Board& board, const DeletePage& gone) {
    const Page* page = board.find_page(gone.page);
    if (page == nullptr) return {};
    CreatePage create;
    create.page = *page;
    create.place = page->place;
    if (board.current_page() == gone.page && !create.page.views.empty())
        create.page.views.front().state = Visibility::focus;
    Operations out{create};
    for (ItemId id : board.objects_of(gone.page)) {
        if (!is_unfinished(*board.find(id))) out.push_back(creation_of(id, *board.find(id)));
    }
    return out;
}

/// Of the pages' own looks; whose turn it is, is nobody's to undo.
Operations undo(const Board& board, const EditPage& edit) {
    const Page* page = board.find_page(edit.page);
    if (page == nullptr) return {};
    EditPage back{edit.page};
    keep(back.background, edit.background, page->background);
    keep(back.preserve, edit.preserve, page->preserve);
    keep(back.place, edit.place, page->place);
    if (back == EditPage{edit.page}) return {};
    return {back};
}

/// Of a creation: away with it, or back to what had its id before.
Operations undo_creation(const Board& board, ItemId id, ObjectKind kind) {
    auto older = undo(board, DeleteObject{id, kind});
    if (!older.empty()) return older;
    return {DeleteObject{id, kind}};
}

}  // namespace

Operation creation_of(ItemId id, const Object& object) {
    return std::visit(overloaded{[&](const Drawing& drawing) -> Operation {
                                     return CreateDrawing{id, object.page, object.plane, drawing};
                                 },
                                 [&](const Text& text) -> Operation {
                                     return CreateText{id, object.page, text};
                                 },
                                 [&](const Picture& picture) -> Operation {
                                     return CreatePicture{id,    object.page,       object.plane,
                                                          false, object.is_pointer, picture};
                                 }},
                      object.content);
}

std::vector<Operation> inverse_of(const Board& board, const Operation& operation) {
    return std::visit(
        overloaded{
            [&](const CreatePage& create) -> Operations {
                auto older = undo(board, DeletePage{create.page.id});
                if (!older.empty()) return older;
                return {DeletePage{create.page.id}};
            },
            [&](const CreateDrawing& create) -> Operations {
                if (!create.id) return {};
                return undo_creation(board, *create.id, ObjectKind::drawing);
            },
            [&](const CreatePicture& create) { return undo_creation(board, create.id, ObjectKind::picture); },
            [&](const CreateText& create) { return undo_creation(board, create.id, ObjectKind::text); },
            [](const PageReady&) -> Operations { return {}; }, [](const ContinuePicture&) -> Operations { return {}; },
            [](const AbortPicture&) -> Operations { return {}; }, [&](const auto& edit) { return undo(board, edit); }},
        operation);
}

}  // namespace convene::whiteboard
