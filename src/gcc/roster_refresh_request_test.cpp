#include "gcc/roster_refresh_request.hpp"

#include <gtest/gtest.h>

#include "asn1/per.hpp"
#include "base/hex.hpp"

namespace convene::gcc {
namespace {

TEST(RosterRefreshRequest, is_encoded_as_the_module_declares_it) {
    RosterRefreshRequest request;
    request.node_id = UserId{1003};
    request.node_category = Conventional{};
    request.full_refresh = true;
    request.send_conference_roster = false;
    request.application_list = ApplicationKeyList{{{object_key({0, 0, 20, 126, 0, 1}), {}}}, {}};
    request.session_list = SessionKeyList{{{SessionKey{h221_key(hex("B500534C02")), ChannelId{8}}, {}}}, {}};
    const char* octets = "7000021001000500147e000100013010b500534c020007";
    EXPECT_EQ(to_hex(*asn1::per_encode(request)), octets);
    EXPECT_EQ(*asn1::per_decode<RosterRefreshRequest>(hex(octets)), request);
}

}  // namespace
}  // namespace convene::gcc
