#include "gcc/ip_literal.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::gcc {
namespace {

std::string through(std::string_view text) {
    const auto octets = parse_ipv6(text);
    return octets ? ipv6_text(*octets) : "none";
}

TEST(IpLiteral, Version4) {
    EXPECT_EQ(ipv4_text(parse_ipv4("192.0.2.1").value()), "192.0.2.1");
    EXPECT_EQ(ipv4_text(parse_ipv4("0.0.0.0").value()), "0.0.0.0");
    EXPECT_EQ(ipv4_text(parse_ipv4("255.255.255.255").value()), "255.255.255.255");
    for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "1..2.3", "01.2.3.4", "1.2.3.4 ",
                            "+1.2.3.4", "1.2.3.-4", "a.b.c.d", "1.2.3.1000"}) {
        EXPECT_FALSE(parse_ipv4(bad)) << bad;
    }
}

TEST(IpLiteral, Version6IsWrittenAsRfc5952Says) {
    EXPECT_EQ(through("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
    EXPECT_EQ(through("2001:0db8::0001"), "2001:db8::1");
    EXPECT_EQ(through("::"), "::");
    EXPECT_EQ(through("::1"), "::1");
    EXPECT_EQ(through("1::"), "1::");
    EXPECT_EQ(through("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1") << "one zero group stays";
    EXPECT_EQ(through("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1") << "the longest run";
    EXPECT_EQ(through("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1") << "the first of equal runs";
    EXPECT_EQ(through("::ffff:192.0.2.1"), "::ffff:c000:201");
    EXPECT_EQ(through("1:2:3:4:5:6:7.8.9.10"), "1:2:3:4:5:6:708:90a");
    EXPECT_EQ(to_hex(ByteView(parse_ipv6("2001:db8::ff").value())), "20010db80000000000000000000000ff");
}

TEST(IpLiteral, WhatIsNoVersion6) {
    for (const char* bad : {"", ":", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", ":::", "1::2::3",
                            "12345::", "g::", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "1.2.3.4::", "::1.2.3",
                            "fe80::1%eth0", "1:2:3:4:5:6:7:1.2.3.4", "[::1]", "::1:"}) {
        EXPECT_EQ(through(bad), "none") << bad;
    }
}

}  // namespace
}  // namespace convene::gcc
