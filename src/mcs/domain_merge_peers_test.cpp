// Merges with peers that are wrong, or that speak at an awkward moment.
#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

constexpr ChannelId kStatic{9};
constexpr TokenId kToken{3};

struct Peers : ::testing::Test {
    Domain domain;
    std::vector<Output> outputs;

    ConnectionId connect(Orientation orientation) {
        ConnectionId id = domain.add_connection({orientation, domain.parameters(), 2, 1}, {});
        domain.take_outputs(outputs);
        return id;
    }
    void receive(ConnectionId from, const DomainPdu& pdu) {
        domain.receive(from, 0, *encode_for(2, pdu), {});
        domain.take_outputs(outputs);
    }
    std::vector<DomainPdu> sent_to(ConnectionId to) const {
        std::vector<DomainPdu> out;
        for (const Output& output : outputs) {
            const auto* t = std::get_if<Transmit>(&output);
            if (t != nullptr && t->connection == to) out.push_back(*decode_domain_pdu(t->tsdu.payload));
        }
        return out;
    }
    std::optional<Diagnostic> rejected(ConnectionId to) const {
        for (const DomainPdu& pdu : sent_to(to)) {
            if (const auto* reject = std::get_if<RejectMcspduUltimatum>(&pdu)) return reject->diagnostic;
        }
        return std::nullopt;
    }
    UserId attach_below(ConnectionId id) {
        receive(id, AttachUserRequest{});
        return *std::get<AttachUserConfirm>(sent_to(id).at(0)).initiator;
    }
};

using FormerTop = Peers;
using UpperTop = Peers;
using Between = Peers;

TEST_F(FormerTop, UnconfirmedIdsAreNotTheSuperiorsToTake) {
    AttachmentId user = domain.attach();
    domain.token_grab(user, kToken);
    domain.join(user, kStatic);
    UserId id = *domain.user_of(user);
    ConnectionId above = connect(Orientation::above);
    receive(above, DetachUserIndication{Reason::user_requested, {id}});
    receive(above, PurgeChannelsIndication{{id}, {kStatic}});
    receive(above, PurgeTokensIndication{{kToken}});
    EXPECT_TRUE(domain.user_of(user));
    EXPECT_NE(domain.tokens().find(kToken), nullptr);
    EXPECT_NE(domain.channels().find(kStatic), nullptr);
}

TEST_F(FormerTop, ConfirmOutOfStepIsRejected) {
    domain.attach();
    ConnectionId above = connect(Orientation::above);
    receive(above, MergeTokensConfirm{});
    EXPECT_EQ(rejected(above), Diagnostic::unrequested_confirm);
    EXPECT_TRUE(domain.is_top());
}

TEST_F(FormerTop, ConfirmOfSomethingElseIsRejected) {
    AttachmentId user = domain.attach();
    domain.join(user, kStatic);
    ConnectionId above = connect(Orientation::above);
    receive(above, MergeChannelsConfirm{{StaticChannelAttributes{kStatic}}, {}});
    EXPECT_EQ(rejected(above), Diagnostic::inconsistent_merge);
}

TEST_F(FormerTop, TokenGivenDuringTheMergeIsRefused) {
    AttachmentId user = domain.attach();
    domain.token_grab(user, kToken);
    UserId id = *domain.user_of(user);
    ConnectionId above = connect(Orientation::above);
    receive(above, TokenGiveIndication{UserId{1500}, kToken, id});
    EXPECT_EQ(sent_to(above), std::vector<DomainPdu>{(TokenGiveResponse{Result::domain_merging, id, kToken})});
}

TEST_F(FormerTop, AdmissionToAnotherChannelOfTheSameNumberIsRefused) {
    AttachmentId user = domain.attach();
    UserId id = *domain.user_of(user);
    domain.convene(user);
    std::optional<ChannelId> managed;
    for (const auto& [channel, found] : domain.channels()) {
        if (found.kind == ChannelKind::managed) managed = channel;
    }
    ConnectionId above = connect(Orientation::above);
    receive(above, MergeChannelsConfirm{{UserChannelAttributes{false, id}}, {}});
    receive(above, ChannelAdmitIndication{UserId{1500}, *managed, {id}});
    EXPECT_EQ(sent_to(above), std::vector<DomainPdu>{(DetachUserRequest{Reason::channel_purged, {id}})});
}

TEST_F(FormerTop, InputOfAChildIsHeldAndThenDealtWith) {
    ConnectionId below = connect(Orientation::below);
    UserId user = attach_below(below);
    ConnectionId above = connect(Orientation::above);
    receive(below, ChannelJoinRequest{user, kStatic});  // was on its way when reading stopped
    EXPECT_TRUE(outputs.empty());
    EXPECT_EQ(domain.pending(), 2U);
    receive(above, MergeChannelsConfirm{{UserChannelAttributes{false, user}}, {}});
    EXPECT_FALSE(domain.is_merging());
    EXPECT_EQ(sent_to(above), std::vector<DomainPdu>{(ChannelJoinRequest{user, kStatic})});
}

