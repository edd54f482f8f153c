// Late joiners: getting a copy, giving copies, and who gives them. T.126 §8.3
#include <algorithm>
#include <set>
#include <utility>

#include "whiteboard/codec.hpp"
#include "whiteboard/entity.hpp"
#include "whiteboard/operation_pdu.hpp"

namespace convene::whiteboard {
namespace {

/// Somebody else may want it at the same moment, so moments are drawn by lot out of this.
constexpr Duration kLeastTakeOver = kTakeOverTime / 5;

}  // namespace

// --- who is the refresher ---

/// Somebody has said that it is, and is still here. Data and rosters travel apart, so a word of it may come from
/// somebody who has gone.
bool Entity::has_refresher() const { return serving_ && (serving_ == self_ || is_here(*serving_)); }

void Entity::plan_to_take_over(Instant now) {
    if (holds_refresh_token_ || asked_for_refresh_token_) return;
    if (has_refresher() || newcomer_.is_being_served()) {
        take_over_at_.reset();
    } else if (newcomer_.is_waiting()) {
        // Those who have a board come first; whenever somebody has gone, they need their time again. A keeper that has
        // come out of the store is one of them; one that was cut off is not, as others went on without it.
        const Duration keeper_time = is_restored_ ? Duration::zero() : kOrphanTime / 2;
        take_over_at_ = now + (config_.is_keeper ? keeper_time : kOrphanTime + lot(kTakeOverTime));
    } else {
        // Sooner than any newcomer, whatever was planned before.
        Instant soon = config_.is_keeper ? now : now + kLeastTakeOver + lot(kTakeOverTime - kLeastTakeOver);
        take_over_at_ = take_over_at_ ? std::min(*take_over_at_, soon) : soon;
    }
}

void Entity::take_over() {
    take_over_at_.reset();
    if (has_refresher() || holds_refresh_token_ || asked_for_refresh_token_) return;
    asked_for_refresh_token_ = true;
    out_.push_back(GrabToken{kWorkspaceRefreshToken});
}

void Entity::on_refresh_token(bool successful, Instant now) {
    if (!std::exchange(asked_for_refresh_token_, false) || state_ != State::active) return;
    if (!successful) {
        if (!has_refresher()) take_over_at_ = now + kTakeOverAgain + lot(kTakeOverTime);
        return;
    }
    if (newcomer_.is_being_served()) {
        out_.push_back(ReleaseToken{kWorkspaceRefreshToken});
        return;
    }
    holds_refresh_token_ = true;
    serving_ = self_;
    take_over_at_.reset();
    out_.push_back(RefresherChanged{true});
    // Nobody had it who has a board: this one is the board.
    if (newcomer_.is_waiting()) converge(true, false, now);
    send_uniform(WorkspaceRefreshStatusPdu{true, std::nullopt}, {});
    for (const auto& [user, node] : actives_) {
        if (user != self_ && !refresher_.is_served(user)) refresher_.want(user);
    }
    tidy_up();
    tidy_at_ = now + kTidyAgain;
}

void Entity::on_status(mcs::UserId from, const WorkspaceRefreshStatusPdu& pdu, Instant now) {
    if (!pdu.refresh_status) {
        if (serving_ == from) serving_.reset();
        if (newcomer_.source() == from) newcomer_.on_source_gone();
        return plan_to_take_over(now);
    }
    serving_ = from;
    take_over_at_ = has_refresher() ? std::nullopt : std::optional(now + kTakeOverAgain);
    auto mark = mark_of(pdu);
    if (mark) refresher_.on_mark(*mark);
    if (from == self_) {
        if (mark) refresher_.serve(*mark, confirmed(), now);
        return;
    }
    if (mark) newcomer_.on_mark(from, *mark, now);
    if (newcomer_.is_waiting() && !newcomer_.is_being_served()) send(mcs::channel_of(from), false, refresh_request());
}

/// What somebody left unfinished who is gone: T.126 leaves it to nobody, so the refresher sees to it, in the order of
/// all.
void Entity::tidy_up() {
    auto is_gone = [&](mcs::UserId user) { return user != self_ && !is_here(user); };
    for (ItemId id : confirmed().unfinished_pictures()) {
        mcs::UserId author = confirmed().find(id)->author;
        if (is_gone(author)) send_operation(AbortPicture{id, author});
    }
    for (ItemId id : confirmed().pages()) {
        const Page& page = *confirmed().find_page(id);
        if (!page.is_ready && is_gone(page.creator)) send_operation(PageReady{id});
    }
}

/// Of those who went before they were known to be here.
void Entity::drop_lost_pointers() {
    for (ItemId pointer : confirmed().pointers()) {
        const Object* object = confirmed().find(pointer);
        if (object != nullptr && object->author != self_ && !is_here(object->author))
            changed(replica_.remove_pointers_of(object->author));
    }
}

// --- as a newcomer ---

void Entity::look_after_newcomer(Instant now) {
    if (newcomer_.has_gone_quiet(now)) {
        converge(false, false, now);
    } else if (newcomer_.has_lost_patience(now)) {
        converge(false, true, now);
    }
}

void Entity::converge(bool is_first, bool has_given_up, Instant now) {
    auto source = newcomer_.source();
    auto result = newcomer_.finish();
    // Half a copy is none.
    if (result.copy && !has_given_up) changed(replica_.replace(std::move(*result.copy)));
    for (const auto& missed : result.missed) on_operation(missed.from, missed.operation);
    tidy_at_ = now + kTidyTime;
    for (const auto& [user, node] : actives_) refresher_.assume_served(user);
    if (source && !has_given_up && is_here(*source)) serving_ = source;
    out_.push_back(Converged{is_first, has_given_up});
    resend_pending();
    if (is_first) {
        take_over_at_ = now;
    } else {
        take_over_at_.reset();
        plan_to_take_over(now);
    }
}

/// What the user did while this node was away, and what may or may not have got out before. Creations that are there
/// have got out, and maybe others have changed them since.
void Entity::resend_pending() {
    outbox_.clear();
    std::set<ItemId> deleted;
    std::vector<OwnId> have_got_out;
    for (const auto& [id, own] : replica_.pending()) {
        auto object = object_of(own.operation);
        const auto* page = std::get_if<CreatePage>(&own.operation);
        bool is_creation = page != nullptr || std::holds_alternative<CreateDrawing>(own.operation) ||
                           std::holds_alternative<CreateText>(own.operation) ||
                           std::holds_alternative<CreatePicture>(own.operation);
        if (std::holds_alternative<DeleteObject>(own.operation)) deleted.insert(*object);
        if (const auto* gone = std::get_if<DeletePage>(&own.operation)) deleted.insert(gone->page);
        if (!is_creation || deleted.count(page != nullptr ? page->page.id : *object) != 0) continue;
        const Object* there = object ? confirmed().find(*object) : nullptr;
        const auto* picture = there == nullptr ? nullptr : std::get_if<Picture>(&there->content);
        bool is_there = page != nullptr ? confirmed().find_page(page->page.id) != nullptr
                                        : there != nullptr && (picture == nullptr || picture->is_complete);
        if (is_there) have_got_out.push_back(id);
    }
    for (OwnId id : have_got_out) changed(replica_.settle(id));
    std::vector<OwnId> rest;
    for (const auto& [id, own] : replica_.pending()) rest.push_back(id);
    for (OwnId id : rest) {
        if (replica_.pending().count(id) != 0) enqueue(id);
    }
}

// --- as the refresher ---

void Entity::pump_copies(Instant now) {
    if (!holds_refresh_token_) return;
    auto& copies = refresher_.copies();
    for (std::size_t i = 0; i < copies.size();) {
        Refresher::Copy& copy = copies[i];
        if (now < copy.next) {
            ++i;
            continue;
        }
        auto channel = mcs::channel_of(copy.target);
        if (!std::exchange(copy.is_begun, true)) send(channel, false, status_with({copy.serial, {copy.target}}));
        std::size_t octets = 0;
        bool is_done = false;
        while (octets < kCopyOctets && !is_done) {
            auto operation = copy.reader.next();
            is_done = !operation;
            if (is_done) break;
            for (const SiPdu& pdu : to_pdus(*operation, config_.extensions)) {
                if (send(channel, false, pdu)) octets += std::get<Send>(out_.back()).octets.size();
            }
        }
        if (is_done) {
            send(channel, false, status_with({copy.serial, {}}));
            copies.erase(copies.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            copy.next = now + kCopyRest;
            ++i;
        }
    }
    if (auto mark = refresher_.next_mark()) send_uniform(status_with(*mark), {});
}

}  // namespace convene::whiteboard
