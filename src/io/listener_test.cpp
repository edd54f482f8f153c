#include "io/listener.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace convene::io {
namespace {

using boost::asio::ip::tcp;
using namespace std::chrono_literals;

Endpoint loopback(std::uint16_t port) { return {boost::asio::ip::address_v4::loopback(), port}; }

TEST(Listener, AcceptsUntilPaused) {
    boost::asio::io_context context;
    auto listener = std::move(*Listener::open(context, loopback(0)));
    std::vector<tcp::socket> sockets;
    listener->start(
        [&](tcp::socket socket) {
            sockets.push_back(std::move(socket));
            if (sockets.size() == 2) listener->pause();
        },
        [](std::string_view) { FAIL(); });
    std::vector<tcp::socket> clients;
    for (int i = 0; i < 3; ++i) clients.emplace_back(context).connect(listener->endpoint());
    context.run_for(50ms);
    EXPECT_EQ(sockets.size(), 2u);
    listener->resume();
    context.restart();
    context.run_for(50ms);
    EXPECT_EQ(sockets.size(), 3u);
}

TEST(Listener, SaysWhoHasThePort) {
    boost::asio::io_context context;
    const auto first = std::move(*Listener::open(context, loopback(0)));
    const auto second = Listener::open(context, first->endpoint());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().error, EADDRINUSE);
    EXPECT_NE(second.error().text.find("process " + std::to_string(::getpid())), std::string::npos)
        << second.error().text;
}

TEST(Listener, SaysWhenTheAddressIsNotOfThisMachine) {
    boost::asio::io_context context;
    const auto listener = Listener::open(context, {boost::asio::ip::make_address("192.0.2.77"), 1503});
    ASSERT_FALSE(listener);
    EXPECT_EQ(listener.error().text, "cannot listen on 192.0.2.77:1503: this machine has no such address");
}

TEST(Listener, MayGoWhileAccepting) {
    boost::asio::io_context context;
    auto listener = std::move(*Listener::open(context, loopback(0)));
    listener->start([](tcp::socket) {}, [](std::string_view) {});
    tcp::socket client(context);
    client.connect(listener->endpoint());
    listener.reset();
    context.run_for(20ms);
    SUCCEED();
}

}  // namespace
}  // namespace convene::io
