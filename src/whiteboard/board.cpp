#include "whiteboard/board.hpp"

#include <algorithm>
#include <utility>

namespace convene::whiteboard {
namespace {

/// Beyond the heights of any board that was drawn on for some ten thousand years.
constexpr std::int64_t kOverlayHeight = std::int64_t{1} << 48;

}  // namespace

Applied Board::apply(const Operation& operation, std::optional<mcs::UserId> author) {
    Applied out;
    author_ = author;
    std::visit([&](const auto& each) { on(each, out); }, operation);
    author_.reset();
    return out;
}

const Page* Board::find_page(ItemId id) const {
    auto found = sheets_.find(id);
    return found == sheets_.end() ? nullptr : &found->second.page;
}

std::optional<ItemId> Board::current_page() const { return current_; }

const Object* Board::find(ItemId id) const {
    if (auto found = objects_.find(id); found != objects_.end()) return found->second.object.get();
    if (auto found = pointers_.find(id); found != pointers_.end()) return found->second.get();
    return nullptr;
}

std::vector<ItemId> Board::objects_of(ItemId page) const {
    std::vector<ItemId> out;
    auto found = sheets_.find(page);
    if (found == sheets_.end()) return out;
    out.reserve(found->second.order.size());
    for (const auto& key : found->second.order) out.push_back(key.id);
    return out;
}

std::int64_t Board::height_of(ItemId object) const {
    auto found = objects_.find(object);
    return found == objects_.end() ? 0 : found->second.height;
}

std::vector<ItemId> Board::pointers() const {
    std::vector<ItemId> out;
    for (const auto& [id, pointer] : pointers_) out.push_back(id);
    return out;
}

Changes Board::remove_pointers_of(mcs::UserId user) {
    Changes out;
    for (auto at = pointers_.begin(); at != pointers_.end();) {
        if (at->second->author != user) {
            ++at;
            continue;
        }
        out.push_back({Kind::object_removed, at->second->page, at->first});
        at = pointers_.erase(at);
    }
    return out;
}

std::vector<ItemId> Board::unfinished_pictures() const {
    std::vector<ItemId> out;
    for (const auto& [id, placed] : objects_) {
        const auto* picture = std::get_if<Picture>(&placed.object->content);
        if (picture != nullptr && !picture->is_complete) out.push_back(id);
    }
    return out;
}

// --- objects, whatever they are ---

bool Board::may_change(const Object& object, ItemId id, Applied& out) const {
    auto sheet = sheets_.find(object.page);
    if (sheet == sheets_.end() || !author_) return true;
    const Page& page = sheet->second.page;
    // A plane that nobody declared is as one that may be changed by anybody.
    if (object.plane >= page.planes.size() || !page.planes[object.plane].is_protected) return true;
    const auto& list = page.access_list;
    if (*author_ == page.creator || std::find(list.begin(), list.end(), *author_) != list.end()) return true;
    out.refusal = Refusal{RefusalReason::plane_protected, id};
    return false;
}

bool Board::is_refused(const Object& object, ItemId id, Applied& out) const {
    if (!may_change(object, id, out)) return true;
    auto refuse = [&](RefusalReason reason) {
        out.refusal = Refusal{reason, id};
        return true;
    };
    // What has the same id goes away first.
    auto older = objects_.find(id);
    std::size_t freed = older == objects_.end() ? 0 : older->second.object->octets();
    bool frees_place = older != objects_.end() && older->second.object->page == object.page;
    std::size_t there = sheets_.at(object.page).order.size() - (frees_place ? 1 : 0);
    if (there >= limits_.max_objects_per_page) return refuse(RefusalReason::too_many_objects);
    if (octets_ - freed + object.octets() > limits_.max_octets) return refuse(RefusalReason::board_full);
    return false;
}

void Board::create(ItemId id, Object object, Applied& out) {
    if (sheets_.count(object.page) == 0 || is_refused(object, id, out)) return;
    remove(id, out);
    object.author = author_.value_or(mcs::UserId{});
    out.changes.push_back({Kind::object_added, object.page, id});
    put(id, std::make_shared<const Object>(std::move(object)), height_for(Stacking::front));
}

void Board::change(ItemId id, Object object, std::optional<Stacking> stacking, Applied& out) {
    auto found = objects_.find(id);
    if (octets_ - found->second.object->octets() + object.octets() > limits_.max_octets) {
        out.refusal = Refusal{RefusalReason::board_full, id};
        return;
    }
    out.changes.push_back({Kind::object_changed, object.page, id});
    Height height = stacking ? height_for(*stacking) : found->second.height;
    take(id);
    put(id, std::make_shared<const Object>(std::move(object)), height);
}

void Board::remove(ItemId id, Applied& out) {
    auto found = objects_.find(id);
    if (found == objects_.end()) return;
    out.changes.push_back({Kind::object_removed, found->second.object->page, id});
    take(id);
}

void Board::put(ItemId id, ObjectPointer object, Height height) {
    auto sheet = sheets_.find(object->page);
    if (sheet == sheets_.end()) return;
    sheet->second.order.insert({object->plane, height, id});
    octets_ += object->octets();
    objects_[id] = Placed{std::move(object), height};
}

void Board::take(ItemId id) {
    auto found = objects_.find(id);
    if (found == objects_.end()) return;
    const Object& object = *found->second.object;
    octets_ -= object.octets();
    if (auto sheet = sheets_.find(object.page); sheet != sheets_.end())
        sheet->second.order.erase({object.plane, found->second.height, id});
    objects_.erase(found);
    next_anonymous_ = std::max(next_anonymous_, id);
}

Board::Height Board::height_for(Stacking stacking) { return stacking == Stacking::front ? ++front_ : --back_; }

ItemId Board::unused_id() {
    while (objects_.count(next_anonymous_) != 0) --next_anonymous_.value;
    return next_anonymous_;
}

// --- two boards ---

Board Board::overlay() const {
    Board out = *this;
    out.front_ = std::max(front_, kOverlayHeight);
    out.back_ = std::min(back_, -kOverlayHeight);
    return out;
}

void Board::adopt(const Board& other, ItemId object) {
    take(object);
    if (auto theirs = other.objects_.find(object); theirs != other.objects_.end())
        put(object, theirs->second.object, theirs->second.height);
    pointers_.erase(object);
    if (auto theirs = other.pointers_.find(object); theirs != other.pointers_.end()) pointers_[object] = theirs->second;
}

bool Board::agrees(const Board& other, ItemId object) const {
    auto ours = objects_.find(object);
    auto theirs = other.objects_.find(object);
    if ((ours == objects_.end()) != (theirs == other.objects_.end())) return false;
    if (ours != objects_.end())
        return ours->second.object == theirs->second.object && ours->second.height == theirs->second.height;
    auto our_pointer = pointers_.find(object);
    auto their_pointer = other.pointers_.find(object);
    if ((our_pointer == pointers_.end()) != (their_pointer == other.pointers_.end())) return false;
    return our_pointer == pointers_.end() || our_pointer->second == their_pointer->second;
}

Changes Board::differences(const Board& before, const Board& after) {
    Changes out;
    for (const auto& [id, sheet] : before.sheets_) {
        if (after.sheets_.count(id) == 0) out.push_back({Kind::page_removed, id, {}});
    }
    for (const auto& [id, sheet] : after.sheets_) {
        const Page* old = before.find_page(id);
        if (old == nullptr || !(*old == sheet.page))
            out.push_back({old == nullptr ? Kind::page_added : Kind::page_changed, id, {}});
    }
    auto about_objects = [&](const auto& old, const auto& now) {
        for (const auto& [id, object] : old) {
            ItemId page = before.find(id)->page;
            const Object* there = after.find(id);
            // Those of a removed page went with it; one that changed its page is removed here and added there.
            if (after.sheets_.count(page) != 0 && (there == nullptr || there->page != page))
                out.push_back({Kind::object_removed, page, id});
        }
        for (const auto& [id, object] : now) {
            const Object& there = *after.find(id);
            const Object* was = before.find(id);
            if (was == nullptr || was->page != there.page) {
                out.push_back({Kind::object_added, there.page, id});
            } else if (!before.agrees(after, id)) {
                out.push_back({Kind::object_changed, there.page, id});
            }
        }
    };
    about_objects(before.objects_, after.objects_);
    about_objects(before.pointers_, after.pointers_);
    if (before.current_ != after.current_) out.push_back({Kind::page_turned, after.current_.value_or(ItemId{}), {}});
    return out;
}

}  // namespace convene::whiteboard
