#include "whiteboard/editor.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/overloaded.hpp"
#include "whiteboard/edit_of.hpp"
#include "whiteboard/inverse.hpp"
#include "whiteboard/si_types.hpp"

namespace convene::whiteboard {
namespace {

Operation deletion_of(ItemId id, const Content& content) {
    constexpr ObjectKind kKinds[] = {ObjectKind::drawing, ObjectKind::picture, ObjectKind::text};
    return DeleteObject{id, kKinds[content.index()]};
}

/// Of a line with more steps than a PDU holds: lines that follow one another. The last one closes a closed line.
std::vector<Drawing> pieces_of(const Drawing& drawing) {
    bool is_line = drawing.shape == Shape::open_line || drawing.shape == Shape::closed_line;
    if (!is_line || drawing.deltas.size() <= kMaxPoints) return {drawing};
    auto deltas = drawing.deltas;
    if (drawing.shape == Shape::closed_line) {
        Point back;
        for (Point delta : deltas) back = {back.x - delta.x, back.y - delta.y};
        deltas.push_back(back);
    }
    std::vector<Drawing> out;
    Point at = drawing.anchor;
    for (std::size_t i = 0; i < deltas.size(); i += kMaxPoints) {
        auto end = std::min(deltas.size(), i + kMaxPoints);
        Drawing piece = drawing;
        piece.shape = Shape::open_line;
        piece.anchor = at;
        piece.deltas.assign(deltas.begin() + static_cast<std::ptrdiff_t>(i),
                            deltas.begin() + static_cast<std::ptrdiff_t>(end));
        for (Point delta : piece.deltas) at = {at.x + delta.x, at.y + delta.y};
        out.push_back(std::move(piece));
    }
    return out;
}

}  // namespace

Editor::Outcome Editor::draw(ItemId page, const Drawing& drawing, Instant now) {
    if (entity_.board().find_page(page) == nullptr) return refused(RefusalReason::nothing_there, page);
    std::vector<Operation> operations;
    std::vector<ItemId> made;
    for (Drawing& piece : pieces_of(drawing)) {
        auto id = entity_.take_handle();
        if (!id) return refused(RefusalReason::no_handle, page);
        made.push_back(*id);
        operations.push_back(CreateDrawing{*id, page, 0, std::move(piece)});
    }
    return act(operations, std::move(made), now);
}

Editor::Outcome Editor::write(ItemId page, const Text& text, Instant now) {
    if (entity_.board().find_page(page) == nullptr) return refused(RefusalReason::nothing_there, page);
    auto id = entity_.take_handle();
    if (!id) return refused(RefusalReason::no_handle, page);
    return act({CreateText{*id, page, text}}, {*id}, now);
}

Editor::Outcome Editor::put_picture(ItemId page, const Picture& picture, Instant now) {
    if (entity_.board().find_page(page) == nullptr) return refused(RefusalReason::nothing_there, page);
    auto id = entity_.take_handle();
    if (!id) return refused(RefusalReason::no_handle, page);
    CreatePicture create{*id, page, 0, false, false, picture};
    create.picture.is_complete = true;
    return act({create}, {*id}, now);
}

Editor::Outcome Editor::move(const std::vector<ItemId>& objects, Point by, Instant now) {
    std::vector<Operation> operations;
    for (ItemId id : objects) {
        const Object* object = entity_.board().find(id);
        if (object == nullptr || object->is_pointer) continue;
        Point at = anchor_of(object->content);
        operations.push_back(edit_of(id, object->content, [&](auto& edit) {
            edit.anchor = Point{at.x + by.x, at.y + by.y};
        }));
    }
    return act(operations, {}, now);
}

Editor::Outcome Editor::restyle(const std::vector<ItemId>& objects, const EditDrawing& style, Instant now) {
    std::vector<Operation> operations;
    for (ItemId id : objects) {
        const Object* object = entity_.board().find(id);
        if (object == nullptr) continue;
        if (std::holds_alternative<Drawing>(object->content)) {
            EditDrawing edit = style;
            edit.id = id;
            edit.anchor.reset();
            edit.stacking.reset();
            edit.points.clear();
            operations.push_back(edit);
        } else if (std::holds_alternative<Text>(object->content)) {
            EditText edit{id};
            edit.pen = style.pen;
            edit.fill = style.fill;
            operations.push_back(edit);
        }
    }
    return act(operations, {}, now);
}

Editor::Outcome Editor::rewrite(ItemId text, std::string utf8, Instant now) {
    const Object* object = entity_.board().find(text);
    if (object == nullptr) return refused(RefusalReason::nothing_there, text);
    if (!std::holds_alternative<Text>(object->content)) return refused(RefusalReason::not_this_kind, text);
    EditText edit{text};
    edit.utf8 = std::move(utf8);
    return act({edit}, {}, now);
}

Editor::Outcome Editor::resize(ItemId picture, Extent size, Instant now) {
    const Object* object = entity_.board().find(picture);
    if (object == nullptr) return refused(RefusalReason::nothing_there, picture);
    if (!std::holds_alternative<Picture>(object->content)) return refused(RefusalReason::not_this_kind, picture);
    EditPicture edit{picture};
    edit.scale = Point{static_cast<std::int32_t>(size.width), static_cast<std::int32_t>(size.height)};
    return act({edit}, {}, now);
}

Editor::Outcome Editor::stack(const std::vector<ItemId>& objects, Stacking where, Instant now) {
    // Among themselves they stay as they are.
    auto known = in_their_order(objects);
    if (where == Stacking::back) std::reverse(known.begin(), known.end());
    std::vector<Operation> operations;
    for (ItemId id : known)
        operations.push_back(
            edit_of(id, entity_.board().find(id)->content, [&](auto& edit) { edit.stacking = where; }));
    return act(operations, {}, now);
}

Editor::Outcome Editor::erase(const std::vector<ItemId>& objects, Instant now) {
    std::vector<Operation> operations;
    for (ItemId id : objects) {
        const Object* object = entity_.board().find(id);
        if (object != nullptr && !object->is_pointer) operations.push_back(deletion_of(id, object->content));
    }
    return act(operations, {}, now);
}

Editor::Outcome Editor::clear_page(ItemId page, Instant now) {
    // From the top, so that undoing brings them back from the bottom.
    auto objects = entity_.board().objects_of(page);
    std::reverse(objects.begin(), objects.end());
    return erase(objects, now);
}

Editor::Outcome Editor::add_page(Extent size, Color background, Instant now) {
    auto id = entity_.take_handle();
    auto view = id ? entity_.take_handle() : std::nullopt;
    if (!view) return refused(RefusalReason::no_handle, {});
    CreatePage create;
    create.page.id = *id;
    create.page.size = size;
    create.page.background = background;
    create.page.views.push_back(View{*view, std::nullopt, Visibility::focus, true});
    return act({create}, {*id}, now);
}

Editor::Outcome Editor::remove_page(ItemId page, Instant now) {
    if (entity_.board().find_page(page) == nullptr) return refused(RefusalReason::nothing_there, page);
    return act({DeletePage{page}}, {}, now);
}

Editor::Outcome Editor::set_background(ItemId page, Color background, Instant now) {
    if (entity_.board().find_page(page) == nullptr) return refused(RefusalReason::nothing_there, page);
    EditPage edit{page};
    edit.background = background;
    return act({edit}, {}, now);
}

Editor::Outcome Editor::move_page(ItemId page, std::size_t index, Instant now) {
    const Board& board = entity_.board();
    auto order = board.pages();
    auto at = std::find(order.begin(), order.end(), page);
    if (at == order.end()) return refused(RefusalReason::nothing_there, page);
    order.erase(at);
    index = std::min(index, order.size());
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(index), page);
    auto place_of = [&](std::size_t i) { return board.find_page(order[i])->place; };
    Place before = index == 0 ? 0 : place_of(index - 1);
    Place after = index + 1 == order.size() ? before + 2 * kPlaceStep : place_of(index + 1);
    std::vector<Operation> operations;
    if (before < after && after - before >= 2) {
        EditPage edit{page};
        edit.place = before + (after - before) / 2;
        operations.push_back(edit);
    } else {
        // No room between the two: all get new places.
        for (std::size_t i = 0; i < order.size(); ++i) {
            EditPage edit{order[i]};
            edit.place = (i + 1) * kPlaceStep;
            operations.push_back(edit);
        }
    }
    return act(operations, {}, now);
}

