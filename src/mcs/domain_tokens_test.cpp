#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

constexpr TokenId kFloor{77};

/// Top, a middle with a leaf, and another branch; users a (leaf), b (middle), c (other branch).
struct TokenTree : ::testing::Test {
    Network net;
    Network::Node top = net.add(config()), mid = net.add(), leaf = net.add(), other = net.add();
    Network::Link upper = net.connect(mid, top), lower = net.connect(leaf, mid), side = net.connect(other, top);
    AttachmentId a = net.user(leaf), b = net.user(mid), c = net.user(other);
    UserId ua = net.id(leaf, a), ub = net.id(mid, b), uc = net.id(other, c);

    static DomainConfig config() {
        DomainConfig out;
        out.parameters.max_token_ids = 2;
        return out;
    }
    template <class Confirm>
    Confirm one(Network::Node node, AttachmentId who) {
        net.run();
        auto events = net.take<Confirm>(node, who);
        CONVENE_CHECK(events.size() == 1, "exactly one event");
        return events[0];
    }
    std::optional<TokenState> state(Network::Node node) {
        const Token* token = net[node].tokens().find(kFloor);
        return token == nullptr ? std::nullopt : std::optional(token->state);
    }
    void expect_states(std::optional<TokenState> at_top, std::optional<TokenState> at_mid,
                       std::optional<TokenState> at_leaf, std::optional<TokenState> at_other) {
        net.run();
        EXPECT_EQ(state(top), at_top);
        EXPECT_EQ(state(mid), at_mid);
        EXPECT_EQ(state(leaf), at_leaf);
        EXPECT_EQ(state(other), at_other);
    }
    void grab_a() {
        net[leaf].token_grab(a, kFloor);
        EXPECT_EQ(one<TokenGrabConfirm>(leaf, a).result, Result::successful);
    }
    static constexpr auto grabbed = TokenState::grabbed, giving = TokenState::giving, given = TokenState::given,
                          inhibited = TokenState::inhibited;
};

TEST_F(TokenTree, GrabIsEnteredAlongThePath) {
    grab_a();
    expect_states(grabbed, grabbed, grabbed, std::nullopt);
    net[other].token_grab(c, kFloor);
    auto confirm = one<TokenGrabConfirm>(other, c);
    EXPECT_EQ(confirm.result, Result::token_not_available);
    EXPECT_EQ(confirm.status, TokenStatus::other_grabbed);
    net[leaf].token_release(a, kFloor);
    EXPECT_EQ(one<TokenReleaseConfirm>(leaf, a).result, Result::successful);
    expect_states(std::nullopt, std::nullopt, std::nullopt, std::nullopt);
    net[leaf].token_release(a, kFloor);
    EXPECT_EQ(one<TokenReleaseConfirm>(leaf, a).result, Result::token_not_possessed);
}

TEST_F(TokenTree, LimitOfTheDomain) {
    grab_a();
    net[leaf].token_grab(a, TokenId{78});
    net.run();
    net.forget_events();
    net[leaf].token_grab(a, TokenId{79});
    EXPECT_EQ(one<TokenGrabConfirm>(leaf, a).result, Result::too_many_tokens);
    net[leaf].token_inhibit(a, TokenId{79});
    EXPECT_EQ(one<TokenInhibitConfirm>(leaf, a).result, Result::too_many_tokens);
}

TEST_F(TokenTree, InhibitorsShare) {
    net[leaf].token_inhibit(a, kFloor);
    net[mid].token_inhibit(b, kFloor);
    net[other].token_inhibit(c, kFloor);
    expect_states(inhibited, inhibited, inhibited, inhibited);
    EXPECT_EQ(net[mid].tokens().find(kFloor)->inhibitors.size(), 2U);
    EXPECT_EQ(net[top].tokens().find(kFloor)->inhibitors.size(), 3U);
    net[leaf].detach(a);
    net[other].token_release(c, kFloor);
    expect_states(inhibited, inhibited, std::nullopt, std::nullopt);
    EXPECT_EQ(one<TokenReleaseConfirm>(other, c).status, TokenStatus::other_inhibited);
}

