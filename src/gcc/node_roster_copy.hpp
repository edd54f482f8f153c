/// The node roster where it is received: every node's copy of what the top broadcasts.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "gcc/node_roster.hpp"

namespace convene::gcc {

/// Applies the top's broadcasts. Tolerant: an update before the first refresh is ignored (the refresh follows), adding
/// a known node replaces it, removing an unknown one does nothing. Whether the sender is the top is for the caller to
/// check.
class NodeRosterCopy {
public:
    NodeChanges receive(const NodeInformation& broadcast);
    /// MCS says that the node is gone; the broadcast about it follows.
    NodeChanges remove(UserId node);

    bool is_complete() const { return is_complete_; }  ///< a refresh has been seen
    std::uint16_t instance() const { return instance_; }
    const std::map<UserId, NodeRecord>& nodes() const { return nodes_; }
    const NodeRecord* find(UserId node) const;

private:
    void take(UserId node, const NodeRecord& record, NodeChanges& changes);

    std::map<UserId, NodeRecord> nodes_;
    bool is_complete_ = false;
    std::uint16_t instance_ = 0;
};

}  // namespace convene::gcc
