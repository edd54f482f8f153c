#include "gcc/application_roster.hpp"

#include <iterator>

#include "gcc/capability_collapse.hpp"

namespace convene::gcc {

ApplicationRoster::Sessions::iterator ApplicationRoster::open(const SessionKey& key) {
    const auto found = sessions_.find(key);
    if (found != sessions_.end()) return found;
    // A session that is empty but not yet reported as such still has its place.
    if (sessions_.size() >= kMaxSessions) return sessions_.end();
    return sessions_.emplace(key, Session{}).first;
}

void ApplicationRoster::close_if_empty(Sessions::iterator at) {
    Session& session = at->second;
    if (!session.entities.empty()) return;
    session.below.clear();
    session.own_capabilities.clear();
    if (session.is_published) return;  // one refresh with empty lists is still to be sent
    changed_.erase(at->first);
    sessions_.erase(at);
}

std::optional<std::string_view> ApplicationRoster::store(Sessions::iterator at, const Entity& entity,
                                                         const ApplicationRecord& record, std::optional<UserId> via,
                                                         bool& changed) {
    Session& session = at->second;
    if (const auto excess = excess_of(record)) return excess;
    const auto found = session.entities.find(entity);
    if (found == session.entities.end()) {
        if (entities_ >= kMaxEntities) return "too many entities";
        std::size_t& of_node = entities_of_[entity.node];
        if (of_node >= kMaxEntitiesPerNode) return "too many entities of one node";
        ++of_node;
        ++entities_;
        session.entities.emplace(entity, Entry{record, via, false});
        ++session.new_entities;
        ended_.erase(at->first);
        if (via) session.reported.emplace(*via, entity);
    } else {
        Entry& entry = found->second;
        if (entry.via != via) {
            if (entry.via) session.reported.erase({*entry.via, entity});
            if (via) session.reported.emplace(*via, entity);
            entry.via = via;
        }
        if (entry.record == record) return std::nullopt;
        entry.record = record;
    }
    session.changed.insert(entity);
    changed_.insert(at->first);
    changed = true;
    return std::nullopt;
}

bool ApplicationRoster::erase(Sessions::iterator at, const Entity& entity) {
    Session& session = at->second;
    const auto found = session.entities.find(entity);
    if (found == session.entities.end()) return false;
    if (found->second.via) session.reported.erase({*found->second.via, entity});
    if (found->second.is_published) {
        session.removed.insert(entity);
    } else {
        --session.new_entities;
    }
    session.changed.erase(entity);
    session.own_capabilities.erase(entity);
    session.entities.erase(found);
    if (session.entities.empty()) ended_.insert(at->first);
    changed_.insert(at->first);
    const auto count = entities_of_.find(entity.node);
    if (--count->second == 0) entities_of_.erase(count);
    --entities_;
    return true;
}

std::optional<EnrolRefusal> ApplicationRoster::enrol(const Entity& entity, const SessionKey& session,
                                                     const ApplicationRecord& record,
                                                     const std::vector<Capability>& capabilities) {
    if (excess_of(record) || capabilities.size() > kMaxCapabilities) return EnrolRefusal::record_too_large;
    const auto at = open(session);
    if (at == sessions_.end()) return EnrolRefusal::too_many_sessions;
    if (record.conducting_operation_capable) {
        const Entity first{entity.node, EntityId{0}};
        for (auto each = at->second.entities.lower_bound(first);
             each != at->second.entities.end() && each->first.node == entity.node; ++each) {
            if (each->first != entity && each->second.record.conducting_operation_capable) {
                return EnrolRefusal::second_conducting_capable;
            }
        }
    }
    bool changed = false;
    const auto refused = store(at, entity, record, std::nullopt, changed);
    if (refused) {
        close_if_empty(at);
        return EnrolRefusal::too_many_entities;
    }
    std::vector<Capability>& own = at->second.own_capabilities[entity];
    if (own != capabilities) {
        own = capabilities;
        changed_.insert(session);
    }
    return std::nullopt;
}

void ApplicationRoster::unenrol(const Entity& entity, const SessionKey& session) {
    const auto at = sessions_.find(session);
    if (at == sessions_.end() || !erase(at, entity)) return;
    close_if_empty(at);
}

bool ApplicationRoster::forget_child(Sessions::iterator at, UserId child, const std::set<Entity>& except) {
    Session& session = at->second;
    std::vector<Entity> gone;
    for (auto each = session.reported.lower_bound({child, Entity{}});
         each != session.reported.end() && each->first == child; ++each) {
        if (except.count(each->second) == 0) gone.push_back(each->second);
    }
    for (const Entity& entity : gone) erase(at, entity);
    return !gone.empty();
}

bool ApplicationRoster::merge(UserId child, bool full_refresh, const std::vector<ApplicationInformation>& sessions,
                              const InSubtree& in_subtree, std::vector<RosterIncident>& incidents) {
    bool changed = false;
    std::set<SessionKey, SessionKeyOrder> named;
    for (const ApplicationInformation& information : sessions) {
        if (!named.insert(information.session_key).second) continue;  // none stands twice in a proper list
        changed |= merge_session(child, information, in_subtree, incidents);
    }
    if (!full_refresh) return changed;
    for (auto at = sessions_.begin(); at != sessions_.end();) {
        const auto here = at++;
        if (named.count(here->first) != 0) continue;
        bool session_changed = forget_child(here, child, {});
        if (here->second.below.erase(child) != 0) {
            changed_.insert(here->first);
            session_changed = true;
        }
        if (session_changed) close_if_empty(here);
        changed |= session_changed;
    }
    return changed;
}

bool ApplicationRoster::merge_session(UserId child, const ApplicationInformation& information,
                                      const InSubtree& in_subtree, std::vector<RosterIncident>& incidents) {
    const auto at = open(information.session_key);
    if (at == sessions_.end()) {
        incidents.push_back({child, "too many sessions"});
        return false;
    }
    Session& session = at->second;
    bool changed = false;
    std::set<Entity> named;
    auto may_change = [&](const Entity& entity) {
        if (!in_subtree(entity.node)) {
            incidents.push_back({entity.node, "not in the subtree of the node that reports it"});
            return false;
        }
        return named.insert(entity).second;
    };
    auto take = [&](const Entity& entity, const ApplicationRecord& record) {
        const auto refused = store(at, entity, record, child, changed);
        if (refused) incidents.push_back({entity.node, *refused});
    };

    if (const auto* refresh = std::get_if<std::vector<ApplicationRefresh>>(&information.application_record_list)) {
        for (const ApplicationRefresh& item : *refresh) {
            const Entity entity{item.node_id, item.entity_id};
            if (may_change(entity)) take(entity, item.application_record);
        }
        changed |= forget_child(at, child, named);
    } else if (const auto* updates =
                   std::get_if<std::vector<ApplicationUpdate>>(&information.application_record_list)) {
        for (const ApplicationUpdate& item : *updates) {
            const Entity entity{item.node_id, item.entity_id};
            if (!may_change(entity)) continue;
            if (const auto* added = std::get_if<AddApplication>(&item.application_update)) take(entity, added->value);
            if (const auto* replaced = std::get_if<ReplaceApplication>(&item.application_update)) {
                take(entity, replaced->value);
            }
            if (std::holds_alternative<RemoveRecord>(item.application_update)) changed |= erase(at, entity);
        }
    }

    // Whoever has no entity in the session has no say in its capabilities.
    const auto first = session.reported.lower_bound({child, Entity{}});
    const bool takes_part = first != session.reported.end() && first->first == child;
    if (!takes_part) {
        if (session.below.erase(child) != 0) {
            changed_.insert(at->first);
            changed = true;
        }
    } else if (const auto* list =
                   std::get_if<std::vector<CollapsedCapability>>(&information.application_capabilities_list)) {
        if (list->size() > kMaxCapabilities) {
            incidents.push_back({child, "too many capabilities"});
        } else if (session.below[child] != *list) {
            session.below[child] = *list;
            changed_.insert(at->first);
            changed = true;
        }
    }
    close_if_empty(at);
    return changed;
}

void ApplicationRoster::remove_node(UserId node) {
    for (auto at = sessions_.begin(); at != sessions_.end();) {
        const auto here = at++;
        Session& session = here->second;
        std::vector<Entity> gone;
        for (auto each = session.entities.lower_bound(Entity{node, EntityId{0}});
             each != session.entities.end() && each->first.node == node; ++each) {
            gone.push_back(each->first);
        }
        for (const Entity& entity : gone) erase(here, entity);
        bool changed = forget_child(here, node, {}) || !gone.empty();
        if (session.below.erase(node) != 0) {
            changed_.insert(here->first);
            changed = true;
        }
        if (changed) close_if_empty(here);
    }
}

const ApplicationRecord* ApplicationRoster::find(const SessionKey& session, const Entity& entity) const {
    const auto at = sessions_.find(session);
    if (at == sessions_.end()) return nullptr;
    const auto found = at->second.entities.find(entity);
    return found == at->second.entities.end() ? nullptr : &found->second.record;
}

bool ApplicationRoster::has_session(const SessionKey& session) const {
    const auto at = sessions_.find(session);
    return at != sessions_.end() && !at->second.entities.empty();
}

std::vector<SessionKey> ApplicationRoster::sessions() const {
    std::vector<SessionKey> out;
    for (const auto& [key, session] : sessions_) {
        if (!session.entities.empty()) out.push_back(key);
    }
    return out;
}

std::vector<CollapsedCapability> ApplicationRoster::capabilities(const SessionKey& session) const {
    const auto at = sessions_.find(session);
    return at == sessions_.end() ? std::vector<CollapsedCapability>{} : collapse(at->second);
}

std::vector<SessionKey> ApplicationRoster::take_ended() {
    std::vector<SessionKey> out(ended_.begin(), ended_.end());
    ended_.clear();
    return out;
}

std::vector<CollapsedCapability> ApplicationRoster::collapse(const Session& session) {
    CapabilityCollapse collapse;
    for (const auto& [entity, capabilities] : session.own_capabilities) {
        const auto found = session.entities.find(entity);
        if (found != session.entities.end() && found->second.record.application_active) collapse.add(capabilities);
    }
    for (const auto& [child, capabilities] : session.below) collapse.add(capabilities);
    return collapse.list();
}

std::vector<ApplicationInformation> ApplicationRoster::publish(Extent extent) {
    std::vector<ApplicationInformation> out;
    if (extent == Extent::everything) {
        for (auto& [key, session] : sessions_) out.push_back(publish(key, session, true));
    } else {
        for (const SessionKey& key : changed_) {
            Session& session = sessions_.find(key)->second;
            ApplicationInformation information = publish(key, session, !session.is_published);
            const bool says_nothing = std::holds_alternative<NoChange>(information.application_record_list) &&
                                      std::holds_alternative<NoChange>(information.application_capabilities_list);
            if (!says_nothing) out.push_back(std::move(information));
        }
    }
    for (auto at = sessions_.begin(); at != sessions_.end();) {
        at->second.is_published = true;
        at = at->second.entities.empty() ? sessions_.erase(at) : std::next(at);
    }
    changed_.clear();
    return out;
}

ApplicationInformation ApplicationRoster::publish(const SessionKey& key, Session& session, bool whole) {
    ApplicationInformation out;
    out.session_key = key;
    out.peer_entities_added = session.new_entities != 0;
    out.peer_entities_removed = !session.removed.empty();
    std::vector<CollapsedCapability> capabilities = collapse(session);
    const bool records_changed = !session.changed.empty() || !session.removed.empty();
    const bool capabilities_changed = capabilities != session.published_capabilities;

    if (whole || session.entities.empty()) {
        out.application_record_list = refresh_list(session);
        out.application_capabilities_list = capabilities;
    } else {
        if (records_changed) out.application_record_list = update_list(session);
        if (capabilities_changed) out.application_capabilities_list = capabilities;
    }
    if (records_changed || capabilities_changed) ++session.instance;
    out.roster_instance_number = session.instance;

    session.published_capabilities = std::move(capabilities);
    for (const Entity& entity : session.changed) session.entities.find(entity)->second.is_published = true;
    session.changed.clear();
    session.removed.clear();
    session.new_entities = 0;
    return out;
}

ApplicationRecordList ApplicationRoster::refresh_list(const Session& session) {
    std::vector<ApplicationRefresh> list;
    list.reserve(session.entities.size());
    for (const auto& [entity, entry] : session.entities) {
        list.push_back(ApplicationRefresh{entity.node, entity.entity, entry.record});
    }
    return list;
}

ApplicationRecordList ApplicationRoster::update_list(const Session& session) {
    std::vector<ApplicationUpdate> list;
    list.reserve(session.changed.size() + session.removed.size());
    for (const Entity& entity : session.removed) {
        // One that went and came again stands once, as added.
        if (session.changed.count(entity) == 0) {
            list.push_back(ApplicationUpdate{entity.node, entity.entity, RemoveRecord{}});
        }
    }
    for (const Entity& entity : session.changed) {
        const Entry& entry = session.entities.find(entity)->second;
        if (entry.is_published) {
            list.push_back(ApplicationUpdate{entity.node, entity.entity, ReplaceApplication{entry.record}});
        } else {
            list.push_back(ApplicationUpdate{entity.node, entity.entity, AddApplication{entry.record}});
        }
    }
    return list;
}

}  // namespace convene::gcc
