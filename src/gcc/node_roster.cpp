#include "gcc/node_roster.hpp"

namespace convene::gcc {
namespace {

/// The nodes that stand as the second of a pair whose first is `first`.
std::vector<UserId> seconds(const std::set<std::pair<UserId, UserId>>& pairs, UserId first) {
    std::vector<UserId> out;
    for (auto at = pairs.lower_bound({first, UserId{}}); at != pairs.end() && at->first == first; ++at) {
        out.push_back(at->second);
    }
    return out;
}

}  // namespace

void NodeRoster::put(UserId node, const NodeRecord& record) { store(node, record, std::nullopt); }

bool NodeRoster::rename(UserId node, const std::u16string& name) {
    const auto found = nodes_.find(node);
    if (found == nodes_.end()) return false;
    names_[node] = name;
    const Entry entry = found->second;
    store(node, entry.record, entry.via);
    return true;
}

NodeRoster::Put NodeRoster::store(UserId node, const NodeRecord& said, std::optional<UserId> via) {
    NodeRecord record = said;
    if (const auto given = names_.find(node); given != names_.end()) record.node_name = given->second;
    auto found = nodes_.find(node);
    if (found == nodes_.end()) {
        if (nodes_.size() >= kMaxNodes) return Put::refused;
        Entry entry{record, via, false};
        link(node, entry);
        nodes_.emplace(node, std::move(entry));
        changed_.insert(node);
        ++new_nodes_;
        return Put::added;
    }
    Entry& entry = found->second;
    if (entry.record == record && entry.via == via) return Put::unchanged;
    unlink(node, entry);
    const bool is_news = !(entry.record == record);
    entry.record = record;
    entry.via = via;
    link(node, entry);
    if (!is_news) return Put::unchanged;
    changed_.insert(node);
    return Put::replaced;
}

void NodeRoster::erase(UserId node) {
    const auto found = nodes_.find(node);
    if (found == nodes_.end()) return;
    unlink(node, found->second);
    names_.erase(node);
    changed_.erase(node);
    if (found->second.is_published) {
        removed_.insert(node);
    } else {
        --new_nodes_;
    }
    nodes_.erase(found);
}

void NodeRoster::link(UserId node, const Entry& entry) {
    if (entry.record.superior_node) below_.emplace(*entry.record.superior_node, node);
    if (entry.via) reported_.emplace(*entry.via, node);
}

void NodeRoster::unlink(UserId node, const Entry& entry) {
    if (entry.record.superior_node) below_.erase({*entry.record.superior_node, node});
    if (entry.via) reported_.erase({*entry.via, node});
}

NodeChanges NodeRoster::merge(UserId child, const NodeInformation& update, const InSubtree& in_subtree,
                              std::vector<RosterIncident>& incidents) {
    NodeChanges changes;
    auto may_change = [&](UserId node) {
        if (in_subtree(node)) return true;
        incidents.push_back({node, "not in the subtree of the node that reports it"});
        return false;
    };
    auto take = [&](UserId node, const NodeRecord& record) {
        if (const auto excess = excess_of(record)) {
            incidents.push_back({node, *excess});
            return;
        }
        switch (store(node, record, child)) {
            case Put::added:
                changes.added.push_back(node);
                break;
            case Put::replaced:
                changes.replaced.push_back(node);
                break;
            case Put::unchanged:
                break;
            case Put::refused:
                incidents.push_back({node, "too many nodes"});
                break;
        }
    };

    if (const auto* refresh = std::get_if<std::vector<NodeRefresh>>(&update.node_record_list)) {
        std::set<UserId> named;
        for (const NodeRefresh& item : *refresh) {
            if (!may_change(item.node_id)) continue;
            if (!named.insert(item.node_id).second) continue;  // none stands twice in a proper list: the first counts
            take(item.node_id, item.node_record);
        }
        for (const UserId node : seconds(reported_, child)) {
            if (named.count(node) != 0) continue;
            erase(node);
            changes.removed.push_back(node);
        }
    } else if (const auto* updates = std::get_if<std::vector<NodeUpdate>>(&update.node_record_list)) {
        std::set<UserId> named;
        for (const NodeUpdate& item : *updates) {
            const UserId node = item.node_id;
            if (!may_change(node) || !named.insert(node).second) continue;
            // Adding what is known and replacing what is not are the same thing; peers lag behind each other.
            if (const auto* added = std::get_if<AddNode>(&item.node_update)) take(node, added->value);
            if (const auto* replaced = std::get_if<ReplaceNode>(&item.node_update)) take(node, replaced->value);
            if (std::holds_alternative<RemoveRecord>(item.node_update) && nodes_.count(node) != 0) {
                erase(node);
                changes.removed.push_back(node);
            }
        }
    }
    return changes;
}

std::vector<UserId> NodeRoster::remove(UserId node) {
    std::vector<UserId> gone;
    std::vector<UserId> next{node};
    while (!next.empty()) {
        const UserId at = next.back();
        next.pop_back();
        for (const UserId below : seconds(below_, at)) next.push_back(below);
        for (const UserId below : seconds(reported_, at)) next.push_back(below);
        // Whoever is erased is linked no more, so circles of superiors end here as well.
        if (nodes_.count(at) == 0) continue;
        erase(at);
        gone.push_back(at);
    }
    return gone;
}

const NodeRecord* NodeRoster::find(UserId node) const {
    const auto found = nodes_.find(node);
    return found == nodes_.end() ? nullptr : &found->second.record;
}

std::vector<UserId> NodeRoster::nodes() const {
    std::vector<UserId> out;
    out.reserve(nodes_.size());
    for (const auto& [node, entry] : nodes_) out.push_back(node);
    return out;
}

NodeInformation NodeRoster::publish(Extent extent) {
    NodeInformation out;
    out.nodes_added = has_new_nodes();
    out.nodes_removed = !removed_.empty();
    const bool is_full = extent == Extent::everything || (extent == Extent::for_everyone && has_new_nodes());
    if (is_full && !nodes_.empty()) {
        out.node_record_list = refresh_list();
    } else if (has_news()) {
        out.node_record_list = update_list();
    }
    if (has_news()) ++instance_;
    out.roster_instance_number = instance_;

    for (const UserId node : changed_) nodes_.find(node)->second.is_published = true;
    changed_.clear();
    removed_.clear();
    new_nodes_ = 0;
    return out;
}

NodeRecordList NodeRoster::refresh_list() const {
    std::vector<NodeRefresh> list;
    list.reserve(nodes_.size());
    for (const auto& [node, entry] : nodes_) list.push_back(NodeRefresh{node, entry.record});
    return list;
}

NodeRecordList NodeRoster::update_list() const {
    std::vector<NodeUpdate> list;
    list.reserve(changed_.size() + removed_.size());
    for (const UserId node : removed_) {
        // One that went and came again stands once, as added.
        if (changed_.count(node) == 0) list.push_back(NodeUpdate{node, RemoveRecord{}});
    }
    for (const UserId node : changed_) {
        const Entry& entry = nodes_.find(node)->second;
        if (entry.is_published) {
            list.push_back(NodeUpdate{node, ReplaceNode{entry.record}});
        } else {
            list.push_back(NodeUpdate{node, AddNode{entry.record}});
        }
    }
    return list;
}

}  // namespace convene::gcc
