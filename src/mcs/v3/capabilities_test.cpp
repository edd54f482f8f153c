#include "mcs/v3/capabilities.hpp"

#include <gtest/gtest.h>

#include "asn1/per.hpp"
#include "base/hex.hpp"

namespace convene::mcs::v3 {
namespace {

template <class T>
void expect_octets(const T& pdu, const char* octets) {
    auto encoded = asn1::per_encode(pdu);
    ASSERT_TRUE(encoded) << encoded.error().message();
    EXPECT_EQ(to_hex(*encoded), octets);
    auto back = asn1::per_decode<T>(hex(octets));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(*back, pdu);
}

TEST(V3Capabilities, Request) {
    CapabilitiesNotificationRequest request;
    request.add_list = std::vector<RequestCapability>{
        {std::uint16_t{3}, NoCapabilityValue{}, Global{}, {}},
        {Key{H221NonStandardIdentifier{bytes({1, 2, 3, 4})}}, UnsignedMin{5}, Partial{1}, {}},
    };
    expect_octets(request, "400200000306000102030440010580");
}

TEST(V3Capabilities, Indication) {
    CapabilitiesNotificationIndication indication;
    indication.v2_node_present = true;
    indication.add_list = std::vector<IndicationCapability>{{std::uint16_t{3}, UnsignedMax{70000}, true, false, {}}};
    indication.remove_list =
        std::vector<IndicationCapability>{{std::uint16_t{0}, NoCapabilityValue{}, false, true, {}}};
    expect_octets(indication, "68010000038003011170800100000010");
}

}  // namespace
}  // namespace convene::mcs::v3
