/// One work given to all servers, in turn and several times.
#pragma once

#include <memory>
#include <vector>

#include "bench/peers/options.hpp"
#include "bench/peers/results.hpp"
#include "bench/peers/server.hpp"

namespace convene::bench::peers {

using Servers = std::vector<std::unique_ptr<Server>>;

struct Round {
    Work work;
    bool one_core = true;  ///< whether that is how the servers run
    bool latency = false;  ///< measure that too
};

/// A row for each server.
std::vector<Row> measure_round(const Options& options, const Round& round, Servers& servers);

}  // namespace convene::bench::peers