TEST_F(TokenTree, GiftAcceptedAcrossBranches) {
    grab_a();
    net[leaf].token_give(a, kFloor, uc);
    auto offer = one<TokenGiveIndication>(other, c);
    EXPECT_EQ(offer.initiator, ua);
    expect_states(giving, grabbed, grabbed, giving);
    net[other].token_give_response(c, kFloor, Result::successful);
    auto confirm = one<TokenGiveConfirm>(leaf, a);
    EXPECT_EQ(confirm.result, Result::successful);
    EXPECT_EQ(confirm.status, TokenStatus::other_grabbed);
    expect_states(grabbed, std::nullopt, std::nullopt, grabbed);
    EXPECT_EQ(net[top].tokens().find(kFloor)->grabber, uc);
}

TEST_F(TokenTree, GiftAcceptedInTheSameBranch) {
    grab_a();
    net[leaf].token_give(a, kFloor, ub);
    EXPECT_EQ(one<TokenGiveIndication>(mid, b).recipient, ub);
    expect_states(giving, giving, grabbed, std::nullopt);
    net[mid].token_give_response(b, kFloor, Result::successful);
    EXPECT_EQ(one<TokenGiveConfirm>(leaf, a).result, Result::successful);
    expect_states(grabbed, grabbed, std::nullopt, std::nullopt);
    EXPECT_EQ(net[mid].tokens().find(kFloor)->grabber, ub);
}

TEST_F(TokenTree, GiftDeclined) {
    grab_a();
    net[leaf].token_give(a, kFloor, uc);
    net.run();
    net[other].token_give_response(c, kFloor, Result::user_rejected);
    auto confirm = one<TokenGiveConfirm>(leaf, a);
    EXPECT_EQ(confirm.result, Result::user_rejected);
    EXPECT_EQ(confirm.status, TokenStatus::self_grabbed);
    expect_states(grabbed, grabbed, grabbed, std::nullopt);
}

TEST_F(TokenTree, GiftReleasedBeforeTheAnswer) {
    for (bool accepted : {true, false}) {
        grab_a();
        net[leaf].token_give(a, kFloor, uc);
        net.run();
        net[leaf].token_release(a, kFloor);
        EXPECT_EQ(one<TokenReleaseConfirm>(leaf, a).status, TokenStatus::other_giving);
        expect_states(given, std::nullopt, std::nullopt, giving);
        net[other].token_give_response(c, kFloor, accepted ? Result::successful : Result::user_rejected);
        if (accepted) {
            expect_states(grabbed, std::nullopt, std::nullopt, grabbed);
            net[other].token_release(c, kFloor);
        }
        expect_states(std::nullopt, std::nullopt, std::nullopt, std::nullopt);
        EXPECT_TRUE(net.take<TokenGiveConfirm>(leaf, a).empty());
        net.forget_events();
    }
}

TEST_F(TokenTree, GiftWhoseRecipientDetaches) {
    grab_a();
    net[leaf].token_give(a, kFloor, uc);
    net.run();
    net[other].detach(c);
    auto confirm = one<TokenGiveConfirm>(leaf, a);
    EXPECT_EQ(confirm.result, Result::no_such_user);
    EXPECT_EQ(confirm.status, TokenStatus::self_grabbed);
    expect_states(grabbed, grabbed, grabbed, std::nullopt);
}

TEST_F(TokenTree, GiftWhoseDonorDetaches) {
    grab_a();
    net[leaf].token_give(a, kFloor, uc);
    net.run();
    net[leaf].detach(a);
    expect_states(given, std::nullopt, std::nullopt, given);
    net[other].token_give_response(c, kFloor, Result::successful);
    expect_states(grabbed, std::nullopt, std::nullopt, grabbed);
}

