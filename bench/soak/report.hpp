/// What a long load came to, and whether it was good.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/soak/room.hpp"

namespace convene::bench {

/// A stretch of time.
struct SoakSample {
    double minute = 0;  ///< its end, from the beginning of the load
    std::size_t server_octets = 0;
    double server_cpu = 0;  ///< of one core
    double p50_ms = 0, p99_ms = 0;
};

struct SoakVerdict {
    double memory_growth = 0;   ///< from the second quarter to the last, as a share; the first is warm-up
    double latency_growth = 0;  ///< of the median p99, likewise
    bool agrees = false;        ///< at the end every board of a conference shows the same, and every line was heard
    bool is_good = false;
};

SoakVerdict judge(const std::vector<SoakSample>& samples, const SoakCounts& counts, bool agrees);
/// Markdown.
std::string report(const std::vector<SoakSample>& samples, const SoakCounts& counts, const SoakVerdict& verdict,
                   const std::string& what);

}  // namespace convene::bench
