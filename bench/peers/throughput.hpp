/// How much a server relays when it always has something to do, and what that costs it.
#pragma once

#include "bench/peers/crowd.hpp"

namespace convene::bench::peers {

struct Throughput {
    double per_second = 0;      ///< deliveries
    double per_cpu_second = 0;  ///< deliveries for each second of the server's CPU time
    double server_load = 0;     ///< CPU seconds of the server a second; below 1 it waited for the generator
    bool complete = true;       ///< every receiver has got everything
};

/// Publishes for `seconds`, and a while before that does not count. A publisher is never more than a window ahead of
/// its slowest receiver.
Throughput measure_throughput(Crowd& crowd, const Work& work, const Process& server, double seconds);

}  // namespace convene::bench::peers
