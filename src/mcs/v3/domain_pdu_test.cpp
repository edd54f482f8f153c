#include "mcs/v3/domain_pdu.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::mcs::v3 {
namespace {

const NonStandardParameter kPrivate{H221NonStandardIdentifier{bytes({0xB5, 0x00, 0x53, 0x4C})}, bytes({1, 2})};
const NonStandardParameter kEmpty{asn1::ObjectIdentifier::of({0, 0, 20, 125, 9, 1}), {}};
const NonStandardParameters kOnePrivate = std::vector{kPrivate};

template <class V2>
Extended<V2> with_private(V2 pdu) {
    return {std::move(pdu), kOnePrivate};
}
template <class V2>
Extended<V2> plain(V2 pdu) {
    return {std::move(pdu), {}};
}

void expect_domain_octets(const DomainPdu& pdu, const char* octets) {
    SCOPED_TRACE(octets);
    auto encoded = encode_domain_pdu(pdu);
    ASSERT_TRUE(encoded) << encoded.error().message();
    EXPECT_EQ(to_hex(*encoded), octets);
    auto back = decode_domain_pdu(Slice(hex(octets)));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(*back, pdu);
}

TEST(V3DomainPdu, ControlPdus) {
    expect_domain_octets(plain(mcs::PlumbDomainIndication{5}), "00000105");
    expect_domain_octets(with_private(mcs::PlumbDomainIndication{0}), "00800100018000b500534c020102");
    expect_domain_octets(plain(mcs::ErectDomainRequest{1, 500}), "020001010201f4");
    expect_domain_octets(plain(mcs::DisconnectProviderUltimatum{Reason::channel_purged}), "1020");
    expect_domain_octets(plain(mcs::RejectMcspduUltimatum{Diagnostic::too_many_users, bytes({1, 2})}), "1234020102");
    expect_domain_octets(AttachUserRequest{{}, std::vector{kPrivate, kEmpty}},
                         "1480028000b500534c020102000500147d090100");
    expect_domain_octets(plain(mcs::AttachUserConfirm{Result::successful, UserId{1007}}), "16800006");
    expect_domain_octets(plain(mcs::AttachUserConfirm{Result::user_rejected, {}}), "161e");
    expect_domain_octets(
        with_private(mcs::DetachUserIndication{Reason::domain_disconnected, {UserId{1001}, UserId{1007}}}),
        "1a800200000006018000b500534c020102");
    expect_domain_octets(
        plain(mcs::ChannelJoinConfirm{Result::successful, UserId{1007}, ChannelId{0}, ChannelId{1234}}),
        "1e800006000004d2");
    expect_domain_octets(plain(mcs::ChannelConveneConfirm{Result::successful, UserId{1001}, ChannelId{20000}}),
                         "248000004a37");
    expect_domain_octets(
        plain(mcs::TokenGrabConfirm{Result::token_not_available, UserId{1001}, TokenId{1}, TokenStatus::other_grabbed}),
        "3c240000000020");
    expect_domain_octets(plain(mcs::TokenTestConfirm{UserId{65535}, TokenId{1}, TokenStatus::other_giving}),
                         "5400fc16000070");
    expect_domain_octets(NonStandardPdu{kPrivate}, "568000b500534c020102");
}

TEST(V3DomainPdu, MergePdus) {
    MergeChannelsRequest merge;
    merge.merge_channels.push_back(plain(StaticChannelAttributes{ChannelId{1}}));
    merge.merge_channels.push_back(with_private(UserChannelAttributes{true, UserId{1001}}));
    merge.merge_channels.push_back(
        plain(PrivateChannelAttributes{false, ChannelId{20000}, UserId{1007}, {UserId{1001}, UserId{65535}}}));
    merge.merge_channels.push_back(plain(AssignedChannelAttributes{ChannelId{65535}}));
    merge.purge_channel_ids = {ChannelId{7}};
    expect_domain_octets(merge, "0400040000002c0000018000b500534c020102404a370006020000fc1660fc16010007");
    // The ids of users have no offset here, unlike in version 2.
    expect_domain_octets(PurgeChannelsIndication{{ChannelId{1001}}, {ChannelId{9}}, {}}, "08000103e9010009");
}

TEST(V3DomainPdu, DataPdus) {
    SendDataRequest data;
    data.initiator = UserId{1007};
    data.channel = ChannelId{1003};
    data.priority = DataPriority::low;
    data.segmentation = kWholeSdu;
    data.user_data = Slice(bytes({1, 2, 3}));
    expect_domain_octets(data, "3200000603ebbc03010203");
    data.reliability = false;
    data.domain_reference_id = 0;
    data.priority = DataPriority::high;
    data.user_data = Slice(bytes({0xAA}));
    expect_domain_octets(data, "3280000603eb0000003801aa");
    data.reliability = true;
    data.domain_reference_id = 65535;
    data.priority = DataPriority::top;
    data.user_data = {};
    data.total_data_size = -1;
    data.non_standard = kOnePrivate;
    expect_domain_octets(data, "32e0000603eb80ffff180001ff018000b500534c020102");
}

TEST(V3DomainPdu, UserDataSharesTheBuffer) {
    Slice whole(hex("3200000603ebbc03010203"));
    auto pdu = decode_domain_pdu(whole);
    ASSERT_TRUE(pdu);
    EXPECT_EQ(std::get<SendDataRequest>(*pdu).user_data.data(), whole.data() + 8);
}

TEST(V3DomainPdu, NewerAdditionsAreSkipped) {
    // attachUserRequest with the extension bit, no nonStandard, one unknown addition of two octets.
    auto pdu = decode_domain_pdu(Slice(hex("15 00 80 02ffff")));
    ASSERT_TRUE(pdu) << pdu.error().message();
    EXPECT_EQ(*pdu, DomainPdu(AttachUserRequest{}));
    // The second alternative after the marker.
    auto newer = decode_domain_pdu(Slice(hex("81 03010203")));
    ASSERT_TRUE(newer) << newer.error().message();
    EXPECT_EQ(*newer, DomainPdu(asn1::UnknownAlternative{1, bytes({1, 2, 3})}));
}

TEST(V3DomainPdu, RefusesWhatCannotBe) {
    EXPECT_FALSE(decode_domain_pdu(Slice()));
    EXPECT_FALSE(decode_domain_pdu(Slice(hex("5800"))));              // alternative 44 of 44
    EXPECT_FALSE(decode_domain_pdu(Slice(hex("3200fc1703ebbc00"))));  // user 65536
    EXPECT_FALSE(decode_domain_pdu(Slice(hex("3200000603ebbc03"))));  // user data missing
    EXPECT_FALSE(encode_domain_pdu(DomainPdu(plain(mcs::ChannelConveneRequest{UserId{1000}}))));
    NonStandardParameter short_key{H221NonStandardIdentifier{bytes({1, 2, 3})}, {}};
    EXPECT_FALSE(encode_domain_pdu(DomainPdu(NonStandardPdu{short_key})));
}

}  // namespace
}  // namespace convene::mcs::v3
