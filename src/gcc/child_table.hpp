/// The nodes directly below this one: those that are expected, and those that have said who they are.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "gcc/numbers.hpp"
#include "mcs/ids.hpp"

namespace convene::gcc {

/// Ties connections to user ids. Whoever is let in gets a tag in its connect PDU and sends it back from its user id.
/// A tag counts once, for a limited time, and only from the connection for which it was made, where that is known.
class ChildTable {
public:
    struct Expected {
        std::optional<mcs::ConnectionId> connection;  ///< unknown until the connect phase is over
        bool as_convener = false;
        Instant expires;
    };
    struct Child {
        mcs::ConnectionId connection;
        bool is_convener = false;
    };
    struct Expired {
        Tag tag = 0;
        std::optional<mcs::ConnectionId> connection;
    };

    /// A fresh tag.
    Tag expect(bool as_convener, Instant expires);
    void bind(Tag tag, mcs::ConnectionId connection);
    void withdraw(Tag tag) { expected_.erase(tag); }

    /// The user below `connection` shows `tag`. Nothing when that is not awaited from there.
    std::optional<Child> identify(Tag tag, UserId user, mcs::ConnectionId connection);
    /// As if the user had shown the tag that was made for `connection`, if that has no child yet and awaits one:
    /// for peers that report before they identify themselves.
    std::optional<Child> identify_by_connection(UserId user, mcs::ConnectionId connection);

    const Child* find(UserId user) const;
    std::optional<UserId> child_of(mcs::ConnectionId connection) const;
    /// Returns whether the user was a child.
    bool remove(UserId user) { return children_.erase(user) != 0; }
    std::vector<Expired> take_expired(Instant now);
    std::optional<Instant> deadline() const;

    const std::map<UserId, Child>& children() const { return children_; }
    std::size_t expected() const { return expected_.size(); }
    bool expects_convener() const;
    /// All connections that children have or will have.
    std::vector<mcs::ConnectionId> connections() const;

private:
    std::optional<Child> settle(std::map<Tag, Expected>::iterator at, UserId user, mcs::ConnectionId connection);

    std::map<Tag, Expected> expected_;
    std::map<UserId, Child> children_;
    Tag next_tag_ = 1;
};

}  // namespace convene::gcc