TEST_F(FormerTop, WhatAPurgedUserAskedForIsForgotten) {
    AttachmentId user = domain.attach();
    domain.token_grab(user, kToken);
    UserId id = *domain.user_of(user);
    ConnectionId above = connect(Orientation::above);
    receive(above, MergeChannelsConfirm{{UserChannelAttributes{false, id}}, {}});
    domain.convene(user);  // waits for the end of the merge, and would follow the user's detachment
    receive(above, MergeTokensConfirm{{}, {kToken}});
    EXPECT_EQ(sent_to(above), std::vector<DomainPdu>{(DetachUserRequest{Reason::token_purged, {id}})});
    EXPECT_FALSE(domain.is_merging());
}

TEST_F(FormerTop, ChildThatFloodsDuringAMergeIsClosed) {
    DomainConfig config;
    config.max_held = 10;
    Domain small(config);
    ConnectionId below = small.add_connection({Orientation::below, small.parameters(), 2, 1}, {});
    small.receive(below, 0, *encode_for(2, DomainPdu{AttachUserRequest{}}), {});
    small.add_connection({Orientation::above, small.parameters(), 2, 1}, {});
    for (int i = 0; i < 11; ++i) small.receive(below, 0, *encode_for(2, DomainPdu{AttachUserRequest{}}), {});
    EXPECT_EQ(small.connections().find(below), nullptr);
}

TEST_F(UpperTop, PrivateChannelOfAForeignManagerIsPurged) {
    AttachmentId here = domain.attach();
    ConnectionId below = connect(Orientation::below);
    UserId user = attach_below(below);
    UserId foreign = *domain.user_of(here);
    MergeChannelsRequest request{{PrivateChannelAttributes{true, ChannelId{5000}, foreign, {user}},
                                  PrivateChannelAttributes{true, ChannelId{5001}, user, {user, foreign}}},
                                 {}};
    receive(below, request);
    MergeChannelsConfirm expected{{PrivateChannelAttributes{true, ChannelId{5001}, user, {user}}}, {ChannelId{5000}}};
    EXPECT_EQ(sent_to(below), std::vector<DomainPdu>{expected});
    EXPECT_EQ(domain.channels().find(ChannelId{5000}), nullptr);
}

TEST_F(UpperTop, TokensLoseUsersWhoAreNotThere) {
    AttachmentId here = domain.attach();
    ConnectionId below = connect(Orientation::below);
    UserId user = attach_below(below);
    UserId foreign = *domain.user_of(here);
    receive(below,
            MergeTokensRequest{
                {GrabbedTokenAttributes{TokenId{1}, foreign}, InhibitedTokenAttributes{TokenId{2}, {user, foreign}},
                 GivingTokenAttributes{TokenId{3}, user, foreign}, GivingTokenAttributes{TokenId{4}, foreign, user},
                 GivingTokenAttributes{TokenId{5}, foreign, foreign}, UngivableTokenAttributes{TokenId{6}, foreign},
                 GivenTokenAttributes{TokenId{7}, foreign}},
                {}});
    auto sent = sent_to(below);
    ASSERT_EQ(sent.size(), 2U);
    MergeTokensConfirm expected{{InhibitedTokenAttributes{TokenId{2}, {user}},
                                 UngivableTokenAttributes{TokenId{3}, user}, GivenTokenAttributes{TokenId{4}, user}},
                                {TokenId{1}, TokenId{5}, TokenId{6}, TokenId{7}}};
    EXPECT_EQ(sent[0], DomainPdu{expected});
    EXPECT_EQ(sent[1],
              (DomainPdu{TokenGiveConfirm{Result::no_such_user, user, TokenId{3}, TokenStatus::self_grabbed}}));
    EXPECT_EQ(domain.tokens().size(), 3U);
}

TEST_F(UpperTop, PrivateChannelsOfOneManagerUnite) {
    ConnectionId below = connect(Orientation::below);
    UserId user = attach_below(below), other = attach_below(below);
    MergeChannelsRequest first{{PrivateChannelAttributes{false, ChannelId{5000}, user, {user}}}, {}};
    MergeChannelsRequest second{{PrivateChannelAttributes{true, ChannelId{5000}, user, {other}}}, {}};
    receive(below, first);
    receive(below, second);
    const Channel* channel = domain.channels().find(ChannelId{5000});
    EXPECT_EQ(channel->admitted.size(), 2U);
    EXPECT_EQ(channel->joined.size(), 1U);
    MergeChannelsRequest usurper{{PrivateChannelAttributes{true, ChannelId{5000}, other, {other}}}, {}};
    receive(below, usurper);
    EXPECT_EQ(sent_to(below), std::vector<DomainPdu>{(MergeChannelsConfirm{{}, {ChannelId{5000}}})});
    EXPECT_EQ(channel->manager, user);
}

