/// How a node takes part in a conference, and the times and limits it keeps.
#pragma once

#include <cstddef>
#include <optional>

#include "base/time.hpp"
#include "gcc/profile.hpp"
#include "gcc/records.hpp"
#include "gcc/registry.hpp"

namespace convene::gcc {

struct ConferenceLimits {
    /// The first change of a roster waits this long for others before it is broadcast. T.124 leaves the time open.
    Duration broadcast_delay = std::chrono::milliseconds{200};
    /// Broadcasts follow each other at least this far apart for each node in the roster: a full refresh costs in
    /// proportion to the square of the roster, and so a thousand nodes that join at once see a handful of them.
    Duration broadcast_spacing_per_node = std::chrono::milliseconds{4};
    Duration max_broadcast_spacing = std::chrono::seconds{5};
    /// How long an intermediate node gathers changes before it reports upward. A leaf reports at once.
    Duration report_delay = std::chrono::milliseconds{100};
    /// How long a node that was let in may take to identify itself.
    Duration identification = std::chrono::seconds{60};
    /// How long the top GCC provider may take to answer a relayed join; callers give up after about 20 s.
    Duration relayed_join = std::chrono::seconds{15};
    /// How long the top GCC provider waits for a node that was let in elsewhere to appear in the roster. While it may
    /// be the convener, nobody else is let in there.
    Duration relayed_grant = std::chrono::seconds{20};
    /// After a termination was announced, when connections that are still there are ended.
    Duration termination_grace = std::chrono::seconds{8};
    /// After an ejection was announced, when the parent ends the ejected node's connection.
    Duration ejection_grace = std::chrono::seconds{5};
    std::size_t max_nodes = 20'000;
    std::size_t max_expected_children = 4096;  ///< let in, not identified yet
    std::size_t max_relayed_joins = 1024;      ///< waiting for the top's answer
    std::size_t max_sdu = 16 * 1024 * 1024;    ///< octets of one GCC PDU that comes in parts
    std::size_t max_sdus = 4096;               ///< GCC PDUs that come in parts at once
    std::size_t max_keys_reported = 256;       ///< KeySeen events in the life of the conference
};

/// The node above, as the connect phase showed it.
struct Superior {
    UserId node;  ///< to which this one is connected
    UserId top;
    Tag tag = 0;  ///< to send back

    static Superior of(const ConferenceCreateResponse& response) {
        return {response.node_id, response.node_id, response.tag};
    }
    /// Some peers leave out their own id when they are the top.
    static Superior of(const ConferenceJoinResponse& response) {
        return {response.node_id.value_or(response.top_node_id), response.top_node_id, response.tag};
    }
    static Superior of(const ConferenceInviteRequest& request) {
        return {request.node_id, request.top_node_id, request.tag};
    }
};

struct ConferenceSettings {
    ConferenceProfile profile;
    NodeRecord self;                     ///< how this node presents itself; the superior node is filled in
    std::optional<Superior> superior{};  ///< absent: this node is the top GCC provider
    bool is_convener = false;            ///< this node created the conference or knew the convener's password
    ConferenceLimits limits{};
    RegistryRules registry{};  ///< at the top
};

}  // namespace convene::gcc
