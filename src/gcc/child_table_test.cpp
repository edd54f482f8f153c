#include "gcc/child_table.hpp"

#include <gtest/gtest.h>

namespace convene::gcc {
namespace {

constexpr mcs::ConnectionId kOne{1}, kTwo{2};
constexpr UserId kAlice{1002}, kBob{1003};
const Instant kStart{};
const Instant kLater = kStart + std::chrono::seconds{60};

TEST(ChildTable, a_tag_counts_once) {
    ChildTable table;
    const Tag tag = table.expect(false, kLater);
    table.bind(tag, kOne);
    ASSERT_TRUE(table.identify(tag, kAlice, kOne));
    EXPECT_EQ(table.find(kAlice)->connection, kOne);
    EXPECT_FALSE(table.identify(tag, kBob, kOne));
    EXPECT_EQ(table.find(kBob), nullptr);
}

TEST(ChildTable, a_tag_counts_only_from_its_connection) {
    ChildTable table;
    const Tag tag = table.expect(true, kLater);
    table.bind(tag, kOne);
    EXPECT_FALSE(table.identify(tag, kBob, kTwo));
    EXPECT_TRUE(table.identify(tag, kAlice, kOne)->is_convener);
}

TEST(ChildTable, tags_that_are_not_awaited_mean_nothing) {
    ChildTable table;
    EXPECT_FALSE(table.identify(1, kAlice, kOne));
    const Tag tag = table.expect(false, kLater);
    table.withdraw(tag);
    EXPECT_FALSE(table.identify(tag, kAlice, kOne));
}

TEST(ChildTable, tags_expire) {
    ChildTable table;
    const Tag first = table.expect(false, kLater);
    table.bind(first, kOne);
    const Tag second = table.expect(false, kLater + std::chrono::seconds{1});
    EXPECT_EQ(table.deadline(), kLater);
    EXPECT_TRUE(table.take_expired(kStart).empty());
    const auto expired = table.take_expired(kLater);
    ASSERT_EQ(expired.size(), 1u);
    EXPECT_EQ(expired[0].tag, first);
    EXPECT_EQ(expired[0].connection, kOne);
    EXPECT_FALSE(table.identify(first, kAlice, kOne));
    EXPECT_TRUE(table.identify(second, kAlice, kTwo));
    EXPECT_EQ(table.deadline(), std::nullopt);
}

TEST(ChildTable, a_connection_can_stand_for_its_tag_once) {
    ChildTable table;
    table.bind(table.expect(false, kLater), kOne);
    EXPECT_FALSE(table.identify_by_connection(kAlice, kTwo));
    EXPECT_TRUE(table.identify_by_connection(kAlice, kOne));
    EXPECT_FALSE(table.identify_by_connection(kBob, kOne));
    EXPECT_EQ(table.child_of(kOne), kAlice);
    EXPECT_TRUE(table.remove(kAlice));
    EXPECT_FALSE(table.remove(kAlice));
}

TEST(ChildTable, knows_all_connections_once) {
    ChildTable table;
    const Tag tag = table.expect(false, kLater);
    table.bind(tag, kTwo);
    table.identify(tag, kAlice, kTwo);
    table.bind(table.expect(false, kLater), kOne);
    table.expect(false, kLater);
    EXPECT_EQ(table.connections(), (std::vector<mcs::ConnectionId>{kOne, kTwo}));
}

}  // namespace
}  // namespace convene::gcc
