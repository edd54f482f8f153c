/// Joins, and merges of channels, that a subordinate provider has passed on and its superior has not answered yet.
#pragma once

#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "mcs/flat_set.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// A leave that overtakes the answer to a join of the same channel would leave both ends of a connection with different
/// ideas of who is joined: the superior sees join, join, leave, while here the second confirm comes last. Such a leave
/// is kept back until no join of that channel is on its way. A merge joins the channels it names in just the same way.
class PendingJoins {
public:
    void add(ChannelId channel, UserId initiator) { ++joins_[{channel, initiator}]; }
    /// One answer has come.
    void settle(ChannelId channel, UserId initiator) {
        auto at = joins_.find({channel, initiator});
        if (at != joins_.end() && --at->second == 0) joins_.erase(at);
    }
    /// These users are gone; their joins will not be answered.
    void forget(const FlatSet<UserId>& users) {
        for (auto at = joins_.begin(); at != joins_.end();)
            at = users.contains(at->first.second) ? joins_.erase(at) : std::next(at);
    }
    void add_merge(ChannelId channel) { ++merges_[channel]; }
    void settle_merge(ChannelId channel) {
        auto at = merges_.find(channel);
        if (at != merges_.end() && --at->second == 0) merges_.erase(at);
    }
    bool any(ChannelId channel) const {
        if (merges_.count(channel) != 0) return true;
        auto at = joins_.lower_bound({channel, UserId{}});
        return at != joins_.end() && at->first.first == channel;
    }

    /// True when a leave of `channel` must wait; it then comes back from take_due_leaves().
    bool defer_leave(ChannelId channel) {
        if (!any(channel)) return false;
        deferred_.insert(channel);
        return true;
    }
    std::vector<ChannelId> take_due_leaves() {
        std::vector<ChannelId> due;
        for (auto at = deferred_.begin(); at != deferred_.end();) {
            if (any(*at)) {
                ++at;
            } else {
                due.push_back(*at);
                at = deferred_.erase(at);
            }
        }
        return due;
    }

    /// Joins and leaves that wait; merges are counted where their confirms are awaited.
    std::size_t size() const { return joins_.size() + deferred_.size(); }
    void clear() {
        joins_.clear();
        merges_.clear();
        deferred_.clear();
    }

private:
    std::map<std::pair<ChannelId, UserId>, std::size_t> joins_;
    std::map<ChannelId, std::size_t> merges_;
    std::set<ChannelId> deferred_;
};

}  // namespace convene::mcs
