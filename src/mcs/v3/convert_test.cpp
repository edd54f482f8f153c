#include "mcs/v3/convert.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::mcs::v3 {
namespace {

const UserId kUser{1007};
const ChannelId kChannel{20000};
const TokenId kToken{3};
const Slice kData(bytes({1, 2, 3}));

/// One of each of the 43, with values in every member.
std::vector<mcs::DomainPdu> one_of_each() {
    std::vector<mcs::ChannelAttributes> channels{
        StaticChannelAttributes{ChannelId{7}}, UserChannelAttributes{true, kUser},
        PrivateChannelAttributes{true, kChannel, kUser, {kUser}}, AssignedChannelAttributes{kChannel}};
    std::vector<mcs::TokenAttributes> tokens{
        GrabbedTokenAttributes{kToken, kUser}, InhibitedTokenAttributes{kToken, {kUser}},
        GivingTokenAttributes{kToken, kUser, UserId{1008}}, UngivableTokenAttributes{kToken, kUser},
        GivenTokenAttributes{kToken, kUser}};
    const Result result = Result::too_many_users;
    const TokenStatus status = TokenStatus::self_giving;
    return {
        mcs::PlumbDomainIndication{5},
        mcs::ErectDomainRequest{1, 500},
        mcs::MergeChannelsRequest{channels, {kChannel}},
        mcs::MergeChannelsConfirm{channels, {kChannel}},
        mcs::PurgeChannelsIndication{{kUser}, {ChannelId{9}}},
        mcs::MergeTokensRequest{tokens, {kToken}},
        mcs::MergeTokensConfirm{tokens, {kToken}},
        mcs::PurgeTokensIndication{{kToken}},
        mcs::DisconnectProviderUltimatum{Reason::user_requested},
        mcs::RejectMcspduUltimatum{Diagnostic::misrouted_user, bytes({1})},
        mcs::AttachUserRequest{},
        mcs::AttachUserConfirm{Result::successful, kUser},
        mcs::DetachUserRequest{Reason::token_purged, {kUser}},
        mcs::DetachUserIndication{Reason::channel_purged, {kUser}},
        mcs::ChannelJoinRequest{kUser, kChannel},
        mcs::ChannelJoinConfirm{Result::successful, kUser, ChannelId{0}, kChannel},
        mcs::ChannelLeaveRequest{{kChannel}},
        mcs::ChannelConveneRequest{kUser},
        mcs::ChannelConveneConfirm{Result::successful, kUser, kChannel},
        mcs::ChannelDisbandRequest{kUser, kChannel},
        mcs::ChannelDisbandIndication{kChannel},
        mcs::ChannelAdmitRequest{kUser, kChannel, {UserId{1008}}},
        mcs::ChannelAdmitIndication{kUser, kChannel, {UserId{1008}}},
        mcs::ChannelExpelRequest{kUser, kChannel, {UserId{1008}}},
        mcs::ChannelExpelIndication{kChannel, {UserId{1008}}},
        mcs::SendDataRequest{kUser, kChannel, DataPriority::low, {true, false}, kData},
        mcs::SendDataIndication{kUser, kChannel, DataPriority::high, {false, true}, kData},
        mcs::UniformSendDataRequest{kUser, kChannel, DataPriority::top, kWholeSdu, kData},
        mcs::UniformSendDataIndication{kUser, kChannel, DataPriority::medium, {}, kData},
        mcs::TokenGrabRequest{kUser, kToken},
        mcs::TokenGrabConfirm{result, kUser, kToken, status},
        mcs::TokenInhibitRequest{kUser, kToken},
        mcs::TokenInhibitConfirm{result, kUser, kToken, status},
        mcs::TokenGiveRequest{kUser, kToken, UserId{1008}},
        mcs::TokenGiveIndication{kUser, kToken, UserId{1008}},
        mcs::TokenGiveResponse{result, kUser, kToken},
        mcs::TokenGiveConfirm{result, kUser, kToken, status},
        mcs::TokenPleaseRequest{kUser, kToken},
        mcs::TokenPleaseIndication{kUser, kToken},
        mcs::TokenReleaseRequest{kUser, kToken},
        mcs::TokenReleaseConfirm{result, kUser, kToken, status},
        mcs::TokenTestRequest{kUser, kToken},
        mcs::TokenTestConfirm{kUser, kToken, status},
    };
}

TEST(V3Convert, EveryPduGoesThroughVersion3AndBack) {
    auto pdus = one_of_each();
    ASSERT_EQ(pdus.size(), kDomainPdus);
    for (std::size_t index = 0; index < pdus.size(); ++index) {
        SCOPED_TRACE(index);
        ASSERT_EQ(pdus[index].index(), index);
        DomainPdu newer = to_v3(pdus[index]);
        EXPECT_EQ(newer.index(), index);
        auto back = to_v2(newer);
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, pdus[index]);

        auto octets = encode(pdus[index]);
        ASSERT_TRUE(octets) << octets.error().message();
        EXPECT_EQ(std::to_integer<unsigned>(octets->front()), index << 1);
        auto decoded = decode(Slice(*octets));
        ASSERT_TRUE(decoded) << decoded.error().message();
        ASSERT_TRUE(*decoded);
        EXPECT_EQ(**decoded, pdus[index]);
    }
}

