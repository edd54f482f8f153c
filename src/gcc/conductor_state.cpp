#include "gcc/conductor_state.hpp"

#include <algorithm>
#include <set>

namespace convene::gcc {
namespace {

bool contains(const std::vector<UserId>& nodes, UserId node) {
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

bool drop(std::vector<UserId>& nodes, UserId node) { return std::erase(nodes, node) != 0; }

/// A peer's list without repetitions, cut at `limit`.
std::vector<UserId> accepted(std::span<const UserId> nodes, std::size_t limit) {
    std::vector<UserId> out;
    std::set<UserId> seen;
    for (const UserId node : nodes) {
        if (out.size() == limit) break;
        if (seen.insert(node).second) out.push_back(node);
    }
    return out;
}

}  // namespace

bool ConductorState::may_act(UserId node) const {
    return !conductor_ || *conductor_ == node || contains(permitted_, node);
}

bool ConductorState::on_assign(UserId sender, UserId conducting_node) {
    if (sender != conducting_node || conductor_ == conducting_node) return false;
    conductor_ = conducting_node;
    permitted_.clear();
    drop(waiting_, conducting_node);
    return true;
}

bool ConductorState::on_release(UserId sender) {
    if (!conductor_ || *conductor_ != sender) return false;
    *this = {};
    return true;
}

bool ConductorState::on_permission_ask(UserId sender, bool wants) {
    if (!conductor_) return false;
    if (!wants) return withdraw(sender);
    if (is_conductor(sender) || waiting_.size() >= kMaxWaitingNodes) return false;
    if (contains(permitted_, sender) || contains(waiting_, sender)) return false;
    waiting_.push_back(sender);
    return true;
}

bool ConductorState::on_permission_grant(UserId sender, std::span<const UserId> permitted,
                                         std::span<const UserId> waiting) {
    if (!conductor_ || *conductor_ != sender) return false;
    std::vector<UserId> now_permitted = accepted(permitted, kMaxPermittedNodes);
    std::vector<UserId> now_waiting = accepted(waiting, kMaxWaitingNodes);
    if (now_permitted == permitted_ && now_waiting == waiting_) return false;
    permitted_ = std::move(now_permitted);
    waiting_ = std::move(now_waiting);
    return true;
}

bool ConductorState::on_node_left(UserId node) {
    if (conductor_ == node) {
        *this = {};
        return true;
    }
    return withdraw(node);
}

bool ConductorState::grant(UserId node) {
    if (!conductor_ || is_conductor(node) || contains(permitted_, node)) return false;
    if (permitted_.size() >= kMaxPermittedNodes) return false;
    drop(waiting_, node);
    permitted_.push_back(node);
    return true;
}

bool ConductorState::withdraw(UserId node) {
    const bool was_permitted = drop(permitted_, node);
    const bool was_waiting = drop(waiting_, node);
    return was_permitted || was_waiting;
}

}  // namespace convene::gcc
