#include "io/dial.hpp"

#include <gtest/gtest.h>

namespace convene::io {
namespace {

using boost::asio::ip::tcp;
using namespace std::chrono_literals;

class DialTest : public testing::Test {
protected:
    std::string dial_to(const HostPort& where, Duration time = 5s) {
        std::string result;
        const auto call = dial(
            context_, where,
            [&](DialResult got) { result = got ? "connected to " + to_text(got->remote_endpoint()) : got.error(); },
            time);
        context_.restart();
        context_.run();
        return result;
    }

    boost::asio::io_context context_;
};

TEST_F(DialTest, ConnectsByNameAndAddress) {
    tcp::acceptor acceptor(context_, {boost::asio::ip::address_v4::loopback(), 0});
    const auto port = acceptor.local_endpoint().port();
    const std::string expected = "connected to 127.0.0.1:" + std::to_string(port);
    EXPECT_EQ(dial_to({"127.0.0.1", port}), expected);
    EXPECT_EQ(dial_to({"localhost", port}), expected);
}

TEST_F(DialTest, SaysWhyNot) {
    std::uint16_t port = 0;
    {
        tcp::acceptor acceptor(context_, {boost::asio::ip::address_v4::loopback(), 0});
        port = acceptor.local_endpoint().port();
    }
    EXPECT_EQ(dial_to({"127.0.0.1", port}),
              "cannot connect to 127.0.0.1 port " + std::to_string(port) + ": Connection refused");
    EXPECT_TRUE(dial_to({"no-such-host.invalid", 1}, 2s).starts_with("cannot look up no-such-host.invalid: "));
}

TEST_F(DialTest, GivingUpSaysNothing) {
    tcp::acceptor acceptor(context_, {boost::asio::ip::address_v4::loopback(), 0});
    bool called = false;
    auto call = dial(context_, {"127.0.0.1", acceptor.local_endpoint().port()}, [&](DialResult) { called = true; });
    call.reset();
    context_.run();
    EXPECT_FALSE(called);
}

}  // namespace
}  // namespace convene::io
