#include "server/connection_counts.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace convene::server {
namespace {

namespace ip = boost::asio::ip;

TEST(ConnectionCounts, SourcesAreIpv4AddressesAndIpv6Networks) {
    EXPECT_EQ(source_of(ip::make_address("192.0.2.1")), "192.0.2.1");
    EXPECT_EQ(source_of(ip::make_address("::ffff:192.0.2.1")), "192.0.2.1");
    EXPECT_EQ(source_of(ip::make_address("::1")), "::1");
    EXPECT_EQ(source_of(ip::make_address("2001:db8::1:2:3:4")), "2001:db8::/64");
    EXPECT_EQ(source_of(ip::make_address("2001:db8::ffff:2:3:4")), "2001:db8::/64");
}

TEST(ConnectionCounts, CountsInAllAndByAddress) {
    ConnectionCounts counts(3, 2);
    const auto one = ip::make_address("192.0.2.1");
    const auto two = ip::make_address("192.0.2.2");
    auto first = counts.admit(one);
    auto second = counts.admit(one);
    EXPECT_STREQ(counts.admit(one).error(), "too many connections from this address");
    auto third = counts.admit(two);
    EXPECT_STREQ(counts.admit(two).error(), "too many connections");
    EXPECT_EQ(counts.total(), 3u);
    *first = {};
    EXPECT_EQ(counts.total(), 2u);
    ConnectionCounts::Ticket moved = std::move(*second);
    EXPECT_EQ(counts.total(), 2u);
    EXPECT_EQ(moved.source(), "192.0.2.1");
    EXPECT_TRUE(counts.admit(one));  // and given back at once
    EXPECT_EQ(counts.total(), 2u);
}

TEST(ConnectionCounts, TicketsMayEndOnOtherThreads) {
    ConnectionCounts counts(10'000, 10'000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) EXPECT_TRUE(counts.admit(ip::make_address("192.0.2.1")));
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(counts.total(), 0u);
}

}  // namespace
}  // namespace convene::server
