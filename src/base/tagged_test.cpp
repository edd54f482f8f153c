#include "base/tagged.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <unordered_set>

namespace convene {
namespace {

using UserNumber = StrongId<struct UserNumberTag, std::uint16_t>;
using ChannelNumber = StrongId<struct ChannelNumberTag, std::uint16_t>;
using NumericName = Tagged<struct NumericNameTag, std::string>;

static_assert(!std::is_convertible_v<UserNumber, ChannelNumber>);
static_assert(!std::is_convertible_v<std::uint16_t, UserNumber>);
static_assert(sizeof(UserNumber) == sizeof(std::uint16_t));
static_assert(is_tagged<UserNumber> && is_tagged<NumericName> && !is_tagged<std::string>);

TEST(StrongId, ComparesByValue) {
    EXPECT_EQ(UserNumber{1001}, UserNumber{1001});
    EXPECT_LT(UserNumber{1001}, UserNumber{1002});
    EXPECT_EQ(UserNumber{}.value, 0);
}

TEST(StrongId, WorksAsAKey) {
    std::unordered_set<UserNumber> users{UserNumber{1001}, UserNumber{1002}, UserNumber{1001}};
    EXPECT_EQ(users.size(), 2U);
    EXPECT_EQ(users.count(UserNumber{1002}), 1U);
    EXPECT_EQ(users.count(UserNumber{1003}), 0U);
}

TEST(Tagged, ComparesByValue) {
    EXPECT_EQ(NumericName{"123"}, NumericName{"123"});
    EXPECT_FALSE(NumericName{"123"} == NumericName{"124"});
}

}  // namespace
}  // namespace convene
