#include "gcc/application_roster_copy.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace convene::gcc {

std::size_t SessionRoster::active() const {
    return static_cast<std::size_t>(std::count_if(entities.begin(), entities.end(),
                                                  [](const auto& each) { return each.second.application_active; }));
}

const SessionRoster* ApplicationRosterCopy::find(const SessionKey& session) const {
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? nullptr : &found->second;
}

std::vector<SessionKey> ApplicationRosterCopy::receive(bool full_refresh,
                                                       const std::vector<ApplicationInformation>& broadcast) {
    std::vector<SessionKey> changed;
    std::set<SessionKey, SessionKeyOrder> named;
    for (const ApplicationInformation& information : broadcast) {
        if (!named.insert(information.session_key).second) continue;
        if (receive_session(information)) changed.push_back(information.session_key);
    }
    if (full_refresh) {
        for (auto at = sessions_.begin(); at != sessions_.end();) {
            if (named.count(at->first) != 0) {
                ++at;
                continue;
            }
            changed.push_back(at->first);
            at = sessions_.erase(at);
        }
    }
    return changed;
}

bool ApplicationRosterCopy::receive_session(const ApplicationInformation& information) {
    const auto* refresh = std::get_if<std::vector<ApplicationRefresh>>(&information.application_record_list);
    auto at = sessions_.find(information.session_key);
    const bool is_new = at == sessions_.end();
    if (is_new) {
        // An update of what is not known yet is ignored: a refresh will come.
        if (refresh == nullptr || refresh->empty() || sessions_.size() >= kMaxSessions) return false;
        at = sessions_.emplace(information.session_key, SessionRoster{}).first;
    }
    SessionRoster& session = at->second;
    bool changed = is_new || session.instance != information.roster_instance_number;
    session.instance = information.roster_instance_number;

    if (refresh != nullptr) {
        std::map<Entity, ApplicationRecord> entities;
        for (const ApplicationRefresh& item : *refresh) {
            entities.emplace(Entity{item.node_id, item.entity_id}, item.application_record);
        }
        changed |= entities != session.entities;
        session.entities = std::move(entities);
    } else if (const auto* updates =
                   std::get_if<std::vector<ApplicationUpdate>>(&information.application_record_list)) {
        auto take = [&](const Entity& entity, const ApplicationRecord& record) {
            if (session.entities.size() >= kMaxEntities) return;
            const auto [found, is_new_entity] = session.entities.try_emplace(entity, record);
            if (is_new_entity || !(found->second == record)) changed = true;
            found->second = record;
        };
        std::set<Entity> named;
        for (const ApplicationUpdate& item : *updates) {
            const Entity entity{item.node_id, item.entity_id};
            if (!named.insert(entity).second) continue;
            if (const auto* added = std::get_if<AddApplication>(&item.application_update)) take(entity, added->value);
            if (const auto* replaced = std::get_if<ReplaceApplication>(&item.application_update)) {
                take(entity, replaced->value);
            }
            if (std::holds_alternative<RemoveRecord>(item.application_update)) {
                changed |= session.entities.erase(entity) != 0;
            }
        }
    }
    if (const auto* list = std::get_if<std::vector<CollapsedCapability>>(&information.application_capabilities_list)) {
        changed |= session.capabilities != *list;
        session.capabilities = *list;
    }
    if (session.entities.empty()) sessions_.erase(at);
    return changed;
}

std::vector<SessionKey> ApplicationRosterCopy::remove_node(UserId node) {
    std::vector<SessionKey> changed;
    for (auto at = sessions_.begin(); at != sessions_.end();) {
        auto& entities = at->second.entities;
        const auto first = entities.lower_bound(Entity{node, EntityId{0}});
        auto last = first;
        while (last != entities.end() && last->first.node == node) ++last;
        if (first != last) {
            entities.erase(first, last);
            changed.push_back(at->first);
        }
        at = entities.empty() ? sessions_.erase(at) : std::next(at);
    }
    return changed;
}

}  // namespace convene::gcc
