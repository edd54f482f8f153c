#include "io/latency.hpp"

#include <algorithm>
#include <chrono>

namespace convene::io {

void Latency::add(Duration passed) {
    const auto count = std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
    const auto whole = static_cast<std::uint64_t>(std::max<decltype(count)>(count, 0));
    const auto bound = std::lower_bound(kLatencyBounds.begin(), kLatencyBounds.end(), whole);
    ++buckets[static_cast<std::size_t>(bound - kLatencyBounds.begin())];
    microseconds += whole;
}

void Latency::add(const Latency& more) {
    for (std::size_t i = 0; i < buckets.size(); ++i) buckets[i] += more.buckets[i];
    microseconds += more.microseconds;
}

}  // namespace convene::io
