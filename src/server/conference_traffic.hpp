/// What conferences have carried, as numbers that can be summed up.
#pragma once

#include <algorithm>
#include <cstdint>

#include "io/connection.hpp"

namespace convene::server {

struct ConferenceTraffic {
    io::Traffic traffic;
    std::uint64_t connections = 0;    ///< now
    std::uint64_t octets_queued = 0;  ///< now, on all connections together
    std::uint64_t longest_queue = 0;  ///< now, octets
    std::uint64_t too_slow = 0;       ///< receivers that were disconnected
    std::uint64_t incidents = 0;      ///< PDUs that were not understood or not allowed

    /// Numbers of now are kept apart from those since the start.
    void add(const ConferenceTraffic& more) {
        add_past(more);
        connections += more.connections;
        octets_queued += more.octets_queued;
        longest_queue = std::max(longest_queue, more.longest_queue);
    }
    void add_past(const ConferenceTraffic& more) {
        traffic.octets_in += more.traffic.octets_in;
        traffic.octets_out += more.traffic.octets_out;
        traffic.frames_out += more.traffic.frames_out;
        too_slow += more.too_slow;
        incidents += more.incidents;
    }
};

}  // namespace convene::server
