/// How long messages take at a given rate, whether or not the server keeps up with it.
#pragma once

#include "bench/peers/crowd.hpp"

namespace convene::bench::peers {

struct Latency {
    double p50 = 0, p99 = 0, p999 = 0;  ///< nanoseconds from when a message was due to when a receiver read it
    bool complete = true;               ///< every receiver has got everything
};

/// Publishes `deliveries` a second, all receivers of all conferences counted, for `seconds`. The pace is an open loop:
/// a message that had to wait for its turn is late, whoever is to blame.
Latency measure_latency(Crowd& crowd, const Work& work, double deliveries, double seconds);

}  // namespace convene::bench::peers
