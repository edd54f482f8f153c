#include <algorithm>

#include "gcc/conference.hpp"

namespace convene::gcc {
namespace {

constexpr std::size_t kMaxRenamed = 255;  // T.124 TextString

}  // namespace

// --- this node ---

void Conference::put_self() {
    rosters_.nodes.put(*self_, record_);
    for (auto at = enrolled_.begin(); at != enrolled_.end();) {
        const auto refusal = put(at->first, at->second);
        if (refusal) {
            emit(EnrolmentRefused{at->first, *refusal});
            entity_ids_.release(at->first);
            at = enrolled_.erase(at);
        } else {
            ++at;
        }
    }
}

std::optional<EnrolRefusal> Conference::put(EntityId entity, const Enrolled& enrolled) {
    return rosters_.applications.enrol(Entity{*self_, entity}, enrolled.session, enrolled.record,
                                       enrolled.capabilities);
}

void Conference::announce(NodeRecord self, Instant now) {
    record_ = std::move(self);
    record_.superior_node.reset();
    if (superior_) record_.superior_node = superior_->node;
    if (state_ != State::joined) return;
    rosters_.nodes.put(*self_, record_);
    on_news(now);
}

bool Conference::force_rename(UserId node, const std::u16string& name, Instant now) {
    if (!is_top() || node == self_ || name.size() > kMaxRenamed || !rosters_.nodes.rename(node, name)) return false;
    on_news(now);
    return true;
}

Expected<EntityId, EnrolRefusal> Conference::enrol(const SessionKey& session, const ApplicationRecord& record,
                                                   const std::vector<Capability>& capabilities, Instant now) {
    const auto id = entity_ids_.allocate();
    if (!id) return tl::make_unexpected(EnrolRefusal::too_many_entities);
    const Enrolled enrolled{session, record, capabilities};
    if (state_ == State::joined) {
        if (const auto refusal = put(*id, enrolled)) {
            entity_ids_.release(*id);
            return tl::make_unexpected(*refusal);
        }
    }
    enrolled_.emplace(*id, enrolled);
    on_news(now);
    return *id;
}

void Conference::update(EntityId entity, const ApplicationRecord& record, const std::vector<Capability>& capabilities,
                        Instant now) {
    const auto at = enrolled_.find(entity);
    if (at == enrolled_.end()) return;
    Enrolled changed{at->second.session, record, capabilities};
    if (state_ == State::joined) {
        if (const auto refusal = put(entity, changed)) return emit(EnrolmentRefused{entity, *refusal});
    }
    at->second = std::move(changed);
    on_news(now);
}

void Conference::unenrol(EntityId entity, Instant now) {
    const auto at = enrolled_.find(entity);
    if (at == enrolled_.end()) return;
    if (self_) rosters_.applications.unenrol(Entity{*self_, entity}, at->second.session);
    enrolled_.erase(at);
    entity_ids_.release(entity);
    on_news(now);
}

// --- what others say ---

void Conference::on(const RosterUpdateIndication& update, const Source& source) {
    if (is_top()) {
        if (source.from == self_) return;  // its own broadcast comes back to the top
        if (source.to_all) return report(source.from, "T.124 §7", "broadcast a roster without being the top");
        return on_report(update, source);
    }
    // The top may address one node alone; a child is below, the top never is.
    if (source.from == superior_->top) return on_broadcast(update, source.now);
    if (source.to_all) return report(source.from, "T.124 §7", "broadcast a roster without being the top");
    on_report(update, source);
}

void Conference::on_report(const RosterUpdateIndication& update, const Source& source) {
    const auto connection = domain_.connection_of(source.from);
    if (!connection) return report(source.from, "T.124 §7", "a roster report from a node that is not below");
    if (children_.find(source.from) == nullptr) {
        const auto child = children_.identify_by_connection(source.from, *connection);
        if (!child) return report(source.from, "T.124 §7", "a roster report from a node that did not identify itself");
        adopt(source.from, *child);
    }
    const MergeOutcome outcome = merge_report(rosters_, source.from, update,
                                              [&](UserId node) { return domain_.connection_of(node) == connection; });
    for (const RosterIncident& incident : outcome.incidents)
        report(source.from, "T.124 §7", std::to_string(incident.node.value) + ": " + std::string(incident.what));
    if (rosters_.nodes.size() > 1) had_others_ = true;
    if (is_top()) settle_grants(outcome.nodes.added);
    for (const UserId gone : outcome.nodes.removed)
        if (is_top())
            broadcast_all(registry_.on_node_left(
                gone, [this](const SessionKey& session) { return rosters_.applications.has_session(session); }));
    on_news(source.now);
}

void Conference::on_broadcast(const RosterUpdateIndication& update, Instant now) {
    const RosterChanges changes = receive_broadcast(copies_, update);
    tell_changes(changes);
    if (!changes.nodes.added.empty()) welcome(changes.nodes.added, now);
}

// --- what this node says ---

/// A roster of n nodes is sent to n nodes, so the distance between broadcasts grows with it.
Duration Conference::broadcast_spacing() const {
    const auto nodes = static_cast<Duration::rep>(rosters_.nodes.size());
    return std::min<Duration>(limits_.broadcast_spacing_per_node * nodes, limits_.max_broadcast_spacing);
}

void Conference::on_news(Instant now) {
    if (state_ != State::joined || publish_at_ || !rosters_.has_news()) return;
    if (is_top()) {
        publish_at_ = now + limits_.broadcast_delay;
        if (last_published_) publish_at_ = std::max(*publish_at_, *last_published_ + broadcast_spacing());
    } else if (children_.children().empty()) {
        publish(now);
    } else {
        publish_at_ = now + limits_.report_delay;
    }
}

void Conference::publish(Instant now) {
    publish_at_.reset();
    if (state_ != State::joined) return;
    last_published_ = now;
    if (is_top()) {
        auto next = next_broadcast(rosters_);
        if (!next) return;
        settle_registry(*next);
        broadcast(*next);
        on_broadcast(*next, now);
    } else if (auto next = next_report(rosters_, !has_reported_)) {
        has_reported_ = true;
        tell(superior_->node, std::move(*next));
    }
}

void Conference::tell_changes(const RosterChanges& changes) {
    see_keys(changes.nodes);
    if (!changes.nodes.empty()) emit(RosterChanged{changes.nodes});
    for (const SessionKey& session : changes.sessions) {
        if (const SessionRoster* roster = copies_.applications.find(session); roster && !roster->entities.empty())
            see_key(session.application_protocol_key, roster->entities.begin()->first.node);
        emit(ApplicationRosterChanged{session});
    }
}

void Conference::see_keys(const NodeChanges& changes) {
    for (const UserId node : changes.added) {
        const NodeRecord* record = copies_.nodes.find(node);
        if (record == nullptr || !record->user_data) continue;
        for (const UserDataItem& item : *record->user_data) see_key(item.key, node);
    }
}

/// Newcomers know only what a roster says; whoever holds more repeats it.
void Conference::welcome(const std::vector<UserId>& nodes, Instant now) {
    if (is_top() && profile_.locked)
        for (const UserId node : nodes)
            if (node != self_) tell(node, ConferenceLockIndication{});
    if (conducts()) repeat_conductor();
    if (time_is_up_) announce_time(now);
}

}  // namespace convene::gcc
