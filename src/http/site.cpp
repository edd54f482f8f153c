#include "http/site.hpp"

#include <chrono>

namespace convene::http {

void Durations::add(Duration duration) {
    const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    std::size_t bucket = 0;
    while (bucket < kDurationBounds.size() && passed > std::int64_t{kDurationBounds[bucket]} * 1000) ++bucket;
    buckets[bucket].add();
    microseconds.add(static_cast<std::uint64_t>(passed));
}

}  // namespace convene::http
