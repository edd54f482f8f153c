#include "whiteboard/replica.hpp"

#include <utility>

namespace convene::whiteboard {
namespace {

bool is_creation(const Operation& operation) {
    return std::holds_alternative<CreateDrawing>(operation) || std::holds_alternative<CreatePicture>(operation) ||
           std::holds_alternative<CreateText>(operation);
}

}  // namespace

Board& Replica::shown() {
    if (!shown_) shown_ = confirmed_.overlay();
    return *shown_;
}

Replica::Proposal Replica::propose(const Operation& operation) {
    Proposal out;
    auto object = object_of(operation);
    auto page = page_of(operation);
    if (object && !page) {
        if (const Object* found = board().find(*object)) page = found->page;
    }
    out.applied = shown().apply(operation, self_);
    if (out.applied.refusal) return out;
    out.id = next_++;
    pending_.emplace(*out.id, Pending{operation, page.value_or(ItemId{})});
    if (object) by_object_[*object].insert(*out.id);
    return out;
}

void Replica::forget(OwnId id) {
    auto found = pending_.find(id);
    if (found == pending_.end()) return;
    if (auto object = object_of(found->second.operation)) {
        auto ids = by_object_.find(*object);
        ids->second.erase(id);
        if (ids->second.empty()) by_object_.erase(ids);
    }
    pending_.erase(found);
}

Applied Replica::confirm(const Operation& operation, std::optional<mcs::UserId> author, std::optional<OwnId> settled) {
    Applied out = confirmed_.apply(operation, author);
    std::set<ItemId> touched;
    bool is_page = is_about_page(operation);
    if (settled) {
        if (auto own = pending_.find(*settled); own != pending_.end()) {
            is_page = is_page || is_about_page(own->second.operation);
            if (auto object = object_of(own->second.operation)) touched.insert(*object);
        }
        forget(*settled);
    }
    if (!shown_) return out;
    for (const Change& change : out.changes) touched.insert(change.object);
    out.changes.clear();
    if (is_page) {
        out.changes = rebase();
        return out;
    }
    for (ItemId object : touched) {
        Changes changes = sync(object);
        out.changes.insert(out.changes.end(), changes.begin(), changes.end());
    }
    return out;
}

Changes Replica::settle(OwnId id) {
    auto own = pending_.find(id);
    if (own == pending_.end()) return {};
    auto object = object_of(own->second.operation);
    forget(id);
    return object ? sync(*object) : rebase();
}

Changes Replica::replace(Board confirmed) {
    Board before = std::move(shown_ ? *shown_ : confirmed_);
    confirmed_ = std::move(confirmed);
    shown_ = std::move(before);
    return rebase();
}

Changes Replica::remove_pointers_of(mcs::UserId user) {
    Changes out = confirmed_.remove_pointers_of(user);
    if (shown_) shown_->remove_pointers_of(user);
    return out;
}

Changes Replica::rebase() {
    if (!shown_) return {};
    Board before = std::move(*shown_);
    shown_.reset();
    if (!pending_.empty()) {
        for (const auto& [id, own] : pending_) shown().apply(own.operation, self_);
    }
    return Board::differences(before, board());
}

Changes Replica::sync(ItemId object) {
    if (!shown_) return {};
    auto own = by_object_.find(object);
    // What the user created and nobody has confirmed yet is seen as the user made it.
    bool is_own = own != by_object_.end() && is_creation(pending_.at(*own->second.begin()).operation);
    if (is_own && shown_->find(object) != nullptr) return {};
    auto page_now = [&]() -> std::optional<ItemId> {
        const Object* found = shown_->find(object);
        return found == nullptr ? std::nullopt : std::optional(found->page);
    };
    auto before = page_now();
    shown_->adopt(confirmed_, object);
    if (own != by_object_.end()) {
        for (OwnId id : own->second) shown_->apply(pending_.at(id).operation, self_);
    }
    auto after = page_now();
    using Kind = Change::Kind;
    if (before && before == after) return {{Kind::object_changed, *after, object}};
    Changes out;
    if (before) out.push_back({Kind::object_removed, *before, object});
    if (after) out.push_back({Kind::object_added, *after, object});
    return out;
}

}  // namespace convene::whiteboard
