/// Who may do what while a conference is conducted. T.127 procedures, conducted mode; within the room only.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "files/session.hpp"

namespace convene::files {

class Conduct {
public:
    explicit Conduct(Session& session) : session_(session) {}

    /// `conductor` is a node id; none when the conference is not conducted. A new one voids what the old one granted.
    void on_conductor(std::optional<UserId> conductor, bool is_self);
    void on(UserId from, const PrivilegeRequest& pdu);
    void on(UserId from, const PrivilegeAssign& pdu);

    bool may(Privilege privilege) const { return !conductor_ || is_self_ || privileges_.contains(privilege); }
    bool is_conducted() const { return conductor_.has_value(); }
    /// Whether this is the file transfer entity of the conductor's node.
    bool is_conductor(UserId user) const;

    /// False when nobody conducts, this node does, or the conductor has no file transfer entity to ask.
    bool request(const std::vector<Privilege>& privileges);
    /// At the conductor only; else false. Each line replaces what that user had.
    bool assign(std::vector<UserPrivileges> list);

private:
    void tell();

    Session& session_;
    std::optional<UserId> conductor_;
    bool is_self_ = false;
    std::set<Privilege> privileges_;
};

}  // namespace convene::files
