#include "admission/tickets.hpp"

#include <gtest/gtest.h>

#include "admission/testing.hpp"

namespace convene::admission {
namespace {

class TicketsTest : public ::testing::Test {
protected:
    std::string issue(const std::string& entry) { return tickets_.issue(entry, random_, clock_.now().instant); }
    std::optional<std::string> redeem(const std::string& text) { return tickets_.redeem(text, clock_.now().instant); }

    testing::Clock clock_;
    RandomOctets random_ = testing::counting_octets();
    Tickets tickets_;
};

TEST_F(TicketsTest, CountOnce) {
    const auto ticket = issue("ada");
    EXPECT_EQ(redeem(testing::tampered(ticket)), std::nullopt);
    EXPECT_EQ(redeem(ticket), "ada");
    EXPECT_EQ(redeem(ticket), std::nullopt);
    EXPECT_EQ(redeem("no ticket"), std::nullopt);
}

TEST_F(TicketsTest, CountForAMinute) {
    const auto early = issue("ada");
    clock_.pass(std::chrono::seconds(59));
    EXPECT_EQ(redeem(early), "ada");
    const auto late = issue("ada");
    clock_.pass(std::chrono::seconds(60));
    EXPECT_EQ(redeem(late), std::nullopt);
}

TEST_F(TicketsTest, NobodyHoardsThem) {
    const auto first = issue("ada");
    const auto others = issue("grace");
    for (std::size_t i = 0; i < kMaxTicketsOfOne; ++i) issue("ada");
    EXPECT_EQ(redeem(first), std::nullopt);
    EXPECT_EQ(redeem(others), "grace");
    clock_.pass(std::chrono::minutes(1));
    issue("grace");
    EXPECT_EQ(tickets_.size(), 1u) << "old ones are forgotten";
}

}  // namespace
}  // namespace convene::admission
