#include "server/spare_memory.hpp"

#include <gtest/gtest.h>

namespace convene::server {
namespace {

using namespace std::chrono_literals;
constexpr std::size_t kMiB = 1024 * 1024;

class SpareMemoryTest : public ::testing::Test {
protected:
    bool look(Duration cpu_since, std::size_t free) {
        cpu_ += cpu_since;
        return spare_.is_worth_returning(cpu_, [&]() -> std::optional<std::size_t> {
            ++counts_;
            return free;
        });
    }
    SpareMemory spare_;
    Duration cpu_{};
    int counts_ = 0;
};

TEST_F(SpareMemoryTest, WaitsUntilTheBurstIsOver) {
    EXPECT_FALSE(look(900ms, 50 * kMiB));
    EXPECT_FALSE(look(900ms, 60 * kMiB));
    EXPECT_EQ(counts_, 0);
    EXPECT_TRUE(look(1ms, 60 * kMiB));
}

TEST_F(SpareMemoryTest, LooksOnlyWhenSomethingWasDone) {
    EXPECT_TRUE(look(50ms, 60 * kMiB));
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(look(1ms, 60 * kMiB));
    EXPECT_EQ(counts_, 1);
}

TEST_F(SpareMemoryTest, WhatWasReturnedIsNotReturnedAgainUntilItWasUsed) {
    EXPECT_TRUE(look(50ms, 60 * kMiB));
    EXPECT_FALSE(look(50ms, 61 * kMiB)) << "too little";
    EXPECT_FALSE(look(50ms, 20 * kMiB)) << "40 MiB are in use again";
    EXPECT_TRUE(look(50ms, 60 * kMiB));
}

TEST_F(SpareMemoryTest, ALittleIsLeftToTheAllocator) { EXPECT_FALSE(look(50ms, kWorthReturning - 1)); }

}  // namespace
}  // namespace convene::server
