/// What slow and hanging receivers do to a conference, and what they must not do: scenarios of which a seed decides the
/// rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mcs/flow_counts.hpp"
#include "sim/backpressure_world.hpp"

namespace convene::sim {

/// Builds the conference, brings one of its members into trouble, and says what is not as it must be.
using Scenario = void (*)(BackpressureWorld& world);

/// One of several receivers stops reading, or reads slowly. T.125 §13.2.
void slow_receiver(BackpressureWorld& world);
/// It does so on some of its four transports.
void slow_transports(BackpressureWorld& world);
/// It stops for good, and who sends to it cannot be held back, or is.
void hung_receiver(BackpressureWorld& world);
/// It is two providers away from those who send to it.
void slow_behind_hops(BackpressureWorld& world);
/// It stops in a domain that demands a throughput. T.125 §13.3.
void slower_than_demanded(BackpressureWorld& world);
/// It has stopped when its domain becomes part of another one. T.125 §13.5.
void slow_in_a_merge(BackpressureWorld& world);

struct PressureOutcome {
    std::vector<std::string> violations;  ///< empty: all is well
    std::string trace;                    ///< when it was asked for
    std::uint64_t fingerprint = 0;        ///< of everything that was delivered
    mcs::FlowCounts flow;                 ///< what all providers together decided
    std::size_t messages = 0;             ///< that were sent
};
PressureOutcome simulate_pressure(Scenario scenario, std::uint64_t seed, bool traced = false);

}  // namespace convene::sim
