#include "mcs/parameters.hpp"

#include <gtest/gtest.h>

namespace convene::mcs {
namespace {

DomainParameters parameters(std::uint64_t channels, std::uint64_t users, std::uint64_t tokens, std::uint64_t priorities,
                            std::uint64_t throughput, std::uint64_t height, std::uint64_t size, std::uint64_t version) {
    return {channels, users, tokens, priorities, throughput, height, size, version};
}

// [MS-RDPBCGR] 4.1.3: target tokens 0 lies below the minimum 1.
const ParameterOffer kRdpOffer{parameters(34, 2, 0, 1, 0, 1, 65535, 2), parameters(1, 1, 1, 1, 0, 1, 1056, 2),
                               parameters(65535, 64535, 65535, 1, 0, 1, 65535, 2)};

TEST(Parameters, RdpTripleIsClampedNotRefused) {
    auto agreed = negotiate(kRdpOffer, default_parameter_range());
    ASSERT_TRUE(agreed);
    EXPECT_EQ(*agreed, parameters(34, 2, 1, 1, 0, 1, kMaxMcspduSize, 2));
}

TEST(Parameters, DefaultOfferMeetsItself) {
    auto agreed = negotiate(default_offer(), default_parameter_range());
    ASSERT_TRUE(agreed);
    EXPECT_EQ(*agreed, default_offer().target);
    EXPECT_EQ(agreed->num_priorities, 1U);
    EXPECT_EQ(agreed->protocol_version, 3U);
}

struct Negotiation {
    const char* what;
    std::uint64_t offered_target, offered_minimum, offered_maximum;
    std::uint64_t local_minimum, local_maximum;
    std::int64_t agreed;  ///< -1: conflict
};

// One parameter at a time; the rule is the same for all eight.
constexpr Negotiation kTable[] = {
    {"target inside both", 10, 1, 20, 5, 15, 10},
    {"target above our maximum", 18, 1, 20, 5, 15, 15},
    {"target below our minimum", 2, 1, 20, 5, 15, 5},
    {"target below the peer's own minimum", 0, 1, 20, 0, 15, 1},
    {"target above the peer's own maximum", 99, 1, 20, 0, 50, 20},
    {"intervals touch", 1, 1, 5, 5, 15, 5},
    {"peer wants less than we can", 1, 1, 4, 5, 15, -1},
    {"peer wants more than we can", 99, 16, 99, 5, 15, -1},
    {"peer's interval is empty", 3, 7, 3, 0, 15, -1},
    {"frozen here, reachable", 34, 1, 65535, 50, 50, 50},
    {"frozen here, out of reach", 34, 1, 40, 50, 50, -1},
    {"the largest number there is", ~0ULL, 0, ~0ULL, 0, 15, 15},
};

TEST(Parameters, NegotiationTable) {
    for (const NamedParameter& parameter : kDomainParameters) {
        for (const Negotiation& row : kTable) {
            SCOPED_TRACE(std::string(parameter.name) + ": " + row.what);
            ParameterOffer offer = default_offer();
            ParameterRange local = default_parameter_range();
            offer.target.*parameter.member = row.offered_target;
            offer.minimum.*parameter.member = row.offered_minimum;
            offer.maximum.*parameter.member = row.offered_maximum;
            local.minimum.*parameter.member = row.local_minimum;
            local.maximum.*parameter.member = row.local_maximum;
            auto agreed = negotiate(offer, local);
            ASSERT_EQ(agreed.has_value(), row.agreed >= 0);
            if (agreed) {
                EXPECT_EQ((*agreed).*parameter.member, static_cast<std::uint64_t>(row.agreed));
                EXPECT_TRUE(check_answer(*agreed, offer));
            } else {
                EXPECT_EQ(agreed.error().parameter, parameter.name);
                EXPECT_GT(agreed.error().minimum, agreed.error().maximum);
            }
        }
    }
}

TEST(Parameters, FrozenDomainGivesItsValuesButNotItsVersion) {
    DomainParameters in_force = parameters(100, 50, 20, 2, 0, 3, 4096, 2);
    auto range = frozen(in_force, default_parameter_range());
    auto agreed = negotiate(default_offer(), range);
    ASSERT_TRUE(agreed);
    DomainParameters wanted = in_force;
    wanted.protocol_version = 3;  // this connection may still be of version 3
    EXPECT_EQ(*agreed, wanted);

    // The RDP client insists on one priority and on height 1.
    auto refused = negotiate(kRdpOffer, range);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (ParameterConflict{"numPriorities", 2, 1}));
    EXPECT_EQ(refused.error().message(), "numPriorities would have to be at least 2 and at most 1");
}

TEST(Parameters, BelowAVersion2ConnectionOnlyVersion2) {
    auto agreed = negotiate(default_offer(), without_version_3(default_parameter_range()));
    ASSERT_TRUE(agreed);
    EXPECT_EQ(agreed->protocol_version, 2U);
}

TEST(Parameters, CallerChecksTheAnswerAgainstItsInterval) {
    ParameterOffer offer = kRdpOffer;
    EXPECT_TRUE(check_answer(parameters(34, 2, 1, 1, 0, 1, 65528, 2), offer));
    EXPECT_TRUE(check_answer(parameters(65535, 64535, 65535, 1, 0, 1, 1056, 2), offer));
    auto too_small = check_answer(parameters(34, 2, 1, 1, 0, 1, 1055, 2), offer);
    ASSERT_FALSE(too_small);
    EXPECT_EQ(too_small.error().parameter, "maxMCSPDUsize");
    EXPECT_EQ(check_answer(parameters(34, 2, 1, 2, 0, 1, 4096, 2), offer).error().parameter, "numPriorities");
    EXPECT_EQ(check_answer(parameters(34, 2, 1, 1, 0, 1, 4096, 3), offer).error().parameter, "protocolVersion");
}

}  // namespace
}  // namespace convene::mcs
