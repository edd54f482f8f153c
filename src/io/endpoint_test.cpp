#include "io/endpoint.hpp"

#include <gtest/gtest.h>

namespace convene::io {
namespace {

TEST(Endpoint, ReadsHostsAndPorts) {
    EXPECT_EQ(parse_host_port("meet.example.org")->host, "meet.example.org");
    EXPECT_EQ(parse_host_port("meet.example.org")->port, 1503);
    EXPECT_EQ(parse_host_port("meet.example.org:99")->port, 99);
    EXPECT_EQ(parse_host_port("[::1]:99")->host, "::1");
    EXPECT_EQ(parse_host_port("[::1]")->port, 1503);
    EXPECT_EQ(parse_host_port("2001:db8::1")->host, "2001:db8::1");
    EXPECT_FALSE(parse_host_port("host:port"));
    EXPECT_FALSE(parse_host_port("host:"));
    EXPECT_FALSE(parse_host_port("host:65536"));
    EXPECT_FALSE(parse_host_port("[::1"));
    EXPECT_FALSE(parse_host_port("[::1]99"));
}

TEST(Endpoint, ReadsListenAddresses) {
    const auto text_of = [](std::string_view text) {
        std::string out;
        const auto endpoints = parse_listen(text);
        if (!endpoints) return endpoints.error();
        for (const auto& endpoint : *endpoints) out += (out.empty() ? "" : " ") + to_text(endpoint);
        return out;
    };
    EXPECT_EQ(text_of("127.0.0.1:1503"), "127.0.0.1:1503");
    EXPECT_EQ(text_of("::1"), "[::1]:1503");
    EXPECT_EQ(text_of("*"), "0.0.0.0:1503 [::]:1503");
    EXPECT_EQ(text_of(":2000"), "0.0.0.0:2000 [::]:2000");
    EXPECT_EQ(text_of("2000"), "0.0.0.0:2000 [::]:2000");
    EXPECT_EQ(text_of("localhost:0"), "127.0.0.1:0 [::1]:0");
    EXPECT_NE(text_of("example.org").find("no IP address"), std::string::npos);
}

TEST(Endpoint, ShowsMappedAddressesAsIpv4) {
    EXPECT_EQ(to_text(boost::asio::ip::make_address("::ffff:192.0.2.1")), "192.0.2.1");
}

}  // namespace
}  // namespace convene::io
