// Pictures and pointers: created, continued, moved, given up. T.126 §6.
#include <utility>

#include "whiteboard/board.hpp"

namespace convene::whiteboard {
namespace {

void edit_picture(Picture& picture, const EditPicture& edit) {
    if (edit.is_selected) picture.is_selected = *edit.is_selected;
    if (edit.anchor) picture.anchor = *edit.anchor;
    if (edit.part) picture.part = edit.part;
    if (edit.scale) picture.scale = edit.scale;
}

void add_data(Picture& picture, const ContinuePicture& more) {
    picture.data.push_back(more.data);
    picture.pad_bits = more.pad_bits;
    picture.is_complete = more.is_last;
}

bool has_absurd_size(const Picture& picture, std::uint64_t max_pixels) {
    return picture.size.width == 0 || picture.size.height == 0 ||
           std::uint64_t{picture.size.width} * picture.size.height > max_pixels;
}

}  // namespace

void Board::on(const CreatePicture& create_picture, Applied& out) {
    if (has_absurd_size(create_picture.picture, limits_.max_picture_pixels) ||
        create_picture.picture.octets() > limits_.max_picture_octets) {
        out.refusal = Refusal{RefusalReason::picture_too_large, create_picture.id};
        return;
    }
    if (create_picture.is_pointer) return create_pointer(create_picture, out);
    create(create_picture.id, Object{create_picture.page, create_picture.plane, false, {}, create_picture.picture},
           out);
    auto made = objects_.find(create_picture.id);
    if (out.refusal || made == objects_.end() || !create_picture.author) return;
    Object known = *made->second.object;
    known.author = *create_picture.author;
    made->second.object = std::make_shared<const Object>(std::move(known));
}

void Board::create_pointer(const CreatePicture& create_picture, Applied& out) {
    ItemId id = create_picture.id;
    if (sheets_.count(create_picture.page) == 0) return;
    auto older = pointers_.find(id);
    if ((older == pointers_.end() && pointers_.size() >= limits_.max_pointers) ||
        create_picture.picture.octets() > limits_.max_pointer_octets) {
        out.refusal = Refusal{RefusalReason::too_many_pointers, id};
        return;
    }
    if (older != pointers_.end()) out.changes.push_back({Kind::object_removed, older->second->page, id});
    Object object{create_picture.page, 0, true, {}, create_picture.picture};
    object.author = create_picture.author ? *create_picture.author : author_.value_or(mcs::UserId{});
    out.changes.push_back({Kind::object_added, object.page, id});
    pointers_[id] = std::make_shared<const Object>(std::move(object));
}

void Board::on(const ContinuePicture& more, Applied& out) {
    auto pointer = pointers_.find(more.id);
    bool is_pointer = pointer != pointers_.end();
    const Object* object = is_pointer ? pointer->second.get() : nullptr;
    if (auto found = objects_.find(more.id); !is_pointer && found != objects_.end())
        object = found->second.object.get();
    const auto* picture = object == nullptr ? nullptr : std::get_if<Picture>(&object->content);
    if (picture == nullptr || picture->is_complete) return;
    std::size_t octets = picture->octets() + more.data.size();
    bool is_too_large = octets > (is_pointer ? limits_.max_pointer_octets : limits_.max_picture_octets);
    bool is_full = !is_pointer && octets_ + more.data.size() > limits_.max_octets;
    ItemId page = object->page;
    if (is_too_large || is_full) {
        out.refusal = Refusal{is_too_large ? RefusalReason::picture_too_large : RefusalReason::board_full, more.id};
        if (!is_pointer) return remove(more.id, out);
        out.changes.push_back({Kind::object_removed, page, more.id});
        pointers_.erase(pointer);
        return;
    }
    Object longer = *object;
    add_data(std::get<Picture>(longer.content), more);
    if (!is_pointer) return change(more.id, std::move(longer), std::nullopt, out);
    pointer->second = std::make_shared<const Object>(std::move(longer));
    out.changes.push_back({Kind::object_changed, page, more.id});
}

/// A receiver that gave up speaks for itself alone; only the creator, or who speaks for it, takes the picture away.
void Board::on(const AbortPicture& abort, Applied& out) {
    const Object* object = find(abort.id);
    if (object == nullptr) return;
    const auto* picture = std::get_if<Picture>(&object->content);
    if (picture == nullptr || picture->is_complete) return;
    if (abort.who && *abort.who != object->author) return;
    if (object->is_pointer) {
        out.changes.push_back({Kind::object_removed, object->page, abort.id});
        pointers_.erase(abort.id);
        return;
    }
    if (may_change(*object, abort.id, out)) remove(abort.id, out);
}

void Board::on(const EditPicture& edit, Applied& out) {
    if (auto pointer = pointers_.find(edit.id); pointer != pointers_.end()) {
        Object moved = *pointer->second;
        edit_picture(std::get<Picture>(moved.content), edit);
        out.changes.push_back({Kind::object_changed, moved.page, edit.id});
        pointer->second = std::make_shared<const Object>(std::move(moved));
        return;
    }
    const Object* object = editable<Picture>(edit.id, out);
    if (object == nullptr) return;
    Object changed = *object;
    edit_picture(std::get<Picture>(changed.content), edit);
    change(edit.id, std::move(changed), edit.stacking, out);
}

}  // namespace convene::whiteboard
