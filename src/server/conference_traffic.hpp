/// What conferences have carried, as numbers that can be summed up.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "io/connection.hpp"
#include "io/latency.hpp"
#include "mcs/data_counts.hpp"
#include "mcs/flow_counts.hpp"

namespace convene::server {

struct ConferenceTraffic {
    io::Traffic traffic;
    std::uint64_t connections = 0;                              ///< now
    std::uint64_t octets_queued = 0;                            ///< now, on all connections together
    std::uint64_t longest_queue = 0;                            ///< now, octets
    std::uint64_t waiting = 0;                                  ///< now, connections for which octets are queued
    std::uint64_t paused = 0;                                   ///< now, connections that are not read from
    std::array<std::uint64_t, io::kTooSlowReasons> too_slow{};  ///< receivers that were disconnected, by io::TooSlow
    mcs::FlowCounts flow;                                       ///< what the domains decided
    std::uint64_t unsent = 0;     ///< octets that were queued for those that are in too_slow
    std::uint64_t incidents = 0;  ///< PDUs that were not understood or not allowed
    std::uint64_t denied = 0;     ///< data and requests for tokens of those without the right
    mcs::DataCounts data;         ///< as the top providers saw it
    io::Latency latency;          ///< see io::Lane::latency()

    /// Numbers of now are kept apart from those since the start.
    void add(const ConferenceTraffic& more) {
        add_past(more);
        connections += more.connections;
        octets_queued += more.octets_queued;
        longest_queue = std::max(longest_queue, more.longest_queue);
        waiting += more.waiting;
        paused += more.paused;
    }
    std::uint64_t too_slow_for(io::TooSlow why) const { return too_slow[static_cast<std::size_t>(why)]; }
    void add_past(const ConferenceTraffic& more) {
        traffic.octets_in += more.traffic.octets_in;
        traffic.octets_out += more.traffic.octets_out;
        traffic.frames_out += more.traffic.frames_out;
        for (std::size_t why = 0; why < too_slow.size(); ++why) too_slow[why] += more.too_slow[why];
        flow.add(more.flow);
        unsent += more.unsent;
        incidents += more.incidents;
        denied += more.denied;
        data.add(more.data);
        latency.add(more.latency);
    }
};

}  // namespace convene::server
