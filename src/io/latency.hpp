/// How long octets stay in this process, from being read to being written, as a histogram.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace convene::io {

/// Upper bounds in microseconds; what takes longer is counted behind the last.
inline constexpr std::array<std::uint32_t, 12> kLatencyBounds{50,    100,    250,    500,     1'000,     2'500,
                                                              5'000, 10'000, 25'000, 100'000, 1'000'000, 10'000'000};

/// Written and read on one thread.
struct Latency {
    std::array<std::uint64_t, kLatencyBounds.size() + 1> buckets{};
    std::uint64_t microseconds = 0;  ///< their sum

    void add(Duration passed);
    void add(const Latency& more);
};

}  // namespace convene::io
