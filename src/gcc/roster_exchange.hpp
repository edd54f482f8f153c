/// RosterUpdateIndications out of the two rosters, and into them.
#pragma once

#include <optional>
#include <vector>

#include "gcc/application_roster.hpp"
#include "gcc/application_roster_copy.hpp"
#include "gcc/node_roster.hpp"
#include "gcc/node_roster_copy.hpp"

namespace convene::gcc {

/// What a node knows of its subtree, which at the top is the conference.
struct Rosters {
    NodeRoster nodes;
    ApplicationRoster applications;

    bool has_news() const { return nodes.has_news() || applications.has_news(); }
};

/// What a node knows of the conference from the top.
struct RosterCopies {
    NodeRosterCopy nodes;
    ApplicationRosterCopy applications;
};

/// What an input changed, for whoever shows the conference.
struct RosterChanges {
    NodeChanges nodes;
    std::vector<SessionKey> sessions;  ///< changed, come or ended

    bool empty() const { return nodes.empty() && sessions.empty(); }
};

/// What the top broadcasts next: a full refresh once nodes were added, for they know nothing yet, else the differences;
/// nothing when there are none. Calling it rarely (every 100 to 500 ms) coalesces.
std::optional<RosterUpdateIndication> next_broadcast(Rosters& rosters);

/// What a node sends to its parent: everything the first time (`is_first`: the parent knows nothing of it), then the
/// differences; nothing when there are none.
std::optional<RosterUpdateIndication> next_report(Rosters& rosters, bool is_first);

/// What a merge did: the changes, and what was left out.
struct MergeOutcome {
    NodeChanges nodes;
    bool applications_changed = false;
    std::vector<RosterIncident> incidents;
};

/// Merges a child's report. Entities of the nodes that it takes away go with them.
MergeOutcome merge_report(Rosters& rosters, UserId child, const RosterUpdateIndication& report,
                          const InSubtree& in_subtree);

/// A node is lost: it, what lies below it and all their entities go. Returns the nodes that are gone.
std::vector<UserId> remove_subtree(Rosters& rosters, UserId node);

/// Applies a broadcast of the top. Not for the top itself, whose broadcasts come back to it.
RosterChanges receive_broadcast(RosterCopies& copies, const RosterUpdateIndication& broadcast);

/// MCS says that a node is gone; the broadcast of the top about it is still to come.
RosterChanges remove_node(RosterCopies& copies, UserId node);

}  // namespace convene::gcc
