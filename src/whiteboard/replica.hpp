/// One node's copy of the board that a conference has in common, with what its own user did on top.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "whiteboard/board.hpp"

namespace convene::whiteboard {

/// Numbers a node's own operations in the order in which they were made.
using OwnId = std::uint64_t;

/// Two boards. The confirmed one has seen exactly what everybody has seen, in the one order in which the top provider
/// sends uniform data; so it is the same on all nodes that have seen as much. The other is what the user sees: the
/// confirmed one, and on top of it, in the order in which they were made, the user's own operations that have not come
/// back yet. It is made at the first of these, and costs next to nothing: the boards share their objects.
class Replica {
public:
    struct Pending {
        Operation operation;
        ItemId page;  ///< that it is about, or on which its object was; 0 when there was none
    };

    explicit Replica(const BoardLimits& limits) : confirmed_(limits) {}

    /// What the user sees.
    const Board& board() const { return shown_ ? *shown_ : confirmed_; }
    const Board& confirmed() const { return confirmed_; }
    const std::map<OwnId, Pending>& pending() const { return pending_; }
    /// In whose name own operations are tried.
    void set_self(mcs::UserId self) { self_ = self; }

    struct Proposal {
        Applied applied;
        std::optional<OwnId> id;  ///< nothing when it was refused
    };
    /// The user does something: seen at once, and pending until settled.
    Proposal propose(const Operation& operation);
    /// An operation in the order of all; `settled` when an own one has come back with it, entirely.
    Applied confirm(const Operation& operation, std::optional<mcs::UserId> author,
                    std::optional<OwnId> settled = std::nullopt);
    /// An own operation that will not come back.
    Changes settle(OwnId id);
    /// The confirmed board from somebody who had it, or from the store.
    Changes replace(Board confirmed);
    Changes remove_pointers_of(mcs::UserId user);

private:
    Board& shown();
    void forget(OwnId id);
    Changes rebase();
    Changes sync(ItemId object);

    Board confirmed_;
    std::optional<Board> shown_;
    std::map<OwnId, Pending> pending_;
    std::map<ItemId, std::set<OwnId>> by_object_;  ///< of pending ones
    OwnId next_ = 1;
    mcs::UserId self_;
};

}  // namespace convene::whiteboard
