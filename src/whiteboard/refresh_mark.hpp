/// Our own extras in the PDUs of a refresh: they make a copy exact, and other whiteboards pass over them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "whiteboard/si_pdu.hpp"

namespace convene::whiteboard {

/// In workspaceRefreshStatus(TRUE). On the session's channel it stands for a moment in the order of all: what comes
/// before it is in the copies that follow for `targets`, what comes after it is not. On a target's own channel it is
/// the beginning of its copy, and without targets the end.
struct RefreshMark {
    std::uint32_t serial = 0;  ///< of the refresher's moments
    std::vector<mcs::UserId> targets;

    friend bool operator==(const RefreshMark&, const RefreshMark&) = default;
};

WorkspaceRefreshStatusPdu status_with(const RefreshMark& mark);
/// Nothing in a status that has no mark.
std::optional<RefreshMark> mark_of(const WorkspaceRefreshStatusPdu& pdu);

/// To the refresher's own channel: "I have no copy yet". T.126 has no PDU for it.
NonStandardPdu refresh_request();
bool is_refresh_request(const NonStandardPdu& pdu);

}  // namespace convene::whiteboard
