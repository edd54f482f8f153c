// Pages: created, edited, turned, deleted. T.126 §8.
#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "whiteboard/board.hpp"

namespace convene::whiteboard {

std::vector<ItemId> Board::pages() const {
    std::vector<std::pair<Place, ItemId>> order;
    for (const auto& [id, sheet] : sheets_) order.push_back({sheet.page.place, id});
    std::sort(order.begin(), order.end());
    std::vector<ItemId> out;
    for (const auto& [place, id] : order) out.push_back(id);
    return out;
}

Place Board::last_place() const {
    Place last = 0;
    for (const auto& [id, sheet] : sheets_) last = std::max(last, sheet.page.place);
    return last;
}

void Board::turn_to(ItemId page, Applied& out) {
    if (current_ == page) return;
    current_ = page;
    out.changes.push_back({Kind::page_turned, page, {}});
}

void Board::on(const CreatePage& create, Applied& out) {
    ItemId id = create.page.id;
    bool is_known = sheets_.count(id) != 0;
    if (!is_known && sheets_.size() >= limits_.max_pages) {
        out.refusal = Refusal{RefusalReason::too_many_pages, id};
        return;
    }
    if (create.page.views.size() > limits_.max_views_per_page) {
        out.refusal = Refusal{RefusalReason::too_many_views, id};
        return;
    }
    if (is_known) on(DeletePage{id}, out);
    Sheet& sheet = sheets_[id];
    sheet.page = create.page;
    sheet.page.creator = create.creator ? *create.creator : author_.value_or(mcs::UserId{});
    sheet.page.is_ready = false;
    Place end = last_place();
    Place next = end > std::numeric_limits<Place>::max() - kPlaceStep ? end : end + kPlaceStep;
    sheet.page.place = create.place.value_or(next);
    out.changes.push_back({Kind::page_added, id, {}});
    bool takes_focus = std::any_of(create.page.views.begin(), create.page.views.end(),
                                   [](const View& view) { return view.state == Visibility::focus; });
    for (View& view : sheet.page.views) {
        if (view.state == Visibility::focus) view.state = Visibility::foreground;
    }
    if (takes_focus || !current_) turn_to(id, out);
}

/// The focus is not a property of a view here but the one page that is current: there is one focus in a conference, and
/// whoever took it last has it. A view that had it is in the foreground.
bool Board::edit_view(Sheet& sheet, const ViewChange& edit, Applied& out) {
    auto& views = sheet.page.views;
    auto at = std::find_if(views.begin(), views.end(), [&](const View& view) { return view.id == edit.view; });
    if (edit.action == ViewChange::Action::remove) {
        if (at == views.end()) return false;
        views.erase(at);
        return true;
    }
    if (at == views.end()) {
        if (edit.action == ViewChange::Action::edit) return false;
        if (views.size() >= limits_.max_views_per_page) {
            out.refusal = Refusal{RefusalReason::too_many_views, edit.view};
            return false;
        }
        at = views.insert(views.end(), View{edit.view, std::nullopt, Visibility::background, true});
    } else if (edit.action == ViewChange::Action::create) {
        *at = View{edit.view, std::nullopt, Visibility::background, true};
    }
    if (edit.sets_region) at->region = edit.region;
    if (edit.updates_enabled) at->updates_enabled = *edit.updates_enabled;
    if (edit.state) at->state = *edit.state == Visibility::focus ? Visibility::foreground : *edit.state;
    return true;
}

void Board::on(const EditPage& edit, Applied& out) {
    auto found = sheets_.find(edit.page);
    if (found == sheets_.end()) return;
    Sheet& sheet = found->second;
    Page& page = sheet.page;
    Page before = page;
    if (edit.background) page.background = *edit.background;
    if (edit.preserve) page.preserve = *edit.preserve;
    if (edit.place) page.place = *edit.place;
    for (const PlaneChange& change : edit.planes) {
        // Only who is let through the protection may lift it.
        bool is_trusted = !author_ || *author_ == page.creator;
        if (change.plane < page.planes.size() && is_trusted)
            page.planes[change.plane].is_protected = change.is_protected;
    }
    bool takes_focus = edit.turns_here;
    for (const ViewChange& change : edit.views) {
        if (edit_view(sheet, change, out)) takes_focus = takes_focus || change.state == Visibility::focus;
    }
    if (!(page == before)) out.changes.push_back({Kind::page_changed, page.id, {}});
    if (takes_focus) turn_to(page.id, out);
}

void Board::on(const DeletePage& gone, Applied& out) {
    auto found = sheets_.find(gone.page);
    if (found == sheets_.end()) return;
    bool was_current = current_ == gone.page;
    auto order = pages();
    auto at = std::find(order.begin(), order.end(), gone.page);
    std::vector<ItemId> objects;
    for (const OrderKey& key : found->second.order) objects.push_back(key.id);
    for (ItemId id : objects) take(id);
    for (auto pointer = pointers_.begin(); pointer != pointers_.end();)
        pointer = pointer->second->page == gone.page ? pointers_.erase(pointer) : std::next(pointer);
    sheets_.erase(found);
    out.changes.push_back({Kind::page_removed, gone.page, {}});
    if (!was_current) return;
    current_.reset();
    if (order.size() == 1) {
        out.changes.push_back({Kind::page_turned, {}, {}});
    } else {
        turn_to(at == order.begin() ? *std::next(at) : *std::prev(at), out);
    }
}

void Board::on(const PageReady& ready, Applied& out) {
    auto found = sheets_.find(ready.page);
    if (found == sheets_.end() || found->second.page.is_ready) return;
    found->second.page.is_ready = true;
    out.changes.push_back({Kind::page_changed, ready.page, {}});
}

}  // namespace convene::whiteboard
