/// Which measurements are made, and in which order: A B C A B C, so that what disturbs one disturbs all.
#pragma once

#include "bench/peers/options.hpp"
#include "bench/peers/results.hpp"

namespace convene::bench::peers {

/// Runs all that the options ask for; prints progress to stderr.
Results survey(const Options& options, const std::string& self);

}  // namespace convene::bench::peers
