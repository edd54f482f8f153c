#include "gcc/address_text.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::gcc {
namespace {

std::string read(std::string_view nsap, std::optional<Bytes> selector = {}) {
    const auto found = host_and_port_of(NetworkAddressItem{TransportAddress{hex(nsap), std::move(selector)}});
    return found ? to_string(*found) : "none";
}

TEST(AddressText, PeopleWriteAddressesInManyWays) {
    auto through = [](std::string_view text) {
        const auto parsed = parse_host_and_port(text);
        return parsed ? to_string(*parsed) : "none";
    };
    EXPECT_EQ(through("192.0.2.1"), "192.0.2.1:1503");
    EXPECT_EQ(through("192.0.2.1:99"), "192.0.2.1:99");
    EXPECT_EQ(through("2001:DB8::1"), "[2001:db8::1]:1503");
    EXPECT_EQ(through("[2001:db8::1]"), "[2001:db8::1]:1503");
    EXPECT_EQ(through("[2001:db8::1]:65535"), "[2001:db8::1]:65535");
    EXPECT_EQ(through("meeting.example:1504"), "meeting.example:1504");
    EXPECT_EQ(through("localhost"), "localhost:1503");
    for (const char* bad :
         {"", ":", ":1503", "host:", "host:0", "host:65536", "host:000001", "host:+1", "host:1x", "a b", "[]", "[::1",
          "::1]", "[host]:1", "[::1]1503", "1.2.3.256", "1.2.3", "a:b:c", "h/ost"}) {
        EXPECT_EQ(through(bad), "none") << bad;
    }
    EXPECT_EQ(through(std::string(253, 'a')), std::string(253, 'a') + ":1503");
    EXPECT_EQ(through(std::string(254, 'a')), "none");
}

TEST(AddressText, Version4IsWrittenInDigits) {
    const auto item = to_network_address_item({"192.0.2.1", 1503});
    EXPECT_EQ(item, NetworkAddressItem(TransportAddress{hex("54 00728722 03 192000002001 01503 00001"), std::nullopt}));
    EXPECT_EQ(host_and_port_of(item.value()), (HostAndPort{"192.0.2.1", 1503}));
}

TEST(AddressText, Version6HasItsPortInTheSelector) {
    const auto item = to_network_address_item({"2001:db8::1", 1504});
    EXPECT_EQ(item,
              NetworkAddressItem(TransportAddress{hex("35 0000 20010db8000000000000000000000001 00"), hex("05e0")}));
    EXPECT_EQ(host_and_port_of(item.value()), (HostAndPort{"2001:db8::1", 1504}));
}

TEST(AddressText, NamesTravelAsText) {
    const auto item = to_network_address_item({"meeting.example", 1504});
    ASSERT_TRUE(item);
    EXPECT_EQ(std::get<NonStandardParameter>(*item).data, to_bytes(std::string_view("meeting.example:1504")));
    EXPECT_EQ(host_and_port_of(*item), (HostAndPort{"meeting.example", 1504}));
    EXPECT_FALSE(to_network_address_item({"no name", 1}));
    EXPECT_FALSE(to_network_address_item({"", 1}));
}

TEST(AddressText, OtherFormsAreReadLeniently) {
    EXPECT_EQ(read("54 00728722 03 192000002001"), "192.0.2.1:1503");
    EXPECT_EQ(read("54 00728722 03 192000002001", hex("05e0")), "192.0.2.1:1504");
    EXPECT_EQ(read("54 00728722 03 192000002001 01504f"), "192.0.2.1:1504");
    EXPECT_EQ(read("35 0001 c0000201 00000000000000000000000000"), "192.0.2.1:1503");
    EXPECT_EQ(read("c0000201"), "192.0.2.1:1503");
    EXPECT_EQ(read("c0000201", hex("05e0")), "192.0.2.1:1504");
    EXPECT_EQ(read("c0000201 05e0"), "192.0.2.1:1504");
    EXPECT_EQ(read("c0000201 0000"), "192.0.2.1:1503");
    EXPECT_EQ(read("20010db8000000000000000000000001"), "[2001:db8::1]:1503");
    EXPECT_EQ(read("20010db8000000000000000000000001 05e0"), "[2001:db8::1]:1504");
    EXPECT_EQ(read(to_hex(as_bytes("192.0.2.1:1504"))), "192.0.2.1:1504");
    EXPECT_EQ(read(to_hex(as_bytes("TCP:192.0.2.1"))), "192.0.2.1:1503");
}

TEST(AddressText, WhatCannotBeReadIsSkipped) {
    EXPECT_EQ(read("00"), "none");
    EXPECT_EQ(read("54 00728722 03 1920000020"), "none");
    EXPECT_EQ(read("54 00728722 03 999000002001"), "none");
    EXPECT_EQ(read("54 00728722 03 19200000200a"), "none");
    EXPECT_EQ(read("54 00728722 03 192000002001 99999 00001"), "none");
    EXPECT_EQ(read("47 0005 80ffe1000000f21a000000000000000000"), "none");
    const NetworkAddress list{AggregatedChannel{}, TransportAddress{hex("00"), {}},
                              NonStandardParameter{h221_key(Bytes(4)), to_bytes(std::string_view("host:1"))},
                              TransportAddress{hex("c0000201"), {}}};
    EXPECT_EQ(host_and_port_of(list), (HostAndPort{"192.0.2.1", 1503}));
    EXPECT_FALSE(host_and_port_of(NetworkAddress{}));
}

}  // namespace
}  // namespace convene::gcc