TEST_F(TokenTree, GiftToNobodyAndByNobody) {
    net[leaf].token_give(a, kFloor, uc);
    EXPECT_EQ(one<TokenGiveConfirm>(leaf, a).result, Result::token_not_possessed);
    grab_a();
    net[leaf].token_give(a, kFloor, UserId{1001});
    EXPECT_EQ(one<TokenGiveConfirm>(leaf, a).result, Result::no_such_user);
    net[other].token_give_response(c, kFloor, Result::successful);
    expect_states(grabbed, grabbed, grabbed, std::nullopt);
}

TEST_F(TokenTree, GiftToOneself) {
    grab_a();
    net[leaf].token_give(a, kFloor, ua);
    EXPECT_EQ(one<TokenGiveIndication>(leaf, a).initiator, ua);
    net[leaf].token_give_response(a, kFloor, Result::successful);
    EXPECT_EQ(one<TokenGiveConfirm>(leaf, a).status, TokenStatus::self_grabbed);
    expect_states(grabbed, grabbed, grabbed, std::nullopt);
    net[leaf].token_give(a, kFloor, ua);
    net.run();
    net[leaf].token_release(a, kFloor);
    EXPECT_EQ(one<TokenReleaseConfirm>(leaf, a).status, TokenStatus::self_recipient);
    expect_states(given, given, given, std::nullopt);
    net[leaf].token_give_response(a, kFloor, Result::user_rejected);
    expect_states(std::nullopt, std::nullopt, std::nullopt, std::nullopt);
}

TEST_F(TokenTree, PleaseReachesThoseConcerned) {
    net[other].token_please(c, kFloor);  // nobody has it
    net.run();
    grab_a();
    net[other].token_please(c, kFloor);
    EXPECT_EQ(one<TokenPleaseIndication>(leaf, a).initiator, uc);
    EXPECT_TRUE(net.take<TokenPleaseIndication>(mid, b).empty());
    net[leaf].token_give(a, kFloor, ub);
    net.run();
    net[other].token_please(c, kFloor);
    net.run();
    EXPECT_EQ(net.take<TokenPleaseIndication>(leaf, a).size(), 1U);
    EXPECT_EQ(net.take<TokenPleaseIndication>(mid, b).size(), 1U);
}

TEST_F(TokenTree, TestTells) {
    net[leaf].token_test(a, kFloor);
    EXPECT_EQ(one<TokenTestConfirm>(leaf, a).status, TokenStatus::not_in_use);
    grab_a();
    net[leaf].token_test(a, kFloor);
    EXPECT_EQ(one<TokenTestConfirm>(leaf, a).status, TokenStatus::self_grabbed);
    net[other].token_test(c, kFloor);
    EXPECT_EQ(one<TokenTestConfirm>(other, c).status, TokenStatus::other_grabbed);
}

TEST_F(TokenTree, ForeignInitiatorsAreIgnored) {
    for (DomainPdu forged :
         {DomainPdu{TokenGrabRequest{uc, kFloor}}, DomainPdu{TokenInhibitRequest{uc, kFloor}},
          DomainPdu{TokenGiveRequest{uc, kFloor, ua}}, DomainPdu{TokenGiveResponse{Result::successful, uc, kFloor}},
          DomainPdu{TokenPleaseRequest{uc, kFloor}}, DomainPdu{TokenReleaseRequest{uc, kFloor}},
          DomainPdu{TokenTestRequest{uc, kFloor}}}) {
        net.incidents.clear();
        net[top].receive(upper.at_upper, 0, *encode_for(2, forged), net.now);
        net.run();
        EXPECT_EQ(net.incidents.size(), 1U) << name_of(forged);
        EXPECT_TRUE(net[top].tokens().empty());
        EXPECT_TRUE(net.closed.empty());
    }
}

}  // namespace
}  // namespace convene::mcs
