#include "whiteboard/entity.hpp"

#include <utility>

#include "base/earliest.hpp"
#include "base/take_all.hpp"

namespace convene::whiteboard {

Entity::Entity(EntityConfig config)
    : config_(std::move(config)), replica_(config_.limits), newcomer_(config_.limits), lots_(config_.seed) {
    if (!config_.extensions.encode && !config_.extensions.decode) config_.extensions = native_extensions();
}

// --- enrolment ---

void Entity::on_attached(mcs::UserId self, Instant now) {
    self_ = self;
    replica_.set_self(self);
    state_ = State::joining_own;
    out_.push_back(Join{mcs::channel_of(self)});
    tend(now);
}

void Entity::on_lost(Instant now) {
    if (state_ == State::idle) return;
    is_restored_ = false;
    changed(pointing_ ? replica_.remove_pointers_of(*self_) : Changes{});
    pointing_.reset();
    state_ = State::idle;
    self_.reset();
    actives_.clear();
    flights_.clear();
    outbox_.clear();
    handles_.on_lost();
    acknowledgements_.clear();
    checkpoints_.clear();
    inhibited_ = 0;
    holds_picture_token_ = asked_for_picture_token_ = false;
    picture_token_at_.reset();
    newcomer_.finish();
    refresher_.clear();
    serving_.reset();
    if (std::exchange(holds_refresh_token_, false)) out_.push_back(RefresherChanged{false});
    asked_for_refresh_token_ = false;
    take_over_at_.reset();
    tidy_at_.reset();
    on_conductor(std::nullopt, false, now);
}

void Entity::on_joined(mcs::ChannelId channel, bool successful, Instant now) {
    if (!self_) return;
    if (state_ == State::joining_own && channel == mcs::channel_of(*self_)) {
        state_ = State::waiting_for_roster;
        return;
    }
    if (state_ != State::joining_session || channel != channel_) return;
    if (!successful) {
        // The session's channel went away between the roster and the join; the next roster says where it is now.
        state_ = State::waiting_for_roster;
        return;
    }
    state_ = State::active;
    // From here on everything that happens is heard; the enrolment tells the refresher to begin.
    newcomer_.start(*self_, now);
    plan_to_take_over(now);
    auto record = gcc::active_record(*self_, channel_);
    record.conducting_operation_capable = true;
    out_.push_back(Enrol{{whiteboard_protocol_key(), channel_}, std::move(record)});
    tend(now);
}

void Entity::choose_session(const std::vector<RosterLine>& lines) {
    channel_ = gcc::chosen_channel(lines).value_or(kWhiteboardChannel);
    state_ = State::joining_session;
    out_.push_back(Join{channel_});
}

void Entity::on_roster(const std::vector<RosterLine>& lines, std::uint32_t instance, Instant now) {
    if (state_ == State::waiting_for_roster) choose_session(lines);
    roster_instance_ = static_cast<std::uint16_t>(instance);
    std::map<mcs::UserId, mcs::UserId> before = std::exchange(actives_, {});
    for (const RosterLine& line : lines) {
        bool is_ours = state_ != State::active || line.session.session_id == channel_;
        if (is_ours && line.record.application_active && line.record.application_user_id)
            actives_[*line.record.application_user_id] = line.entity.node;
    }
    for (const auto& [user, node] : before) {
        if (!is_here(user) && user != self_) on_detached(user, now);
    }
    if (state_ != State::active) return;
    bool is_listed = self_ && is_here(*self_);
    if (newcomer_.is_waiting() && is_listed && actives_.size() == 1) {
        converge(true, false, now);
    } else if (holds_refresh_token_) {
        for (const auto& [user, node] : actives_) {
            if (user != self_ && !refresher_.is_served(user)) refresher_.want(user);
        }
    }
    tend(now);
}

void Entity::on_detached(mcs::UserId user, Instant now) {
    if (user == self_) return on_lost(now);
    actives_.erase(user);
    changed(replica_.remove_pointers_of(user));
    for (auto& [page, waiting] : acknowledgements_) waiting.missing.erase(user);
    refresher_.on_gone(user);
    if (newcomer_.source() == user) newcomer_.on_source_gone();
    if (serving_ == user) serving_.reset();
    if (state_ == State::active) {
        plan_to_take_over(now);
        if (holds_refresh_token_) tidy_up();
        tidy_at_ = now + kTidyTime;
    }
    tend(now);
}

void Entity::restore(Board board) {
    is_restored_ = config_.is_keeper && !board.pages().empty();
    changed(replica_.replace(std::move(board)));
}

void Entity::leave() {
    if (state_ != State::active) return on_lost({});
    stop_pointing({});
    if (holds_refresh_token_) {
        send_uniform(WorkspaceRefreshStatusPdu{false, std::nullopt}, {});
        out_.push_back(ReleaseToken{kWorkspaceRefreshToken});
    }
    if (holds_picture_token_) out_.push_back(ReleaseToken{kBitmapCreateToken});
    out_.push_back(Leave{channel_});
    on_lost({});
}

// --- time ---

/// Whatever has happened: what may go out now, goes.
void Entity::tend(Instant now) {
    if (self_ && handles_.wants_block()) out_.push_back(AllocateHandles{kHandleBlock});
    if (state_ != State::active) return;
    look_after_newcomer(now);
    if (take_over_at_ && now >= *take_over_at_) take_over();
    if (tidy_at_ && now >= *tidy_at_) {
        tidy_at_.reset();
        drop_lost_pointers();
        if (holds_refresh_token_) {
            tidy_up();
            tidy_at_ = now + kTidyAgain;
        }
    }
    check_acknowledgements(now);
    pump(now);
    pump_pointer(now);
    pump_copies(now);
}

void Entity::on_time(Instant now) { tend(now); }

std::optional<Instant> Entity::deadline() const {
    if (state_ != State::active) return std::nullopt;
    std::optional<Instant> first;
    earliest(first, newcomer_.deadline());
    earliest(first, take_over_at_);
    earliest(first, picture_token_at_);
    earliest(first, tidy_at_);
    earliest(first, refresher_.deadline());
    for (const auto& [page, waiting] : acknowledgements_) earliest(first, waiting.until);
    if (pointing_ && !pointing_->is_sent) earliest(first, pointing_->next);
    return first;
}

void Entity::on_token(mcs::TokenId token, bool successful, Instant now) {
    if (token == kWorkspaceRefreshToken) on_refresh_token(successful, now);
    if (token == kBitmapCreateToken && asked_for_picture_token_) {
        asked_for_picture_token_ = false;
        holds_picture_token_ = successful;
        if (!successful) picture_token_at_ = now + kPictureTokenTime / 5 + lot(kPictureTokenTime);
    }
    tend(now);
}

void Entity::on_handles(ItemId first, std::uint32_t count, Instant now) {
    if (count == 0 && self_) {
        handles_.on_refused(*self_);
    } else {
        handles_.on_block(first, count);
    }
    tend(now);
}

std::optional<ItemId> Entity::take_handle() {
    auto id = handles_.take();
    if (self_ && handles_.wants_block()) out_.push_back(AllocateHandles{kHandleBlock});
    return id;
}

/// splitmix64: chance that is the same in every run with one seed.
Duration Entity::lot(Duration most) {
    lots_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = lots_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return Duration{static_cast<Duration::rep>(z % static_cast<std::uint64_t>(most.count()))};
}

void Entity::changed(Changes changes) {
    if (changes.empty()) return;
    // One after the other they are as good as one.
    if (auto* last = out_.empty() ? nullptr : std::get_if<BoardChanged>(&out_.back())) {
        last->changes.insert(last->changes.end(), changes.begin(), changes.end());
    } else {
        out_.push_back(BoardChanged{std::move(changes)});
    }
}

void Entity::take_outputs(std::vector<Output>& into) { take_all(out_, into); }

}  // namespace convene::whiteboard
