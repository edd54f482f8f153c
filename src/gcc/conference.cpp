#include "gcc/conference.hpp"

#include <algorithm>
#include <utility>

#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "base/take_all.hpp"

namespace convene::gcc {

Conference::Conference(mcs::Domain& domain, ConferenceSettings settings, Instant)
    : domain_(domain),
      limits_(settings.limits),
      profile_(std::move(settings.profile)),
      record_(std::move(settings.self)),
      superior_(settings.superior),
      is_convener_(settings.is_convener),
      attachment_(domain.attach()),
      reassembler_({limits_.max_sdu, 4 * limits_.max_sdu, limits_.max_sdus}),
      registry_(settings.registry) {
    record_.superior_node.reset();
    if (superior_) record_.superior_node = superior_->node;
}

Conference::~Conference() = default;

void Conference::take_events(std::vector<Event>& out) { take_all(events_, out); }

void Conference::on_event(const mcs::UserEventKind& event, Instant now) {
    if (state_ == State::ended) return;
    std::visit(
        overloaded{[&](const mcs::AttachConfirm& e) { on(e, now); },
                   [&](const mcs::DetachIndication& e) { on(e, now); }, [&](const mcs::JoinConfirm& e) { on(e, now); },
                   [&](const mcs::LeaveIndication& e) { on(e, now); },
                   [&](const mcs::DataIndication& e) { on(e, now); }, [&](const mcs::TokenGrabConfirm& e) { on(e); },
                   [&](const mcs::TokenGiveIndication& e) { on(e); }, [&](const mcs::TokenGiveConfirm& e) { on(e); },
                   [&](const mcs::TokenPleaseIndication& e) { on(e); },
                   // GCC convenes no channels and takes no other part in tokens.
                   [](const auto&) {}},
        event);
}

void Conference::on(const mcs::AttachConfirm& confirm, Instant) {
    if (confirm.result != mcs::Result::successful || !confirm.user) return end(Ended::Why::attach_failed);
    self_ = confirm.user;
    state_ = State::joining_own;
    domain_.join(attachment_, mcs::channel_of(*self_));
}

// Own channel first, then the broadcast channel, each confirmed before the next: whoever speaks to this node because
// it has appeared on channel 1 must reach it.
void Conference::on(const mcs::JoinConfirm& confirm, Instant now) {
    if (state_ == State::joined || state_ == State::attaching) return;
    if (confirm.result != mcs::Result::successful) {
        report(std::nullopt, "T.124 §5", "MCS refused channel " + std::to_string(confirm.requested.value));
        domain_.detach(attachment_);
        return end(Ended::Why::attach_failed);
    }
    if (state_ == State::joining_own) {
        state_ = State::joining_broadcast;
        domain_.join(attachment_, kBroadcastChannel);
    } else if (state_ == State::joining_broadcast && is_convener_) {
        state_ = State::joining_convener;
        domain_.join(attachment_, kConvenerChannel);
    } else {
        become_joined(now);
    }
}

void Conference::become_joined(Instant now) {
    state_ = State::joined;
    if (is_convener_) convener_ = self_;
    if (superior_) tell(superior_->node, UserIdIndication{superior_->tag});
    put_self();
    emit(Joined{*self_});
    on_news(now);
}

// A merge of domains purges channels; without its own channel a node is deaf, without channel 1 it is not in the
// conference.
void Conference::on(const mcs::LeaveIndication& left, Instant) {
    if (left.channel == kConvenerChannel) return;
    domain_.detach(attachment_);
    end(Ended::Why::disconnected);
}

void Conference::on(const mcs::DetachIndication& detached, Instant now) {
    if (detached.user == self_) return end(ending_.value_or(Ended::Why::disconnected));
    lose(detached.user, now);
}

void Conference::leave() {
    if (state_ == State::ended) return;
    domain_.detach(attachment_);
    disconnect_above();
    end(Ended::Why::left);
}

void Conference::disconnect_above() {
    if (const auto above = domain_.above(); above && superior_) domain_.disconnect(*above, mcs::Reason::user_requested);
}

/// Leaving bottom up: those below first, then the own connection upward, and the conference is over.
void Conference::leave_when_alone() {
    if (!ending_ || !children_.children().empty() || state_ == State::ended) return;
    for (const mcs::ConnectionId connection : children_.connections())
        domain_.disconnect(connection, mcs::Reason::user_requested);
    domain_.detach(attachment_);
    disconnect_above();
    end(*ending_);
}

void Conference::end(Ended::Why why) {
    if (state_ == State::ended) return;
    state_ = State::ended;
    emit(Ended{why});
}

void Conference::on_time(Instant now) {
    if (state_ == State::ended) return;
    expire_children(now);
    enforce_ejections(now);
    expire_time(now);
    check_emptied(now);
    if (publish_at_ && *publish_at_ <= now) publish(now);
    if (ends_at_ && *ends_at_ <= now) {
        ends_at_.reset();
        for (const mcs::ConnectionId connection : children_.connections())
            domain_.disconnect(connection, mcs::Reason::user_requested);
        domain_.detach(attachment_);
        disconnect_above();
        end(ending_.value_or(Ended::Why::terminated));
    }
}

std::optional<Instant> Conference::deadline() const {
    if (state_ == State::ended) return std::nullopt;
    std::optional<Instant> first = children_.deadline();
    for (const auto& [tag, relayed] : relayed_joins_) earliest(first, relayed.expires);
    for (const auto& grant : relayed_grants_) earliest(first, grant.expires);
    for (const auto& [node, at] : ejections_) earliest(first, at);
    earliest(first, publish_at_);
    earliest(first, ends_at_);
    earliest(first, time_is_up_);
    return first;
}

}  // namespace convene::gcc
