#include "t123/rdp.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::t123 {
namespace {

TEST(Rdp, CookieAndNegotiationRequest) {
    // [MS-RDPBCGR] 4.1.1
    const Bytes octets = hex("436f6f6b69653a206d737473686173683d656c746f6e730d0a 0100080000000000");
    auto request = parse_rdp_request(octets);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->cookie, "Cookie: mstshash=eltons");
    EXPECT_EQ(request->negotiation, (RdpNegotiationRequest{0, 0}));
    EXPECT_EQ(serialise(*request), octets);
    EXPECT_EQ(describe(*request), "Cookie: mstshash=eltons, protocols 0x00000000");
}

TEST(Rdp, NegotiationRequestAloneIsLittleEndian) {
    auto request = parse_rdp_request(hex("0109080003010000 06002400"));
    ASSERT_TRUE(request);
    EXPECT_TRUE(request->cookie.empty());
    EXPECT_EQ(request->negotiation, (RdpNegotiationRequest{9, 0x103}));
    EXPECT_TRUE(request->correlation);
    EXPECT_FALSE(parse_rdp_request(hex("0109080003010000"))->correlation);
    EXPECT_EQ(describe(*request), "protocols 0x00000103");
}

TEST(Rdp, LoadBalancingPrefixes) {
    for (const char* text :
         {"tsv://MS Terminal Services Plugin.1.x", "mth://x", "Cookie: msts=3640205228.15629.0000"}) {
        auto request = parse_rdp_request(as_bytes(text));  // even without CR LF
        ASSERT_TRUE(request) << text;
        EXPECT_EQ(request->cookie, text);
        EXPECT_FALSE(request->negotiation);
    }
}

TEST(Rdp, ParametersAreNotTakenForRdp) {
    for (const char* octets : {"", "c0010b", "010008", "01000800000000", "0100090000000000", "0100080100000000",
                               "0200080000000000", "436f6f6b6965"}) {
        EXPECT_FALSE(parse_rdp_request(hex(octets))) << octets;
    }
}

TEST(Rdp, Answers) {
    EXPECT_EQ(parse_rdp_answer(hex("0200080000000000")), (RdpAnswer{false, 0, 0}));
    EXPECT_EQ(parse_rdp_answer(hex("021f080002000000")), (RdpAnswer{false, 0x1f, 2}));
    EXPECT_EQ(parse_rdp_answer(hex("0300080005000000")), (RdpAnswer{true, 0, 5}));
    EXPECT_FALSE(parse_rdp_answer(hex("03000800050000")));
    EXPECT_FALSE(parse_rdp_answer(hex("c0010b")));
}

TEST(Rdp, DescriptionPrintsNothingUnprintable) {
    auto request = parse_rdp_request(as_bytes("Cookie: a\x1b[2Jb\xff"));
    ASSERT_TRUE(request);
    EXPECT_EQ(describe(*request), "Cookie: a.[2Jb.");
}

}  // namespace
}  // namespace convene::t123
