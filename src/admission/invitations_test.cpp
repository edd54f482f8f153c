#include "admission/invitations.hpp"

#include <gtest/gtest.h>

#include "admission/testing.hpp"

namespace convene::admission {
namespace {

using namespace std::chrono_literals;

class InvitationsTest : public ::testing::Test {
protected:
    NewInvitation make(InvitationWish wish) {
        auto made = invitations_.make(wish, random_, clock_.now().date);
        EXPECT_TRUE(made);
        return *made;
    }
    std::optional<Refusal> refusal(const std::string& secret) {
        const auto checked = invitations_.check(secret, clock_.now().date);
        return checked ? std::nullopt : std::optional(checked.error());
    }

    testing::Clock clock_;
    RandomOctets random_ = testing::counting_octets();
    Invitations invitations_;
};

TEST_F(InvitationsTest, AreKnownByTheirSecretAlone) {
    const auto made = make({Right::view});
    EXPECT_EQ(invitations_.check(made.secret, clock_.now().date)->right, Right::view);
    EXPECT_EQ(refusal(testing::tampered(made.secret)), Refusal::not_found);
    EXPECT_EQ(refusal(made.invitation.id), Refusal::not_found);
    EXPECT_EQ(refusal(""), Refusal::not_found);
}

TEST_F(InvitationsTest, Expire) {
    const auto made = make({Right::draw, false, 10s});
    clock_.pass(9999ms);
    EXPECT_EQ(refusal(made.secret), std::nullopt);
    clock_.pass(1ms);
    EXPECT_EQ(refusal(made.secret), Refusal::expired);
}

TEST_F(InvitationsTest, CountTheirUses) {
    const auto made = make({Right::draw, false, {}, 2});
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(refusal(made.secret), std::nullopt);
        invitations_.use(made.invitation.id);
    }
    EXPECT_EQ(refusal(made.secret), Refusal::used_up);
    EXPECT_EQ(invitations_.find(made.invitation.id)->uses, 2u);
}

TEST_F(InvitationsTest, AreRevoked) {
    const auto made = make({Right::draw});
    EXPECT_TRUE(invitations_.revoke(made.invitation.id));
    EXPECT_EQ(refusal(made.secret), Refusal::revoked);
    EXPECT_FALSE(invitations_.revoke("0000000000000000"));
}

TEST_F(InvitationsTest, MustMakeSense) {
    const auto refused = [&](const InvitationWish& wish) {
        return invitations_.make(wish, random_, clock_.now().date).error() == Refusal::invalid;
    };
    EXPECT_TRUE(refused({Right::draw, false, 0ms}));
    EXPECT_TRUE(refused({Right::draw, false, kMaxInvitationTime + 1ms}));
    EXPECT_TRUE(refused({Right::draw, false, {}, 0}));
    EXPECT_TRUE(refused({Right::draw, false, {}, kMaxUses + 1}));
    EXPECT_TRUE(refused({Right::draw, false, {}, {}, std::string(kMaxNoteOctets + 1, 'x')}));
    EXPECT_TRUE(refused({Right::draw, false, {}, {}, "\xFF"}));
}

TEST_F(InvitationsTest, SpentOnesGiveWay) {
    const auto spent = make({Right::draw, false, 1s});
    while (invitations_.size() < kMaxInvitations) make({Right::draw});
    EXPECT_EQ(invitations_.make({}, random_, clock_.now().date).error(), Refusal::too_many);
    clock_.pass(1s);
    const auto made = make({Right::draw});
    EXPECT_EQ(refusal(made.secret), std::nullopt);
    EXPECT_EQ(refusal(spent.secret), Refusal::not_found);
    EXPECT_EQ(invitations_.list().size(), kMaxInvitations);
}

TEST_F(InvitationsTest, ComeBackAsTheyWere) {
    const auto made = make({Right::moderate, true, 1h, 3, "for the board"});
    Invitations after;
    after.restore(made.invitation);
    EXPECT_EQ(*after.check(made.secret, clock_.now().date), made.invitation);
}

}  // namespace
}  // namespace convene::admission
