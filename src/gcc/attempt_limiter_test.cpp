#include "gcc/attempt_limiter.hpp"

#include <gtest/gtest.h>

namespace convene::gcc {
namespace {

using std::chrono::seconds;
constexpr Instant kFirstTry{std::chrono::hours{1}};
constexpr AttemptLimits kLimits{.burst = 3, .refill = seconds{10}, .max_sources = 4};

TEST(AttemptLimiter, AllowsABurstAndThenOneEachInterval) {
    AttemptLimiter limiter(kLimits);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limiter.may_try("a", kFirstTry));
        limiter.failed("a", kFirstTry);
    }
    EXPECT_FALSE(limiter.may_try("a", kFirstTry));
    EXPECT_FALSE(limiter.may_try("a", kFirstTry + seconds{9}));
    EXPECT_TRUE(limiter.may_try("a", kFirstTry + seconds{10}));
    limiter.failed("a", kFirstTry + seconds{10});
    EXPECT_FALSE(limiter.may_try("a", kFirstTry + seconds{19}));
    EXPECT_TRUE(limiter.may_try("a", kFirstTry + seconds{20}));
}

TEST(AttemptLimiter, SourcesDoNotHurtEachOther) {
    AttemptLimiter limiter(kLimits);
    for (int i = 0; i < 50; ++i) limiter.failed("a", kFirstTry);
    EXPECT_FALSE(limiter.may_try("a", kFirstTry));
    EXPECT_TRUE(limiter.may_try("b", kFirstTry));
    EXPECT_TRUE(limiter.may_try("a", kFirstTry + seconds{10})) << "failures beyond the burst add no debt";
}

TEST(AttemptLimiter, PatienceRestoresTheWholeBurst) {
    AttemptLimiter limiter(kLimits);
    for (int i = 0; i < 3; ++i) limiter.failed("a", kFirstTry);
    const Instant later = kFirstTry + seconds{31};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limiter.may_try("a", later));
        limiter.failed("a", later);
    }
    EXPECT_FALSE(limiter.may_try("a", later));
}

TEST(AttemptLimiter, ItsMemoryIsBounded) {
    AttemptLimiter limiter(kLimits);
    for (int i = 0; i < 3; ++i) limiter.failed("worst", kFirstTry);
    for (int i = 0; i < 100; ++i) limiter.failed("source " + std::to_string(i), kFirstTry);
    EXPECT_EQ(limiter.remembered(), 4U);
    EXPECT_FALSE(limiter.may_try("worst", kFirstTry)) << "the least guilty are forgotten first";
    limiter.failed("late", kFirstTry + seconds{60});
    EXPECT_EQ(limiter.remembered(), 1U) << "those who have waited long enough need no memory";
}

}  // namespace
}  // namespace convene::gcc
