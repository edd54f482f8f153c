#include <algorithm>

#include "gcc/conference.hpp"

namespace convene::gcc {

bool Conference::can_admit() const {
    return state_ == State::joined && !ending_ && children_.expected() < limits_.max_expected_children &&
           rosters_.nodes.size() + children_.expected() < limits_.max_nodes;
}

ConferenceJoinResponse Conference::admit(const JoinDecision& decision, Instant now) {
    ConferenceJoinResponse response;
    describe(profile_, response);
    response.node_id = self_;
    response.top_node_id = top();
    response.tag = children_.expect(decision.as_convener, now + limits_.identification);
    response.conference_name_alias = decision.alias;
    response.password = decision.password_answer;
    return response;
}

ConferenceCreateResponse Conference::admit_creator(Instant now) {
    return create_response(CreateResult::success, self_.value_or(kNoNode),
                           children_.expect(true, now + limits_.identification));
}

ConferenceInviteRequest Conference::invite(Instant now) {
    ConferenceInviteRequest request;
    describe(profile_, request);
    request.node_id = self_.value_or(kNoNode);
    request.top_node_id = top();
    request.tag = children_.expect(false, now + limits_.identification);
    return request;
}

ConferenceEntry Conference::entry() const {
    ConferenceEntry entry{profile_};
    entry.is_full = !can_admit();
    entry.has_convener = has_convener();
    entry.is_top_here = is_top();
    return entry;
}

bool Conference::has_convener() const {
    return convener_ || children_.expects_convener() ||
           std::any_of(relayed_grants_.begin(), relayed_grants_.end(),
                       [](const RelayedGrant& grant) { return grant.as_convener; });
}

std::optional<Tag> Conference::relay_join(const ConferenceJoinRequest& request, Instant now) {
    if (is_top() || !can_admit() || relayed_joins_.size() >= limits_.max_relayed_joins) return std::nullopt;
    const Tag relay = next_relay_++;
    relayed_joins_.emplace(relay, RelayedJoin{request.convener_password.has_value(), now + limits_.relayed_join});
    ConferenceJoinRequest relayed = request;
    relayed.tag = relay;
    ask_top(std::move(relayed), now);
    return relay;
}

// At the top.
void Conference::on(const ConferenceJoinRequest& request, UserId from) {
    if (!request.tag) return report(from, "T.124 §5", "relayed a join without a tag");
    emit(JoinRelayed{from, request});
}

void Conference::answer_relayed_join(UserId node, Tag tag, const JoinDecision& decision, Instant now) {
    ConferenceJoinResponse response;
    const bool is_clear = std::none_of(relayed_grants_.begin(), relayed_grants_.end(), [&](const RelayedGrant& grant) {
        return grant.relay == node && (grant.as_convener || decision.as_convener);
    });
    if (decision.kind == JoinDecision::Kind::granted && can_admit() && is_clear &&
        relayed_grants_.size() < limits_.max_expected_children) {
        relayed_grants_.push_back({node, decision.as_convener, now + limits_.relayed_grant});
        describe(profile_, response);
        response.password = decision.password_answer;
        response.conference_name_alias = decision.alias;
    } else {
        JoinDecision refusal = decision;
        if (refusal.result == JoinResult::success) refusal.result = JoinResult::user_rejected;
        const ConferenceEntry own = entry();
        response = join_refusal(refusal, &own);
    }
    response.top_node_id = top();
    response.tag = tag;
    respond(node, std::move(response));
}

// At the node that relayed.
void Conference::on(const ConferenceJoinResponse& response, UserId from, Instant now) {
    const auto at = relayed_joins_.find(response.tag);
    if (at == relayed_joins_.end()) return report(from, "T.124 §5", "answered a join that nobody waits for");
    const bool as_convener = at->second.as_convener;
    relayed_joins_.erase(at);
    JoinAnswered answer{response.tag, response};
    answer.response.node_id = self_;
    if (response.result == JoinResult::success)
        answer.response.tag = children_.expect(as_convener, now + limits_.identification);
    emit(std::move(answer));
}

void Conference::on(const UserIdIndication& indication, const Source& source) {
    if (source.to_all || source.to_convener) return;
    const auto connection = domain_.connection_of(source.from);
    if (!connection) return report(source.from, "T.124 §5", "a node that is not below sent its user id");
    if (const auto child = children_.identify(indication.tag, source.from, *connection))
        adopt(source.from, *child);
    else
        report(source.from, "T.124 §5", "unknown tag " + std::to_string(indication.tag));
}

void Conference::adopt(UserId user, const ChildTable::Child& child) {
    if (child.is_convener && is_top() && !convener_) convener_ = user;
    emit(ChildIdentified{user, child.connection, child.is_convener});
}

/// T.124 tells the top whom a relaying node has let in only by the roster.
void Conference::settle_grants(const std::vector<UserId>& added) {
    for (const UserId node : added) {
        const NodeRecord* record = rosters_.nodes.find(node);
        if (record == nullptr || !record->superior_node) continue;
        const auto grant = std::find_if(relayed_grants_.begin(), relayed_grants_.end(),
                                        [&](const RelayedGrant& each) { return each.relay == *record->superior_node; });
        if (grant == relayed_grants_.end()) continue;
        if (grant->as_convener && !convener_) convener_ = node;
        relayed_grants_.erase(grant);
    }
}

void Conference::expire_children(Instant now) {
    if (asn1::kForSize) return;  // nobody is below a small program
    std::erase_if(relayed_grants_, [&](const RelayedGrant& grant) { return grant.expires <= now; });
    for (const auto& expired : children_.take_expired(now)) emit(ChildTimedOut{expired.tag, expired.connection});
    for (auto at = relayed_joins_.begin(); at != relayed_joins_.end();) {
        if (at->second.expires > now) {
            ++at;
            continue;
        }
        JoinAnswered answer{at->first, {}};
        answer.response.top_node_id = top();
        answer.response.result = JoinResult::user_rejected;
        at = relayed_joins_.erase(at);
        emit(std::move(answer));
    }
}

/// MCS says that a user is gone. If it was a node, so are all nodes below it and whatever they held.
void Conference::lose(UserId user, Instant now) {
    reassembler_.forget(user);
    children_.remove(user);
    ejections_.erase(user);
    std::erase_if(relayed_grants_, [&](const RelayedGrant& grant) { return grant.relay == user; });
    if (convener_ == user && user != self_) convener_.reset();
    if (conductor_.is_conductor(user)) {
        conductor_.on_node_left(user);
        emit(ConductorChanged{std::nullopt});
    } else if (conductor_.on_node_left(user)) {
        emit(PermissionsChanged{});
    }
    const auto goes_on = [this](const SessionKey& session) { return rosters_.applications.has_session(session); };
    std::vector<UserId> gone = remove_subtree(rosters_, user);
    // Not every node that used the registry has made it into the roster.
    if (gone.empty()) gone.push_back(user);
    if (is_top()) {
        for (const UserId node : gone) broadcast_all(registry_.on_node_left(node, goes_on));
        for (const SessionKey& ended : rosters_.applications.take_ended())
            broadcast_all(registry_.on_session_ended(ended));
    }
    on_news(now);
    tell_changes(remove_node(copies_, user));
    leave_when_alone();
    check_emptied(now);
}

}  // namespace convene::gcc
