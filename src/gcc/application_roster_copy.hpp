/// The application rosters where they are received: every node's copy of what the top broadcasts.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "gcc/roster_limits.hpp"
#include "gcc/roster_update.hpp"

namespace convene::gcc {

/// One session as the top describes it.
struct SessionRoster {
    std::map<Entity, ApplicationRecord> entities;
    std::vector<CollapsedCapability> capabilities;
    std::uint16_t instance = 0;

    std::size_t active() const;  ///< entities with which a capability's numberOfEntities is to be compared
};

/// Applies the top's broadcasts. Tolerant: an update of a session before its first refresh is ignored, adding a known
/// entity replaces it, removing an unknown one does nothing. Whether the sender is the top is for the caller to check.
class ApplicationRosterCopy {
public:
    using Sessions = std::map<SessionKey, SessionRoster, SessionKeyOrder>;

    /// Returns the keys of the sessions that changed, came or ended.
    std::vector<SessionKey> receive(bool full_refresh, const std::vector<ApplicationInformation>& broadcast);
    /// MCS says that the node is gone; the broadcast about it, with the new capabilities, follows.
    std::vector<SessionKey> remove_node(UserId node);

    const Sessions& sessions() const { return sessions_; }
    const SessionRoster* find(const SessionKey& session) const;

private:
    bool receive_session(const ApplicationInformation& information);

    Sessions sessions_;
};

}  // namespace convene::gcc