TEST(V3Convert, DataBecomesReliable) {
    auto data = std::get<SendDataRequest>(to_v3(mcs::SendDataRequest{kUser, kChannel, {}, kWholeSdu, kData}));
    EXPECT_TRUE(data.reliability);
    EXPECT_EQ(data.domain_reference_id, std::nullopt);
    EXPECT_EQ(data.total_data_size, std::nullopt);
    EXPECT_EQ(data.user_data.data(), kData.data());
}

TEST(V3Convert, WhatVersion2CannotSayIsDropped) {
    NonStandardParameters extra = std::vector{NonStandardParameter{}};
    EXPECT_EQ(to_v2(Extended<mcs::ChannelJoinRequest>{{kUser, kChannel}, extra}),
              mcs::DomainPdu(mcs::ChannelJoinRequest{kUser, kChannel}));
    SendDataRequest data;
    data.initiator = kUser;
    data.channel = kChannel;
    data.reliability = false;
    data.domain_reference_id = 4;
    data.user_data = kData;
    data.total_data_size = 100;
    data.non_standard = extra;
    EXPECT_EQ(to_v2(data), mcs::DomainPdu(mcs::SendDataRequest{kUser, kChannel, {}, {}, kData}));

    MergeChannelsRequest merge{
        {asn1::UnknownAlternative{0, {}}, Extended<StaticChannelAttributes>{{ChannelId{7}}, extra}}, {kChannel}, extra};
    EXPECT_EQ(to_v2(merge),
              mcs::DomainPdu(mcs::MergeChannelsRequest{{StaticChannelAttributes{ChannelId{7}}}, {kChannel}}));
    // No user can have a static channel's number.
    EXPECT_EQ(to_v2(PurgeChannelsIndication{{ChannelId{1000}, ChannelId{1001}}, {}, {}}),
              mcs::DomainPdu(mcs::PurgeChannelsIndication{{UserId{1001}}, {}}));
}

TEST(V3Convert, WhatHasNoEquivalentIsDiscarded) {
    EXPECT_EQ(to_v2(NonStandardPdu{}), std::nullopt);
    EXPECT_EQ(to_v2(asn1::UnknownAlternative{}), std::nullopt);
    auto unknown = decode(Slice(hex("80 03010203")));
    ASSERT_TRUE(unknown) << "not an error";
    EXPECT_EQ(*unknown, std::nullopt);
    EXPECT_FALSE(decode(Slice(hex("32"))));
}

TEST(V3Convert, EnumeratorsOfNewerEditionsBecomeTheClosest) {
    auto newer = [](auto value) { return static_cast<decltype(value)>(100); };
    EXPECT_EQ(to_v2(Extended<mcs::DisconnectProviderUltimatum>{{newer(Reason{})}, {}}),
              mcs::DomainPdu(mcs::DisconnectProviderUltimatum{Reason::provider_initiated}));
    EXPECT_EQ(
        to_v2(Extended<mcs::TokenGrabConfirm>{{newer(Result{}), kUser, kToken, newer(TokenStatus{})}, {}}),
        mcs::DomainPdu(mcs::TokenGrabConfirm{Result::unspecified_failure, kUser, kToken, TokenStatus::other_grabbed}));
    SendDataRequest data;
    data.priority = newer(DataPriority{});
    EXPECT_EQ(std::get<mcs::SendDataRequest>(*to_v2(data)).priority, DataPriority::low);
    // As it comes from the wire: reason extension 0, a NULL in an open type.
    auto pdu = decode(Slice(hex("10 20 01 00")));
    auto wire = decode(Slice(hex("104000 0100")));
    ASSERT_TRUE(pdu && wire);
    EXPECT_EQ(**pdu, mcs::DomainPdu(mcs::DisconnectProviderUltimatum{Reason::channel_purged}));
    EXPECT_EQ(**wire, mcs::DomainPdu(mcs::DisconnectProviderUltimatum{Reason::provider_initiated}));
}

}  // namespace
}  // namespace convene::mcs::v3
