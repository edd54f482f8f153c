#include "gcc/child_table.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::kAda;
using testing::kBob;

constexpr mcs::ConnectionId kOne{1}, kTwo{2};
const Instant kLater = Instant{} + std::chrono::seconds{60};

TEST(ChildTable, a_tag_counts_once) {
    ChildTable table;
    const Tag tag = table.expect(false, kLater);
    table.bind(tag, kOne);
    ASSERT_TRUE(table.identify(tag, kAda, kOne));
    EXPECT_EQ(table.find(kAda)->connection, kOne);
    EXPECT_FALSE(table.identify(tag, kBob, kOne));
    EXPECT_EQ(table.find(kBob), nullptr);
}

TEST(ChildTable, a_tag_counts_only_from_its_connection) {
    ChildTable table;
    const Tag tag = table.expect(true, kLater);
    table.bind(tag, kOne);
    EXPECT_FALSE(table.identify(tag, kBob, kTwo));
    EXPECT_TRUE(table.identify(tag, kAda, kOne)->is_convener);
}

TEST(ChildTable, tags_that_are_not_awaited_mean_nothing) {
    ChildTable table;
    EXPECT_FALSE(table.identify(1, kAda, kOne));
    const Tag tag = table.expect(false, kLater);
    table.withdraw(tag);
    EXPECT_FALSE(table.identify(tag, kAda, kOne));
}

TEST(ChildTable, tags_expire) {
    ChildTable table;
    const Tag first = table.expect(false, kLater);
    table.bind(first, kOne);
    const Tag second = table.expect(false, kLater + std::chrono::seconds{1});
    EXPECT_EQ(table.deadline(), kLater);
    EXPECT_TRUE(table.take_expired(Instant{}).empty());
    const auto expired = table.take_expired(kLater);
    ASSERT_EQ(expired.size(), 1u);
    EXPECT_EQ(expired[0].tag, first);
    EXPECT_EQ(expired[0].connection, kOne);
    EXPECT_FALSE(table.identify(first, kAda, kOne));
    EXPECT_TRUE(table.identify(second, kAda, kTwo));
    EXPECT_EQ(table.deadline(), std::nullopt);
}

TEST(ChildTable, a_connection_can_stand_for_its_tag_once) {
    ChildTable table;
    table.bind(table.expect(false, kLater), kOne);
    EXPECT_FALSE(table.identify_by_connection(kAda, kTwo));
    EXPECT_TRUE(table.identify_by_connection(kAda, kOne));
    EXPECT_FALSE(table.identify_by_connection(kBob, kOne));
    EXPECT_EQ(table.child_of(kOne), kAda);
    EXPECT_TRUE(table.remove(kAda));
    EXPECT_FALSE(table.remove(kAda));
}

TEST(ChildTable, knows_all_connections_once) {
    ChildTable table;
    const Tag tag = table.expect(false, kLater);
    table.bind(tag, kTwo);
    table.identify(tag, kAda, kTwo);
    table.bind(table.expect(false, kLater), kOne);
    table.expect(false, kLater);
    EXPECT_EQ(table.connections(), (std::vector<mcs::ConnectionId>{kOne, kTwo}));
}

}  // namespace
}  // namespace convene::gcc
