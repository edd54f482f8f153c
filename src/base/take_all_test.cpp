#include "base/take_all.hpp"

#include <gtest/gtest.h>

namespace convene {
namespace {

TEST(TakeAll, ReplacesAndKeepsTheMemoryOfAFew) {
    std::vector<int> from{1, 2, 3}, into{4, 5};
    const int* memory = into.data();
    take_all(from, into, 3);
    EXPECT_EQ(into, (std::vector<int>{1, 2, 3}));
    EXPECT_TRUE(from.empty());
    EXPECT_EQ(from.data(), memory);
}

TEST(TakeAll, GivesTheMemoryOfABurstBack) {
    std::vector<int> from(100, 1), into;
    take_all(from, into, 10);
    EXPECT_EQ(into.size(), 100U);
    take_all(from, into, 10);
    EXPECT_TRUE(into.empty());
    EXPECT_EQ(from.capacity(), 0U) << "what held the burst";
    EXPECT_LE(into.capacity(), 10U);
}

}  // namespace
}  // namespace convene
