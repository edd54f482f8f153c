#include "gcc/child_table.hpp"

#include <algorithm>

namespace convene::gcc {

Tag ChildTable::expect(bool as_convener, Instant expires) {
    const Tag tag = next_tag_++;
    expected_.emplace(tag, Expected{std::nullopt, as_convener, expires});
    return tag;
}

void ChildTable::bind(Tag tag, mcs::ConnectionId connection) {
    const auto at = expected_.find(tag);
    if (at != expected_.end()) at->second.connection = connection;
}

std::optional<ChildTable::Child> ChildTable::settle(std::map<Tag, Expected>::iterator at, UserId user,
                                                    mcs::ConnectionId connection) {
    const Child child{connection, at->second.as_convener};
    expected_.erase(at);
    children_.insert_or_assign(user, child);
    return child;
}

std::optional<ChildTable::Child> ChildTable::identify(Tag tag, UserId user, mcs::ConnectionId connection) {
    const auto at = expected_.find(tag);
    if (at == expected_.end() || at->second.connection.value_or(connection) != connection) return std::nullopt;
    return settle(at, user, connection);
}

std::optional<ChildTable::Child> ChildTable::identify_by_connection(UserId user, mcs::ConnectionId connection) {
    if (child_of(connection)) return std::nullopt;
    const auto at = std::find_if(expected_.begin(), expected_.end(),
                                 [&](const auto& entry) { return entry.second.connection == connection; });
    if (at == expected_.end()) return std::nullopt;
    return settle(at, user, connection);
}

const ChildTable::Child* ChildTable::find(UserId user) const {
    const auto at = children_.find(user);
    return at == children_.end() ? nullptr : &at->second;
}

std::optional<UserId> ChildTable::child_of(mcs::ConnectionId connection) const {
    for (const auto& [user, child] : children_)
        if (child.connection == connection) return user;
    return std::nullopt;
}

bool ChildTable::expects_convener() const {
    for (const auto& [tag, expected] : expected_)
        if (expected.as_convener) return true;
    return false;
}

std::vector<ChildTable::Expired> ChildTable::take_expired(Instant now) {
    std::vector<Expired> out;
    for (auto at = expected_.begin(); at != expected_.end();) {
        if (at->second.expires > now) {
            ++at;
            continue;
        }
        out.push_back({at->first, at->second.connection});
        at = expected_.erase(at);
    }
    return out;
}

std::optional<Instant> ChildTable::deadline() const {
    // Tags grow and all wait equally long, so the first is the oldest.
    if (expected_.empty()) return std::nullopt;
    return expected_.begin()->second.expires;
}

std::vector<mcs::ConnectionId> ChildTable::connections() const {
    std::vector<mcs::ConnectionId> out;
    for (const auto& [user, child] : children_) out.push_back(child.connection);
    for (const auto& [tag, expected] : expected_)
        if (expected.connection) out.push_back(*expected.connection);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace convene::gcc
