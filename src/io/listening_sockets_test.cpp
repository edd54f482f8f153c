#include "io/listening_sockets.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace convene::io {
namespace {

using boost::asio::ip::tcp;

TEST(ListeningSockets, FindsOurOwn) {
    boost::asio::io_context context;
    const auto loopback = boost::asio::ip::address_v4::loopback();
    tcp::acceptor acceptor(context, tcp::endpoint(loopback, 0));
    const auto port = acceptor.local_endpoint().port();
    const auto found = listening_sockets([&](bool is_udp, std::uint16_t other) { return !is_udp && other == port; });
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].address, loopback);
    EXPECT_EQ(found[0].port, port);
    EXPECT_EQ(found[0].process, ::getpid());
    EXPECT_EQ(found[0].program, "io_test");
    EXPECT_EQ(found[0].user, ::geteuid());
}

TEST(ListeningSockets, NoneWithoutProc) {
    EXPECT_TRUE(listening_sockets([](bool, std::uint16_t) { return true; }, "/nonexistent").empty());
}

}  // namespace
}  // namespace convene::io
