/// The node roster where it is made: at the top for the conference, at any other node for its subtree.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gcc/roster_limits.hpp"
#include "gcc/roster_update.hpp"

namespace convene::gcc {

/// How much a publication says.
enum class Extent : std::uint8_t {
    changes,       ///< updates only: what goes up to the parent after the first time
    for_everyone,  ///< updates, but everything once nodes were added: what the top broadcasts, since newcomers know
                   ///< nothing
    everything,    ///< everything: the first time up
};

/// What one input did to a roster of nodes; no node is in two lists.
struct NodeChanges {
    std::vector<UserId> added;
    std::vector<UserId> replaced;
    std::vector<UserId> removed;

    bool empty() const { return added.empty() && replaced.empty() && removed.empty(); }
};

/// Merges the own record with what the children report, and publishes the differences. T.124 roster rules: a child's
/// update may only be about nodes below it, and a node that is lost takes everything below it along. Every input costs
/// in proportion to what it changes (times a logarithm); a publication of everything, to the roster.
class NodeRoster {
public:
    /// Adds or replaces the record of a node that reports to nobody below: this one.
    void put(UserId node, const NodeRecord& record);

    /// From now on the record of `node` has this name, whatever the node says itself. False when it is not there.
    bool rename(UserId node, const std::u16string& name);

    /// What a child says about its subtree; a refresh list replaces all that it said before.
    /// Records out of `in_subtree` or over the limits are left out and reported in `incidents`.
    NodeChanges merge(UserId child, const NodeInformation& update, const InSubtree& in_subtree,
                      std::vector<RosterIncident>& incidents);

    /// Drops the node, all whose superior chain leads through it and all that it reported. Returns who is gone.
    std::vector<UserId> remove(UserId node);

    const NodeRecord* find(UserId node) const;
    std::vector<UserId> nodes() const;  ///< in ascending order
    std::size_t size() const { return nodes_.size(); }

    bool has_news() const { return !changed_.empty() || !removed_.empty(); }
    bool has_new_nodes() const { return new_nodes_ != 0; }
    std::uint16_t instance() const { return instance_; }  ///< of the last publication

    /// The node part of the next RosterUpdateIndication; what it says counts as published from now on. The instance
    /// number grows by one (modulo 65536) if there was news.
    NodeInformation publish(Extent extent);

private:
    struct Entry {
        NodeRecord record;
        std::optional<UserId> via;  ///< the child that reported it
        bool is_published = false;
    };
    enum class Put : std::uint8_t { added, replaced, unchanged, refused };

    Put store(UserId node, const NodeRecord& record, std::optional<UserId> via);
    void erase(UserId node);
    void link(UserId node, const Entry& entry);
    void unlink(UserId node, const Entry& entry);
    NodeRecordList refresh_list() const;
    NodeRecordList update_list() const;

    std::map<UserId, Entry> nodes_;
    std::set<std::pair<UserId, UserId>> below_;     ///< (superior, node)
    std::set<std::pair<UserId, UserId>> reported_;  ///< (child, node)
    std::map<UserId, std::u16string> names_;        ///< given by rename()
    std::set<UserId> changed_;                      ///< present, and not as published
    std::set<UserId> removed_;                      ///< published, and gone since (or gone and come again)
    std::size_t new_nodes_ = 0;                     ///< present and never published
    std::uint16_t instance_ = 0;
};

}  // namespace convene::gcc
