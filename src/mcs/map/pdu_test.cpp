#include "mcs/map/pdu.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::mcs::map {
namespace {

void expect_octets(const Pdu& pdu, const char* octets) {
    SCOPED_TRACE(octets);
    auto encoded = encode_pdu(pdu);
    ASSERT_TRUE(encoded) << encoded.error().message();
    EXPECT_EQ(to_hex(*encoded), octets);
    auto back = decode_pdu(Slice(hex(octets)));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(*back, pdu);
}

template <std::size_t I>
using ReasonAt = std::variant_alternative_t<I, Reason>;
using UnreliableLevel = std::variant_alternative_t<1, ReliabilityLevel>;
using UniformType = std::variant_alternative_t<1, DataType>;

const NonStandardParameter kPrivate{H221NonStandardIdentifier{bytes({0xB5, 0x00, 0x53, 0x4C})}, bytes({1, 2})};
const NonStandardParameter kEmpty{asn1::ObjectIdentifier::of({0, 0, 20, 125, 9, 1}), {}};
const NetworkAddress kAddress{bytes({0x49, 0x00, 0x01})};

TEST(Map, Connecting) {
    expect_octets(ConnectRequest{{1, 0}, 0, 0, {0, 0}}, "000000010000000000000000");
    expect_octets(ConnectRequest{{1, 0}, 65535, 65535, {1, 15}, std::vector{kPrivate}},
                  "010000010000ffffffff07c0018000b500534c020102");
    expect_octets(ConnectConfirm{{1, 0}, 0}, "0400000100000000");
    expect_octets(DisconnectRequest{ReasonAt<5>{}, true}, "0858");
    expect_octets(DisconnectRequest{kEmpty, true}, "08700500147d09010080");
    expect_octets(DisconnectConfirm{}, "0c");
    expect_octets(NonStandardPdu{kEmpty}, "400500147d090100");
}

TEST(Map, Arbitration) {
    const std::array<std::byte, 5> snap{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{8}, std::byte{0}};
    TransportProtocolConfirmEntry tcp;
    tcp.id = asn1::ObjectIdentifier::of({0, 0, 20, 123, 1});
    tcp.address = kAddress;
    tcp.maximum_payload = 16384;
    tcp.number_of_connections = 1;
    TransportProtocolConfirmEntry udp;
    udp.id = snap;
    udp.type.emplace<1>();
    udp.address = kAddress;
    udp.maximum_payload = 1400;
    expect_octets(ArbitrateProtocolsConfirm{9, false, {tcp, udp}, {}},
                  "140009000210000400147b0100404900013f80000101000000000800104049000104f8");
}

TEST(Map, DataOnAnyTransport) {
    expect_octets(Data{{}, {{true, true, Slice(bytes({0x28}))}}}, "180001300128");
    DataDescriptor descriptor;
    descriptor.domain_reference_id = 9;
    expect_octets(Data{descriptor, {{true, true, Slice(bytes({1, 2, 3, 4}))}}}, "19100000000901300401020304");
}

TEST(Map, Multicast) {
    const Metachannel whole{1, UnreliableLevel{}, {0, 15}};
    expect_octets(RemoveGroupRequest{whole}, "200000002078");
    DataFlowIdentifier flow{1001, MetachannelId{1, {}, 0}, UniformType{}};
    expect_octets(DisableUnicastRequest{flow}, "247000000000000040");
    expect_octets(EnableUnicastConfirm{{1001, MetachannelId{1, UnreliableLevel{}, 2}, DataType{}}, 24},
                  "2c70000000000024000018");
    expect_octets(DisableMulticastConfirm{{65535, {}, {0, 0}}}, "3400fffe0000");
    expect_octets(SequenceNumber{{}, 7}, "3c000007");
}

TEST(Map, IsToldFromAPlainConnection) {
    EXPECT_TRUE(looks_like_connect_request(hex("000000010000000000000000")));
    EXPECT_TRUE(looks_like_connect_request(hex("01")));
    EXPECT_FALSE(looks_like_connect_request(hex("7f65")));
    EXPECT_FALSE(looks_like_connect_request({}));
}

TEST(Map, RefusesWhatCannotBe) {
    EXPECT_FALSE(decode_pdu(Slice()));
    EXPECT_FALSE(decode_pdu(Slice(hex("44"))));      // alternative 17 of 17
    EXPECT_FALSE(decode_pdu(Slice(hex("3c0000"))));  // cut
    Data empty;
    EXPECT_TRUE(encode_pdu(empty));
    EXPECT_FALSE(encode_pdu(AddGroupRequest{}));                // an empty address
    EXPECT_FALSE(encode_pdu(RemoveGroupRequest{{0, {}, {}}}));  // there is no channel 0
}

}  // namespace
}  // namespace convene::mcs::map
