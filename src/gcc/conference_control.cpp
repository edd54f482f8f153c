#include "gcc/conference.hpp"

namespace convene::gcc {

// --- at the top: authorise, change, answer, announce ---

Standing Conference::standing_of(UserId node) const {
    return {convener_ == node, conductor_.is_conducted(), conductor_.is_conductor(node)};
}

/// Privileges are for nodes; a user that stands in no roster is an application's.
bool Conference::is_permitted(Privilege privilege, UserId node) const {
    return (!is_top() || rosters_.nodes.find(node) != nullptr) &&
           profile_.privileges.permit(privilege, standing_of(node));
}

void Conference::on(const ConferenceLockRequest&, UserId from) {
    if (!is_permitted(Privilege::lock_unlock, from))
        return respond(from, ConferenceLockResponse{LockResult::invalid_requester});
    if (profile_.locked) return respond(from, ConferenceLockResponse{LockResult::already_locked});
    respond(from, ConferenceLockResponse{LockResult::success});
    force_lock(true);
}

void Conference::on(const ConferenceUnlockRequest&, UserId from) {
    if (!is_permitted(Privilege::lock_unlock, from))
        return respond(from, ConferenceUnlockResponse{UnlockResult::invalid_requester});
    if (!profile_.locked) return respond(from, ConferenceUnlockResponse{UnlockResult::already_unlocked});
    respond(from, ConferenceUnlockResponse{UnlockResult::success});
    force_lock(false);
}

void Conference::force_lock(bool locked) {
    if (!is_top() || profile_.locked == locked) return;
    profile_.locked = locked;
    // Before channel 1 is joined nobody hears it, this node included; LockChanged comes with the own broadcast.
    if (state_ != State::joined) return emit(LockChanged{locked});
    if (locked)
        broadcast(ConferenceLockIndication{});
    else
        broadcast(ConferenceUnlockIndication{});
}

void Conference::on(const ConferenceTerminateRequest& request, UserId from, Instant now) {
    if (!is_permitted(Privilege::terminate, from))
        return respond(from, ConferenceTerminateResponse{TerminateResult::invalid_requester});
    respond(from, ConferenceTerminateResponse{TerminateResult::success});
    force_terminate(request.reason, now);
}

void Conference::force_terminate(TerminateReason reason, Instant now) {
    if (!is_top() || ending_ || state_ == State::ended) return;
    broadcast(ConferenceTerminateIndication{reason});
    emit(Terminating{reason});
    begin_end(Ended::Why::terminated, now);
}

void Conference::on(const ConferenceEjectUserRequest& request, UserId from, Instant now) {
    const UserId node = request.node_to_eject;
    const auto answer = [&](EjectResult result) { respond(from, ConferenceEjectUserResponse{node, result}); };
    const NodeRecord* record = rosters_.nodes.find(node);
    const bool is_child = record != nullptr && record->superior_node == from;
    if (rosters_.nodes.find(from) == nullptr || !profile_.privileges.permit_eject(standing_of(from), is_child))
        return answer(EjectResult::invalid_requester);
    if (record == nullptr || node == self_) return answer(EjectResult::invalid_node);
    answer(EjectResult::success);
    force_eject(node, limits_.ejection_grace, now);
}

void Conference::force_eject(UserId node, Duration grace, Instant now) {
    if (!is_top() || node == self_ || rosters_.nodes.find(node) == nullptr) return;
    broadcast(ConferenceEjectUserIndication{node, EjectReason::user_initiated});
    if (children_.find(node) != nullptr) ejections_[node] = now + grace;
    enforce_ejections(now);
}

/// Called whenever somebody has gone, or is no longer expected.
void Conference::check_emptied(Instant now) {
    if (!is_top() || !had_others_ || ending_ || state_ != State::joined) return;
    if (rosters_.nodes.size() > 1 || !children_.children().empty() || children_.expected() != 0) return;
    had_others_ = false;
    emit(Emptied{});
    if (profile_.termination == TerminationMethod::automatic) begin_end(Ended::Why::emptied, now);
}

// --- at every node ---

void Conference::on(const ConferenceTerminateIndication& indication, Instant now) {
    if (ending_) return;
    emit(Terminating{indication.reason});
    begin_end(Ended::Why::terminated, now);
}

void Conference::on(const ConferenceEjectUserIndication& indication, Instant now) {
    const UserId node = indication.node_to_eject;
    emit(Ejecting{node, indication.reason});
    if (is_top()) return;
    if (node == self_) {
        begin_end(Ended::Why::ejected, now);
    } else if (is_above(node)) {
        // The ejected node waits for those below it to leave first.
        emit(Ejecting{*self_, EjectReason::higher_node_ejected});
        begin_end(Ended::Why::ejected, now);
    } else if (children_.find(node) != nullptr) {
        ejections_.emplace(node, now + limits_.ejection_grace);
    }
}

/// Whether this node is connected to the top through `node`, as the roster has it.
bool Conference::is_above(UserId node) const {
    constexpr int kMaxHeight = 64;  // a roster may lie; no domain is that high
    std::optional<UserId> at = superior_ ? std::optional<UserId>(superior_->node) : std::nullopt;
    for (int height = 0; at && height < kMaxHeight; ++height) {
        if (*at == node) return true;
        const NodeRecord* record = copies_.nodes.find(*at);
        at = record == nullptr ? std::nullopt : record->superior_node;
    }
    return false;
}

/// Waits for those below, but not for ever.
void Conference::begin_end(Ended::Why why, Instant now) {
    if (ending_ || state_ == State::ended) return;
    ending_ = why;
    ends_at_ = now + limits_.termination_grace;
    leave_when_alone();
}

void Conference::enforce_ejections(Instant now) {
    for (auto at = ejections_.begin(); at != ejections_.end();) {
        if (at->second > now) {
            ++at;
            continue;
        }
        const ChildTable::Child* child = children_.find(at->first);
        if (child != nullptr) domain_.disconnect(child->connection, mcs::Reason::provider_initiated);
        at = ejections_.erase(at);
    }
}

void Conference::lock(Instant now) { ask_top(ConferenceLockRequest{}, now); }

void Conference::unlock(Instant now) { ask_top(ConferenceUnlockRequest{}, now); }

void Conference::terminate(TerminateReason reason, Instant now) { ask_top(ConferenceTerminateRequest{reason}, now); }

void Conference::eject(UserId node, Instant now) { ask_top(ConferenceEjectUserRequest{node, {}}, now); }

}  // namespace convene::gcc
