/// What the entities of all applications have in common when they enrol. T.121.
#pragma once

#include <optional>
#include <vector>

#include "gcc/records.hpp"

namespace convene::gcc {

/// A line of the application roster.
struct RosterLine {
    SessionKey session;
    Entity entity;
    ApplicationRecord record;
};

/// The channel of the first session among `lines` that says one: whoever is there already has chosen (T.121 §7).
std::optional<ChannelId> chosen_channel(const std::vector<RosterLine>& lines);

/// The record of an entity that takes part: its application's attachment `user`, in the session on `channel`.
ApplicationRecord active_record(UserId user, ChannelId channel);

}  // namespace convene::gcc
