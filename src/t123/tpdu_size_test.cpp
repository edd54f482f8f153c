#include "t123/tpdu_size.hpp"

#include <gtest/gtest.h>

#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

TpduSizes c0(std::uint32_t size) { return {size, {}}; }
TpduSizes f0(std::uint32_t units) { return {{}, units}; }

TEST(TpduSize, DefaultIsNotNegotiated) {
    EXPECT_EQ(offer_sizes(kMaxTpdu), TpduSizes{});
    EXPECT_EQ(offer_sizes(1'000'000), TpduSizes{});
    SizeAnswer answer = answer_sizes({}, kMaxTpdu);
    EXPECT_EQ(answer.answer, TpduSizes{});
    EXPECT_EQ(answer.agreed, kMaxTpdu);
    EXPECT_EQ(agreed_size({}, {}), kMaxTpdu);
}

TEST(TpduSize, OfferOfASmallerOwnLimit) {
    EXPECT_EQ(offer_sizes(2048), (TpduSizes{2048, 16}));
    EXPECT_EQ(offer_sizes(2047), (TpduSizes{1024, 15}));
    EXPECT_EQ(offer_sizes(32'768), (TpduSizes{8192, 256}));
    EXPECT_EQ(offer_sizes(1), (TpduSizes{128, 1}));
}

TEST(TpduSize, ResponderAnswersInTheOffersTerms) {
    EXPECT_EQ(answer_sizes(c0(2048), kMaxTpdu).answer, c0(2048));
    EXPECT_EQ(answer_sizes(c0(8192), 1500).answer, c0(1024));
    EXPECT_EQ(answer_sizes(f0(16), kMaxTpdu).answer, f0(16));
    EXPECT_EQ(answer_sizes(f0(0xFFFFFFFF), kMaxTpdu).answer, f0(511));
    EXPECT_EQ(answer_sizes(f0(0xFFFFFFFF), kMaxTpdu).agreed, 65'408u);
    EXPECT_EQ(answer_sizes({128, 16}, kMaxTpdu).answer, f0(16));  // F0 over C0
    EXPECT_EQ(answer_sizes({}, 4096).answer, c0(4096));
}

TEST(TpduSize, ResponderNeverAnswersMoreThanOffered) {
    for (std::uint32_t size = 128; size <= 8192; size *= 2) {
        for (std::size_t own = 1; own < 70'000; own += 97) {
            SizeAnswer answer = answer_sizes(c0(size), own);
            EXPECT_LE(*answer.answer.size, size);
            EXPECT_LE(answer.agreed, size);
            EXPECT_LE(answer_sizes(f0(size / 128), own).agreed, size);
            EXPECT_EQ(agreed_size(c0(size), answer.answer), answer.agreed);  // both sides see the same
            EXPECT_GE(answer.agreed, kMinTpdu);
        }
    }
}

TEST(TpduSize, CallerTakesTheAnswerButNotMoreThanItOffered) {
    EXPECT_EQ(agreed_size(c0(2048), {}), 2048u);  // silence accepts the offer
    EXPECT_EQ(agreed_size(c0(2048), c0(512)), 512u);
    EXPECT_EQ(agreed_size(c0(2048), c0(8192)), 2048u);
    EXPECT_EQ(agreed_size({2048, 400}, f0(300)), 38'400u);
    EXPECT_EQ(agreed_size({2048, 400}, f0(500)), 51'200u);
    EXPECT_EQ(agreed_size({2048, 400}, c0(1024)), 1024u);
    EXPECT_EQ(agreed_size({2048, 400}, {}), 2048u);
    EXPECT_EQ(agreed_size({}, c0(1024)), 1024u);
    EXPECT_EQ(agreed_size({}, f0(0xFFFFFFFF)), kMaxTpdu);
}

}  // namespace
}  // namespace convene::t123