Editor::Outcome Editor::turn_to(ItemId page, Instant now) {
    const Page* found = entity_.board().find_page(page);
    if (found == nullptr) return refused(RefusalReason::nothing_there, page);
    EditPage edit{page};
    if (found->views.empty()) {
        edit.turns_here = true;
    } else {
        edit.views.push_back(ViewChange{found->views.front().id, ViewChange::Action::edit, Visibility::focus});
    }
    std::vector<Operation> operations{edit};
    // Whiteboards that have several pages in the foreground want to be told which one is behind now.
    auto current = entity_.board().current_page();
    const Page* old = current ? entity_.board().find_page(*current) : nullptr;
    if (old != nullptr && old != found && !old->views.empty()) {
        EditPage behind{*current};
        behind.views.push_back(ViewChange{old->views.front().id, ViewChange::Action::edit, Visibility::background});
        operations.push_back(behind);
    }
    return {{}, entity_.perform(operations, now)};
}

// --- undo ---

std::optional<Refusal> Editor::perform(const std::vector<Operation>& operations, Action& inverse, Instant now) {
    std::vector<Action> inverses;
    std::optional<Refusal> refusal;
    for (const Operation& operation : operations) {
        auto back = inverse_of(entity_.board(), operation);
        refusal = entity_.perform({operation}, now);
        if (refusal) break;
        inverses.push_back(std::move(back));
    }
    for (auto each = inverses.rbegin(); each != inverses.rend(); ++each)
        inverse.insert(inverse.end(), std::make_move_iterator(each->begin()), std::make_move_iterator(each->end()));
    return refusal;
}

Editor::Outcome Editor::act(const std::vector<Operation>& operations, std::vector<ItemId> made, Instant now) {
    Action inverse;
    Outcome out;
    out.refusal = perform(operations, inverse, now);
    if (!inverse.empty()) {
        undo_.push_back(std::move(inverse));
        if (undo_.size() > kMaxUndo) undo_.pop_front();
        redo_.clear();
    }
    for (ItemId id : made) {
        if (entity_.board().find(id) != nullptr || entity_.board().find_page(id) != nullptr) out.items.push_back(id);
    }
    return out;
}

Editor::Outcome Editor::step(std::deque<Action>& from, std::deque<Action>& to, Instant now) {
    if (from.empty()) return refused(RefusalReason::nothing_there, {});
    Action action = std::move(from.back());
    from.pop_back();
    Action inverse;
    Outcome out;
    out.refusal = perform(action, inverse, now);
    if (!inverse.empty()) to.push_back(std::move(inverse));
    return out;
}

}  // namespace convene::whiteboard
