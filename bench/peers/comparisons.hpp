/// Convene beside itself: what order for all, another core and somebody who reads nothing cost.
#pragma once

#include <string>
#include <vector>

#include "bench/peers/options.hpp"
#include "bench/peers/results.hpp"

namespace convene::bench::peers {

/// One row for each comparison that was made, from medians of measurements that took turns.
std::vector<Comparison> compare(const Options& options);

}  // namespace convene::bench::peers
