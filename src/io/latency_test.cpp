#include "io/latency.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace convene::io {
namespace {

using namespace std::chrono_literals;

TEST(Latency, AMomentIsCountedUnderTheFirstBoundThatItDoesNotExceed) {
    Latency latency;
    latency.add(Duration(0us));
    latency.add(Duration(50us));
    latency.add(Duration(51us));
    latency.add(Duration(10s));
    latency.add(Duration(11s));
    EXPECT_EQ(latency.buckets.front(), 2u);
    EXPECT_EQ(latency.buckets[1], 1u);
    EXPECT_EQ(latency.buckets[kLatencyBounds.size() - 1], 1u);
    EXPECT_EQ(latency.buckets.back(), 1u);
    EXPECT_EQ(latency.microseconds, 101u + 21'000'000u);
}

TEST(Latency, AddsUp) {
    Latency one, sum;
    one.add(Duration(70us));
    sum.add(one);
    sum.add(one);
    EXPECT_EQ(sum.buckets[1], 2u);
    EXPECT_EQ(sum.microseconds, 140u);
    EXPECT_EQ(std::accumulate(sum.buckets.begin(), sum.buckets.end(), std::uint64_t{0}), 2u);
}

}  // namespace
}  // namespace convene::io
