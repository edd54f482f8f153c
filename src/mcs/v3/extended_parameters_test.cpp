#include "mcs/v3/extended_parameters.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::mcs::v3 {
namespace {

ExtendedParameters parameters(bool unreliable, std::uint16_t reference) { return {unreliable, reference, {}}; }

void expect_extended_octets(const ExtendedParameterPdu& pdu, const char* octets) {
    auto encoded = encode(pdu);
    ASSERT_TRUE(encoded) << encoded.error().message();
    EXPECT_EQ(to_hex(*encoded), octets);
    auto back = decode_extended_parameter_pdu(hex(octets));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(*back, pdu);
}

TEST(ExtendedParameters, Codec) {
    expect_extended_octets(
        ExtendedParameterPropose{parameters(true, 17), parameters(false, 17), parameters(true, 17), {}},
        "010011000011200011");
    expect_extended_octets(ExtendedParameterAccept{parameters(true, 17), {}}, "210011");
    NonStandardParameter private_one{asn1::ObjectIdentifier::of({0, 0, 20, 125, 9, 1}), {}};
    ExtendedParameters with_private{false, 0, std::vector{private_one}};
    expect_extended_octets(ExtendedParameterAccept{with_private, std::vector<NonStandardParameter>{}},
                           "2a000001000500147d09010000");
    expect_extended_octets(NonStandardPdu{private_one}, "400500147d090100");
}

TEST(ExtendedParameters, ReliableOnlyIsItsOwnAnswer) {
    auto chosen = choose(reliable_only());
    ASSERT_TRUE(chosen);
    EXPECT_EQ(*chosen, parameters(false, 0));
    EXPECT_TRUE(is_within(*chosen, reliable_only()));
}

TEST(ExtendedParameters, ChoosesWithinTheProposalAndWithoutUnreliableData) {
    ExtendedParameterPropose proposal{parameters(true, 17), parameters(false, 20), parameters(true, 30), {}};
    EXPECT_EQ(choose(proposal), parameters(false, 20));
    proposal.target.domain_reference_id = 99;
    EXPECT_EQ(choose(proposal), parameters(false, 30));
    proposal.minimum.unreliable_data_supported = true;
    EXPECT_EQ(choose(proposal), std::nullopt);
    proposal.minimum = parameters(false, 31);
    EXPECT_EQ(choose(proposal), std::nullopt);
}

TEST(ExtendedParameters, AnswerIsCheckedMemberByMember) {
    ExtendedParameterPropose proposal{parameters(false, 5), parameters(false, 5), parameters(false, 7), {}};
    EXPECT_TRUE(is_within(parameters(false, 5), proposal));
    EXPECT_TRUE(is_within(parameters(false, 7), proposal));
    EXPECT_FALSE(is_within(parameters(true, 6), proposal));
    EXPECT_FALSE(is_within(parameters(false, 4), proposal));
    EXPECT_FALSE(is_within(parameters(false, 8), proposal));
}

}  // namespace
}  // namespace convene::mcs::v3
