#include "admission/ejections.hpp"

#include <gtest/gtest.h>

#include <string>

namespace convene::admission {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{1h};

TEST(Ejections, KnowAddressesAndInvitationsForATime) {
    Ejections ejections;
    ejections.add("192.0.2.1", "77d2", kStart);
    EXPECT_TRUE(ejections.has_source("192.0.2.1", kStart));
    EXPECT_TRUE(ejections.has_invitation("77d2", kStart));
    EXPECT_FALSE(ejections.has_source("192.0.2.2", kStart));
    EXPECT_FALSE(ejections.has_invitation("77d3", kStart));
    EXPECT_TRUE(ejections.has_source("192.0.2.1", kStart + kEjectionTime - 1s));
    EXPECT_FALSE(ejections.has_source("192.0.2.1", kStart + kEjectionTime));
    EXPECT_FALSE(ejections.has_invitation("77d2", kStart + kEjectionTime));
}

TEST(Ejections, AnAddressThatIsNotKnownIsNobodys) {
    Ejections ejections;
    ejections.add("", std::nullopt, kStart);
    EXPECT_FALSE(ejections.has_source("", kStart));
    EXPECT_FALSE(ejections.has_invitation("", kStart));
}

TEST(Ejections, BeyondTheLimitTheOldestIsForgotten) {
    Ejections ejections;
    for (std::size_t i = 0; i <= kMaxEjections; ++i) ejections.add("host" + std::to_string(i), std::nullopt, kStart);
    EXPECT_FALSE(ejections.has_source("host0", kStart));
    EXPECT_TRUE(ejections.has_source("host1", kStart));
    EXPECT_TRUE(ejections.has_source("host" + std::to_string(kMaxEjections), kStart));
}

}  // namespace
}  // namespace convene::admission
