/// From settings to the limits of the rooms below.
#pragma once

#include "io/connection.hpp"
#include "node/node.hpp"
#include "server/door_records.hpp"
#include "server/settings.hpp"

namespace convene::server {

/// What a conference's node is like; `max_users` are those beside the server itself.
node::NodeConfig node_config(const Settings& settings, std::uint64_t max_users, node::RandomSource random);
node::ReceptionLimits reception_limits(const Settings& settings);
io::ConnectionLimits connection_limits(const Settings& settings);

/// The profile of the default conference, and of one in the configuration.
gcc::ConferenceProfile default_profile(const Settings& settings);
/// The error is a sentence: a password file cannot be read. `free_number` serves those without a number.
Expected<gcc::ConferenceProfile, std::string> profile_of(const ConferenceSettings& conference,
                                                         const std::string& free_number);

/// Of one that was created through the web. An empty number is to be filled in.
gcc::ConferenceProfile created_profile(const CreatedConference& created);

}  // namespace convene::server
