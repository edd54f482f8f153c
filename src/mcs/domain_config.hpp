/// The settings of a domain.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mcs/connect_pdu.hpp"

namespace convene::mcs {

/// What one may add to a queue that others have filled, such as strokes to one with a file, before it has to wait as
/// they do: this share of `DomainConfig::high_water`, and only while the queue holds less than twice that.
inline constexpr std::size_t kTrickleShare = 64;

struct DomainConfig {
    /// In force when a user attaches before the first connection is made; else that connection's negotiation decides.
    DomainParameters parameters{.max_channel_ids = 65'535,
                                .max_user_ids = 64'535,
                                .max_token_ids = 65'535,
                                .num_priorities = 1,
                                .min_throughput = 0,
                                .max_height = 16,
                                .max_mcspdu_size = 65'528,
                                .protocol_version = 2};
    /// Decides the order in which channel ids are handed out.
    std::uint32_t seed = 0;

    /// Octets queued on one transport of a receiver from which on the transports that feed it are paused, once they
    /// have added more than a trickle…
    std::size_t high_water = 512 * 1024;
    /// … until so few are left.
    std::size_t low_water = 128 * 1024;
    /// Octets queued on one transport at which a downward connection is closed instead.
    std::size_t queue_limit = 64 * 1024 * 1024;

    /// User ids one downward connection may hold when this is the top provider. A subordinate server brings all of its
    /// users through one connection.
    std::size_t max_users_per_connection = 10'000;
    /// AttachUserRequests of one connection that may await their confirm.
    std::size_t max_attaching_per_connection = 10'000;
    /// PDUs that may wait for the end of a merge; whoever sends more is disconnected.
    std::size_t max_held = 65'536;
};

}  // namespace convene::mcs
