#include "mcs/token_table.hpp"

#include <gtest/gtest.h>

namespace convene::mcs {
namespace {

constexpr TokenId kBaton{5};
constexpr UserId kA{1001}, kB{1002}, kC{1003};
constexpr std::size_t kLimit = 2;
const auto everybody_here = [](UserId) { return true; };

TokenAnswer ok(TokenStatus status) { return {Result::successful, status}; }
TokenAnswer not_available(TokenStatus status) { return {Result::token_not_available, status}; }
TokenAnswer not_possessed(TokenStatus status) { return {Result::token_not_possessed, status}; }

/// A table with kBaton in one state.
struct Tokens : ::testing::Test {
    TokenTable tokens;
    void grabbed() { tokens.grab(kA, kBaton, kLimit); }
    void inhibited(bool both = false) {
        tokens.inhibit(kA, kBaton, kLimit);
        if (both) tokens.inhibit(kB, kBaton, kLimit);
    }
    void giving() {
        grabbed();
        EXPECT_FALSE(tokens.give(kA, kBaton, kB, true));
    }
    void given() {
        giving();
        tokens.release(kA, kBaton);
    }
    void ungivable() {
        giving();
        tokens.detach({kB}, everybody_here);
    }
};

TEST_F(Tokens, GrabOfAFreeToken) {
    EXPECT_EQ(tokens.grab(kA, kBaton, kLimit), ok(TokenStatus::self_grabbed));
    EXPECT_EQ(tokens.seen_by(kA, kBaton), TokenStatus::self_grabbed);
    EXPECT_EQ(tokens.seen_by(kB, kBaton), TokenStatus::other_grabbed);
}

TEST_F(Tokens, LimitCountsTokensInUse) {
    tokens.grab(kA, TokenId{1}, kLimit);
    tokens.inhibit(kA, TokenId{2}, kLimit);
    TokenAnswer too_many{Result::too_many_tokens, TokenStatus::not_in_use};
    EXPECT_EQ(tokens.grab(kA, kBaton, kLimit), too_many);
    EXPECT_EQ(tokens.inhibit(kA, kBaton, kLimit), too_many);
    EXPECT_EQ(tokens.inhibit(kB, TokenId{2}, kLimit), ok(TokenStatus::self_inhibited));
}

TEST_F(Tokens, GrabOfATokenInUse) {
    grabbed();
    EXPECT_EQ(tokens.grab(kA, kBaton, kLimit), not_available(TokenStatus::self_grabbed));
    EXPECT_EQ(tokens.grab(kB, kBaton, kLimit), not_available(TokenStatus::other_grabbed));
    EXPECT_FALSE(tokens.give(kA, kBaton, kB, true));
    EXPECT_EQ(tokens.grab(kA, kBaton, kLimit), not_available(TokenStatus::self_giving));
    EXPECT_EQ(tokens.grab(kB, kBaton, kLimit), not_available(TokenStatus::self_recipient));
    EXPECT_EQ(tokens.grab(kC, kBaton, kLimit), not_available(TokenStatus::other_giving));
}

TEST_F(Tokens, OnlyALoneInhibitorCanGrab) {
    inhibited(true);
    EXPECT_EQ(tokens.grab(kA, kBaton, kLimit), not_available(TokenStatus::self_inhibited));
    EXPECT_EQ(tokens.grab(kC, kBaton, kLimit), not_available(TokenStatus::other_inhibited));
    EXPECT_EQ(tokens.release(kB, kBaton), ok(TokenStatus::other_inhibited));
    EXPECT_EQ(tokens.grab(kC, kBaton, kLimit), not_available(TokenStatus::other_inhibited));
    EXPECT_EQ(tokens.grab(kA, kBaton, kLimit), ok(TokenStatus::self_grabbed));
    EXPECT_TRUE(tokens.find(kBaton)->inhibitors.empty());
}

TEST_F(Tokens, Inhibit) {
    inhibited(true);
    EXPECT_EQ(tokens.inhibit(kC, kBaton, kLimit), ok(TokenStatus::self_inhibited));
    EXPECT_EQ(tokens.find(kBaton)->inhibitors.size(), 3U);
}

TEST_F(Tokens, InhibitByTheGrabberShares) {
    grabbed();
    EXPECT_EQ(tokens.inhibit(kB, kBaton, kLimit), not_available(TokenStatus::other_grabbed));
    EXPECT_EQ(tokens.inhibit(kA, kBaton, kLimit), ok(TokenStatus::self_inhibited));
    EXPECT_EQ(tokens.inhibit(kB, kBaton, kLimit), ok(TokenStatus::self_inhibited));
}

TEST_F(Tokens, InhibitOfAGivenToken) {
    giving();
    EXPECT_EQ(tokens.inhibit(kA, kBaton, kLimit), not_available(TokenStatus::self_giving));
    EXPECT_EQ(tokens.inhibit(kC, kBaton, kLimit), not_available(TokenStatus::other_giving));
}

TEST_F(Tokens, Release) {
    EXPECT_EQ(tokens.release(kA, kBaton), not_possessed(TokenStatus::not_in_use));
    grabbed();
    EXPECT_EQ(tokens.release(kB, kBaton), not_possessed(TokenStatus::other_grabbed));
    EXPECT_EQ(tokens.release(kA, kBaton), ok(TokenStatus::not_in_use));
    EXPECT_TRUE(tokens.empty());
    inhibited();
    EXPECT_EQ(tokens.release(kB, kBaton), not_possessed(TokenStatus::other_inhibited));
    EXPECT_EQ(tokens.release(kA, kBaton), ok(TokenStatus::not_in_use));
}

TEST_F(Tokens, ReleaseWhileGivingAndUngivable) {
    giving();
    EXPECT_EQ(tokens.release(kB, kBaton), not_possessed(TokenStatus::self_recipient));
    EXPECT_EQ(tokens.release(kA, kBaton), ok(TokenStatus::other_giving));
    EXPECT_EQ(tokens.find(kBaton)->state, TokenState::given);
    EXPECT_EQ(tokens.release(kA, kBaton), not_possessed(TokenStatus::other_giving));
    tokens.clear();
    ungivable();
    EXPECT_EQ(tokens.release(kA, kBaton), ok(TokenStatus::not_in_use));
}

TEST_F(Tokens, GiveNeedsAGrabbedTokenAndAUser) {
    EXPECT_EQ(tokens.give(kA, kBaton, kB, true), not_possessed(TokenStatus::not_in_use));
    grabbed();
    EXPECT_EQ(tokens.give(kB, kBaton, kA, true), not_possessed(TokenStatus::other_grabbed));
    EXPECT_EQ(tokens.give(kA, kBaton, kB, false), (TokenAnswer{Result::no_such_user, TokenStatus::self_grabbed}));
    EXPECT_FALSE(tokens.give(kA, kBaton, kB, true));
    EXPECT_EQ(tokens.give(kA, kBaton, kC, true), not_possessed(TokenStatus::self_giving));
    EXPECT_EQ(tokens.donor_awaiting(kB, kBaton), kA);
    EXPECT_FALSE(tokens.donor_awaiting(kC, kBaton));
}

TEST_F(Tokens, ResponseToAGiving) {
    EXPECT_FALSE(tokens.respond(kB, kBaton, true, true));
    giving();
    EXPECT_FALSE(tokens.respond(kC, kBaton, true, true));
    EXPECT_TRUE(tokens.respond(kB, kBaton, true, true));
    EXPECT_EQ(tokens.seen_by(kB, kBaton), TokenStatus::self_grabbed);
    EXPECT_FALSE(tokens.respond(kB, kBaton, true, true));
    tokens.clear();
    giving();
    EXPECT_TRUE(tokens.respond(kB, kBaton, false, true));
    EXPECT_EQ(tokens.seen_by(kA, kBaton), TokenStatus::self_grabbed);
    tokens.clear();
    giving();  // declined at a provider that the donor is not below
    EXPECT_TRUE(tokens.respond(kB, kBaton, false, false));
    EXPECT_TRUE(tokens.empty());
}

TEST_F(Tokens, ResponseAfterTheDonorLetGo) {
    given();
    EXPECT_FALSE(tokens.donor_awaiting(kB, kBaton));
    EXPECT_TRUE(tokens.respond(kB, kBaton, true, false));
    EXPECT_EQ(tokens.seen_by(kB, kBaton), TokenStatus::self_grabbed);
    tokens.clear();
    given();
    EXPECT_TRUE(tokens.respond(kB, kBaton, false, false));
    EXPECT_TRUE(tokens.empty());
}

TEST_F(Tokens, GiftToOneself) {
    grabbed();
    EXPECT_FALSE(tokens.give(kA, kBaton, kA, true));
    EXPECT_EQ(tokens.seen_by(kA, kBaton), TokenStatus::self_recipient);
    EXPECT_EQ(tokens.release(kA, kBaton), ok(TokenStatus::self_recipient));
    EXPECT_TRUE(tokens.respond(kA, kBaton, true, false));
    EXPECT_EQ(tokens.seen_by(kA, kBaton), TokenStatus::self_grabbed);
    EXPECT_FALSE(tokens.give(kA, kBaton, kA, true));
    EXPECT_TRUE(tokens.detach({kA}, everybody_here).empty());
    EXPECT_TRUE(tokens.empty());
}

TEST_F(Tokens, DetachOfHolders) {
    grabbed();
    tokens.detach({kB}, everybody_here);
    EXPECT_EQ(tokens.size(), 1U);
    tokens.detach({kA}, everybody_here);
    EXPECT_TRUE(tokens.empty());
    inhibited(true);
    tokens.detach({kA}, everybody_here);
    EXPECT_EQ(tokens.seen_by(kB, kBaton), TokenStatus::self_inhibited);
    tokens.detach({kB}, everybody_here);
    EXPECT_TRUE(tokens.empty());
}

TEST_F(Tokens, DetachOfARecipient) {
    giving();
    auto failed = tokens.detach({kB}, everybody_here);
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed[0].donor, kA);
    EXPECT_EQ(tokens.find(kBaton)->state, TokenState::ungivable);
    EXPECT_EQ(tokens.grab(kB, kBaton, kLimit), not_available(TokenStatus::other_grabbed));
    tokens.adopt(kA, kBaton, TokenStatus::self_grabbed);
    EXPECT_EQ(tokens.find(kBaton)->state, TokenState::grabbed);
    tokens.clear();
    ungivable();
    EXPECT_TRUE(tokens.detach({kA}, everybody_here).empty());
    EXPECT_TRUE(tokens.empty());
    given();
    EXPECT_TRUE(tokens.detach({kB}, everybody_here).empty());
    EXPECT_TRUE(tokens.empty());
}

TEST_F(Tokens, DetachOfADonor) {
    giving();
    EXPECT_TRUE(tokens.detach({kA}, everybody_here).empty());
    EXPECT_EQ(tokens.find(kBaton)->state, TokenState::given);
    EXPECT_EQ(tokens.seen_by(kB, kBaton), TokenStatus::self_recipient);
}

TEST_F(Tokens, BranchOfTheRecipientAloneForgetsTheToken) {
    tokens.offer(kA, kBaton, kB);
    EXPECT_TRUE(tokens.detach({kB}, [](UserId) { return false; }).empty());
    EXPECT_TRUE(tokens.empty());
}

TEST_F(Tokens, StatusIsAdopted) {
    tokens.adopt(kA, kBaton, TokenStatus::self_inhibited);
    tokens.adopt(kB, kBaton, TokenStatus::self_inhibited);
    tokens.adopt(kA, kBaton, TokenStatus::other_inhibited);
    EXPECT_EQ(tokens.find(kBaton)->inhibitors, FlatSet<UserId>{kB});
    tokens.adopt(kB, kBaton, TokenStatus::not_in_use);
    EXPECT_TRUE(tokens.empty());
    tokens.adopt(kA, kBaton, TokenStatus::self_grabbed);
    tokens.adopt(kB, kBaton, TokenStatus::other_grabbed);
    EXPECT_EQ(tokens.find(kBaton)->grabber, kA);
    tokens.adopt(kA, kBaton, TokenStatus::other_grabbed);
    EXPECT_TRUE(tokens.empty());
}

}  // namespace
}  // namespace convene::mcs