TEST_F(UpperTop, UsersWithIdsInUseArePurged) {
    AttachmentId here = domain.attach();
    ConnectionId below = connect(Orientation::below);
    UserId taken = *domain.user_of(here);
    MergeChannelsRequest request{{UserChannelAttributes{true, taken}, UserChannelAttributes{true, UserId{6000}},
                                  UserChannelAttributes{true, UserId{6000}}},
                                 {}};
    receive(below, request);
    MergeChannelsConfirm expected{{UserChannelAttributes{true, UserId{6000}}}, {channel_of(taken), ChannelId{6000}}};
    EXPECT_EQ(sent_to(below), std::vector<DomainPdu>{expected});
    EXPECT_EQ(domain.connection_of(taken), std::nullopt);
}

TEST_F(Between, ConflictingConfirmIsRejected) {
    ConnectionId below = connect(Orientation::below);
    ConnectionId above = connect(Orientation::above);
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{6000}});
    receive(below, MergeChannelsRequest{{UserChannelAttributes{false, UserId{6001}}}, {}});
    receive(above, MergeChannelsConfirm{{UserChannelAttributes{false, UserId{6000}}}, {}});
    EXPECT_EQ(rejected(above), Diagnostic::channel_id_conflict);
}

TEST_F(Between, LeaveDoesNotOvertakeAMerge) {
    ConnectionId child = connect(Orientation::below);
    ConnectionId merging = connect(Orientation::below);
    ConnectionId above = connect(Orientation::above);
    receive(child, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{6000}});
    receive(child, ChannelJoinRequest{UserId{6000}, kStatic});
    receive(above, ChannelJoinConfirm{Result::successful, UserId{6000}, kStatic, kStatic});
    receive(merging, MergeChannelsRequest{{StaticChannelAttributes{kStatic}}, {}});
    receive(child, ChannelLeaveRequest{{kStatic}});
    EXPECT_TRUE(sent_to(above).empty()) << "the superior would take it for the end of what it merges";
    receive(above, MergeChannelsConfirm{{StaticChannelAttributes{kStatic}}, {}});
    EXPECT_TRUE(sent_to(above).empty()) << "the merged subtree has joined";
    receive(merging, ChannelLeaveRequest{{kStatic}});
    EXPECT_EQ(sent_to(above), std::vector<DomainPdu>{(ChannelLeaveRequest{{kStatic}})});
}

TEST_F(Between, ManagerThatHasVanishedTakesItsChannelBack) {
    ConnectionId below = connect(Orientation::below);
    ConnectionId above = connect(Orientation::above);
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{6000}});
    PrivateChannelAttributes managed{true, ChannelId{5000}, UserId{6000}, {UserId{6000}}};
    receive(below, MergeChannelsRequest{{managed}, {}});
    receive(above, DetachUserIndication{Reason::user_requested, {UserId{6000}}});
    receive(above, MergeChannelsConfirm{{managed}, {}});
    EXPECT_EQ(sent_to(above), std::vector<DomainPdu>{(ChannelDisbandRequest{UserId{6000}, ChannelId{5000}})});
    EXPECT_EQ(sent_to(below), std::vector<DomainPdu>{(MergeChannelsConfirm{{}, {ChannelId{5000}}})});
    EXPECT_EQ(domain.channels().find(ChannelId{5000}), nullptr);
}

TEST_F(Between, AdmissionToAChannelThatIsNotPrivateIsRejected) {
    ConnectionId below = connect(Orientation::below);
    ConnectionId above = connect(Orientation::above);
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{6000}});
    receive(above, ChannelAdmitIndication{UserId{1500}, ChannelId{6000}, {UserId{6000}}});
    EXPECT_EQ(rejected(above), Diagnostic::channel_id_conflict);
}

TEST_F(Between, IndicationsOfWhatIsNotHereAreNoted) {
    connect(Orientation::below);
    ConnectionId above = connect(Orientation::above);
    for (const DomainPdu& pdu : {DomainPdu{ChannelDisbandIndication{ChannelId{5000}}},
                                 DomainPdu{ChannelExpelIndication{ChannelId{5000}, {UserId{6000}}}},
                                 DomainPdu{ChannelAdmitIndication{UserId{1500}, ChannelId{5000}, {UserId{6000}}}},
                                 DomainPdu{TokenGiveIndication{UserId{1500}, kToken, UserId{6000}}},
                                 DomainPdu{TokenPleaseIndication{UserId{1500}, kToken}}}) {
        receive(above, pdu);
        ASSERT_EQ(outputs.size(), 1U) << name_of(pdu);
        EXPECT_EQ(std::get<Incident>(outputs[0]).severity, Incident::Severity::note);
    }
    EXPECT_TRUE(domain.channels().empty());
    EXPECT_TRUE(domain.tokens().empty());
}

}  // namespace
}  // namespace convene::mcs
