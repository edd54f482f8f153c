#include "gcc/node_roster_copy.hpp"

#include <set>

namespace convene::gcc {

void NodeRosterCopy::take(UserId node, const NodeRecord& record, NodeChanges& changes) {
    const auto found = nodes_.find(node);
    if (found == nodes_.end()) {
        if (nodes_.size() >= kMaxNodes) return;
        nodes_.emplace(node, record);
        changes.added.push_back(node);
    } else if (!(found->second == record)) {
        found->second = record;
        changes.replaced.push_back(node);
    }
}

NodeChanges NodeRosterCopy::receive(const NodeInformation& broadcast) {
    NodeChanges changes;
    if (const auto* refresh = std::get_if<std::vector<NodeRefresh>>(&broadcast.node_record_list)) {
        is_complete_ = true;
        instance_ = broadcast.roster_instance_number;
        std::set<UserId> named;
        for (const NodeRefresh& item : *refresh) {
            if (named.insert(item.node_id).second) take(item.node_id, item.node_record, changes);
        }
        for (auto at = nodes_.begin(); at != nodes_.end();) {
            if (named.count(at->first) != 0) {
                ++at;
                continue;
            }
            changes.removed.push_back(at->first);
            at = nodes_.erase(at);
        }
    } else if (const auto* updates = std::get_if<std::vector<NodeUpdate>>(&broadcast.node_record_list)) {
        if (!is_complete_) return changes;
        instance_ = broadcast.roster_instance_number;
        std::set<UserId> named;
        for (const NodeUpdate& item : *updates) {
            if (!named.insert(item.node_id).second) continue;
            if (const auto* added = std::get_if<AddNode>(&item.node_update)) take(item.node_id, added->value, changes);
            if (const auto* replaced = std::get_if<ReplaceNode>(&item.node_update)) {
                take(item.node_id, replaced->value, changes);
            }
            if (std::holds_alternative<RemoveRecord>(item.node_update) && nodes_.erase(item.node_id) != 0) {
                changes.removed.push_back(item.node_id);
            }
        }
    }
    return changes;
}

NodeChanges NodeRosterCopy::remove(UserId node) {
    NodeChanges changes;
    if (nodes_.erase(node) != 0) changes.removed.push_back(node);
    return changes;
}

const NodeRecord* NodeRosterCopy::find(UserId node) const {
    const auto found = nodes_.find(node);
    return found == nodes_.end() ? nullptr : &found->second;
}

}  // namespace convene::gcc
