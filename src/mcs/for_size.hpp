/// What a page does with each domain PDU. Within the room only.
#pragma once

#include "asn1/for_size.hpp"
#include "mcs/domain_pdu.hpp"

namespace convene::asn1 {

// A page has nobody below it: it asks and is answered, and its domain is never merged with another.
template <>
inline constexpr UseForSize kUseForSize<mcs::MergeChannelsRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<mcs::MergeChannelsConfirm> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<mcs::PurgeChannelsIndication> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<mcs::MergeTokensRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<mcs::MergeTokensConfirm> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<mcs::PurgeTokensIndication> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<mcs::PlumbDomainIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::AttachUserConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::DetachUserIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelJoinConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelConveneConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelDisbandIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelAdmitIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelExpelIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::SendDataIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::UniformSendDataIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenGrabConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenInhibitConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenGiveIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenGiveConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenPleaseIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenReleaseConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenTestConfirm> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ErectDomainRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::AttachUserRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::DetachUserRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelJoinRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelLeaveRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelConveneRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelDisbandRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelAdmitRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ChannelExpelRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::SendDataRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::UniformSendDataRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenGrabRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenInhibitRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenGiveRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenGiveResponse> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenPleaseRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenReleaseRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::TokenTestRequest> = UseForSize::is_written;

}  // namespace convene::asn1
