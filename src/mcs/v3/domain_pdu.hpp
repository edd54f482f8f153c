/// The domain PDUs of protocol version 3 (module MCS-PROTOCOL-3), and the functions that encode and decode them.
#pragma once

#include <variant>

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "mcs/domain_pdu.hpp"
#include "mcs/v3/data_pdu.hpp"
#include "mcs/v3/extended.hpp"
#include "mcs/v3/merge_pdu.hpp"
#include "mcs/v3/non_standard.hpp"

namespace convene::mcs::v3 {

using PlumbDomainIndication = Extended<mcs::PlumbDomainIndication>;
using ErectDomainRequest = Extended<mcs::ErectDomainRequest>;
using PurgeTokensIndication = Extended<mcs::PurgeTokensIndication>;
using DisconnectProviderUltimatum = Extended<mcs::DisconnectProviderUltimatum>;
using RejectMcspduUltimatum = Extended<mcs::RejectMcspduUltimatum>;
using AttachUserRequest = Extended<mcs::AttachUserRequest>;
using AttachUserConfirm = Extended<mcs::AttachUserConfirm>;
using DetachUserRequest = Extended<mcs::DetachUserRequest>;
using DetachUserIndication = Extended<mcs::DetachUserIndication>;
using ChannelJoinRequest = Extended<mcs::ChannelJoinRequest>;
using ChannelJoinConfirm = Extended<mcs::ChannelJoinConfirm>;
using ChannelLeaveRequest = Extended<mcs::ChannelLeaveRequest>;
using ChannelConveneRequest = Extended<mcs::ChannelConveneRequest>;
using ChannelConveneConfirm = Extended<mcs::ChannelConveneConfirm>;
using ChannelDisbandRequest = Extended<mcs::ChannelDisbandRequest>;
using ChannelDisbandIndication = Extended<mcs::ChannelDisbandIndication>;
using ChannelAdmitRequest = Extended<mcs::ChannelAdmitRequest>;
using ChannelAdmitIndication = Extended<mcs::ChannelAdmitIndication>;
using ChannelExpelRequest = Extended<mcs::ChannelExpelRequest>;
using ChannelExpelIndication = Extended<mcs::ChannelExpelIndication>;
using TokenGrabRequest = Extended<mcs::TokenGrabRequest>;
using TokenGrabConfirm = Extended<mcs::TokenGrabConfirm>;
using TokenInhibitRequest = Extended<mcs::TokenInhibitRequest>;
using TokenInhibitConfirm = Extended<mcs::TokenInhibitConfirm>;
using TokenGiveRequest = Extended<mcs::TokenGiveRequest>;
using TokenGiveIndication = Extended<mcs::TokenGiveIndication>;
using TokenGiveResponse = Extended<mcs::TokenGiveResponse>;
using TokenGiveConfirm = Extended<mcs::TokenGiveConfirm>;
using TokenPleaseRequest = Extended<mcs::TokenPleaseRequest>;
using TokenPleaseIndication = Extended<mcs::TokenPleaseIndication>;
using TokenReleaseRequest = Extended<mcs::TokenReleaseRequest>;
using TokenReleaseConfirm = Extended<mcs::TokenReleaseConfirm>;
using TokenTestRequest = Extended<mcs::TokenTestRequest>;
using TokenTestConfirm = Extended<mcs::TokenTestConfirm>;

/// DomainMCSPDU, MCS-PROTOCOL-3 part 11; the position in the variant is the number of the alternative, and 0 to 42 are
/// those of version 2.
using DomainPdu = std::variant<
    PlumbDomainIndication, ErectDomainRequest, MergeChannelsRequest, MergeChannelsConfirm, PurgeChannelsIndication,
    MergeTokensRequest, MergeTokensConfirm, PurgeTokensIndication, DisconnectProviderUltimatum, RejectMcspduUltimatum,
    AttachUserRequest, AttachUserConfirm, DetachUserRequest, DetachUserIndication, ChannelJoinRequest,
    ChannelJoinConfirm, ChannelLeaveRequest, ChannelConveneRequest, ChannelConveneConfirm, ChannelDisbandRequest,
    ChannelDisbandIndication, ChannelAdmitRequest, ChannelAdmitIndication, ChannelExpelRequest, ChannelExpelIndication,
    SendDataRequest, SendDataIndication, UniformSendDataRequest, UniformSendDataIndication, TokenGrabRequest,
    TokenGrabConfirm, TokenInhibitRequest, TokenInhibitConfirm, TokenGiveRequest, TokenGiveIndication,
    TokenGiveResponse, TokenGiveConfirm, TokenPleaseRequest, TokenPleaseIndication, TokenReleaseRequest,
    TokenReleaseConfirm, TokenTestRequest, TokenTestConfirm, NonStandardPdu, asn1::UnknownAlternative>;
static_assert(std::variant_size_v<DomainPdu> == kDomainPdus + 2, "nonStandard, and what is not known");

/// Aligned PER. Fails only for values outside their constraints.
asn1::Encoded<Bytes> encode_domain_pdu(const DomainPdu& pdu);
/// User data shares the buffer of `octets`. Members that newer editions added are skipped.
asn1::Decoded<DomainPdu> decode_domain_pdu(const Slice& octets);

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::v3::DomainPdu> = choice(
    "plumbDomainIndication", "erectDomainRequest", "mergeChannelsRequest", "mergeChannelsConfirm",
    "purgeChannelsIndication", "mergeTokensRequest", "mergeTokensConfirm", "purgeTokensIndication",
    "disconnectProviderUltimatum", "rejectMCSPDUUltimatum", "attachUserRequest", "attachUserConfirm",
    "detachUserRequest", "detachUserIndication", "channelJoinRequest", "channelJoinConfirm", "channelLeaveRequest",
    "channelConveneRequest", "channelConveneConfirm", "channelDisbandRequest", "channelDisbandIndication",
    "channelAdmitRequest", "channelAdmitIndication", "channelExpelRequest", "channelExpelIndication", "sendDataRequest",
    "sendDataIndication", "uniformSendDataRequest", "uniformSendDataIndication", "tokenGrabRequest", "tokenGrabConfirm",
    "tokenInhibitRequest", "tokenInhibitConfirm", "tokenGiveRequest", "tokenGiveIndication", "tokenGiveResponse",
    "tokenGiveConfirm", "tokenPleaseRequest", "tokenPleaseIndication", "tokenReleaseRequest", "tokenReleaseConfirm",
    "tokenTestRequest", "tokenTestConfirm", "nonStandard", extensible);

}  // namespace convene::asn1
