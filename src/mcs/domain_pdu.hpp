/// The domain PDUs of protocol versions 1 and 2 (module MCS-PROTOCOL), and the functions that encode and decode them.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "mcs/pdu_channel.hpp"
#include "mcs/pdu_data.hpp"
#include "mcs/pdu_hierarchy.hpp"
#include "mcs/pdu_merge.hpp"
#include "mcs/pdu_token.hpp"
#include "mcs/pdu_user.hpp"

namespace convene::mcs {

/// DomainMCSPDU, T.125 §7 part 10; the position in the variant is the number of the alternative.
using DomainPdu =
    std::variant<PlumbDomainIndication, ErectDomainRequest, MergeChannelsRequest, MergeChannelsConfirm,
                 PurgeChannelsIndication, MergeTokensRequest, MergeTokensConfirm, PurgeTokensIndication,
                 DisconnectProviderUltimatum, RejectMcspduUltimatum, AttachUserRequest, AttachUserConfirm,
                 DetachUserRequest, DetachUserIndication, ChannelJoinRequest, ChannelJoinConfirm, ChannelLeaveRequest,
                 ChannelConveneRequest, ChannelConveneConfirm, ChannelDisbandRequest, ChannelDisbandIndication,
                 ChannelAdmitRequest, ChannelAdmitIndication, ChannelExpelRequest, ChannelExpelIndication,
                 SendDataRequest, SendDataIndication, UniformSendDataRequest, UniformSendDataIndication,
                 TokenGrabRequest, TokenGrabConfirm, TokenInhibitRequest, TokenInhibitConfirm, TokenGiveRequest,
                 TokenGiveIndication, TokenGiveResponse, TokenGiveConfirm, TokenPleaseRequest, TokenPleaseIndication,
                 TokenReleaseRequest, TokenReleaseConfirm, TokenTestRequest, TokenTestConfirm>;

inline constexpr std::size_t kDomainPdus = std::variant_size_v<DomainPdu>;
static_assert(kDomainPdus == 43, "T.125 §7 part 10");

/// The name of a PDU as the standard writes it, such as "channelJoinRequest".
std::string_view name_of(const DomainPdu& pdu);

/// Version 2: aligned PER. Fails only for values outside their constraints.
asn1::Encoded<Bytes> encode_domain_pdu(const DomainPdu& pdu);
/// User data shares the buffer of `octets`.
asn1::Decoded<DomainPdu> decode_domain_pdu(const Slice& octets);

/// Version 1: BER.
asn1::Encoded<Bytes> encode_domain_pdu_ber(const DomainPdu& pdu);
asn1::Decoded<DomainPdu> decode_domain_pdu_ber(const Slice& octets);

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::DomainPdu> = choice(
    "plumbDomainIndication", "erectDomainRequest", "mergeChannelsRequest", "mergeChannelsConfirm",
    "purgeChannelsIndication", "mergeTokensRequest", "mergeTokensConfirm", "purgeTokensIndication",
    "disconnectProviderUltimatum", "rejectMCSPDUUltimatum", "attachUserRequest", "attachUserConfirm",
    "detachUserRequest", "detachUserIndication", "channelJoinRequest", "channelJoinConfirm", "channelLeaveRequest",
    "channelConveneRequest", "channelConveneConfirm", "channelDisbandRequest", "channelDisbandIndication",
    "channelAdmitRequest", "channelAdmitIndication", "channelExpelRequest", "channelExpelIndication", "sendDataRequest",
    "sendDataIndication", "uniformSendDataRequest", "uniformSendDataIndication", "tokenGrabRequest", "tokenGrabConfirm",
    "tokenInhibitRequest", "tokenInhibitConfirm", "tokenGiveRequest", "tokenGiveIndication", "tokenGiveResponse",
    "tokenGiveConfirm", "tokenPleaseRequest", "tokenPleaseIndication", "tokenReleaseRequest", "tokenReleaseConfirm",
    "tokenTestRequest", "tokenTestConfirm");

}  // namespace convene::asn1
