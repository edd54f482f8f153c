/// In which direction each domain PDU may travel: T.125 §10, Table 10-1.
#pragma once

#include "mcs/domain_pdu.hpp"

namespace convene::mcs {

enum class Way : std::uint8_t { up, down, either };

template <class Pdu>
inline constexpr Way way = Way::down;

template <>
inline constexpr Way way<DisconnectProviderUltimatum> = Way::either;
template <>
inline constexpr Way way<RejectMcspduUltimatum> = Way::either;

template <>
inline constexpr Way way<ErectDomainRequest> = Way::up;
template <>
inline constexpr Way way<MergeChannelsRequest> = Way::up;
template <>
inline constexpr Way way<MergeTokensRequest> = Way::up;
template <>
inline constexpr Way way<AttachUserRequest> = Way::up;
template <>
inline constexpr Way way<DetachUserRequest> = Way::up;
template <>
inline constexpr Way way<ChannelJoinRequest> = Way::up;
template <>
inline constexpr Way way<ChannelLeaveRequest> = Way::up;
template <>
inline constexpr Way way<ChannelConveneRequest> = Way::up;
template <>
inline constexpr Way way<ChannelDisbandRequest> = Way::up;
template <>
inline constexpr Way way<ChannelAdmitRequest> = Way::up;
template <>
inline constexpr Way way<ChannelExpelRequest> = Way::up;
template <>
inline constexpr Way way<SendDataRequest> = Way::up;
template <>
inline constexpr Way way<UniformSendDataRequest> = Way::up;
template <>
inline constexpr Way way<TokenGrabRequest> = Way::up;
template <>
inline constexpr Way way<TokenInhibitRequest> = Way::up;
template <>
inline constexpr Way way<TokenGiveRequest> = Way::up;
template <>
inline constexpr Way way<TokenGiveResponse> = Way::up;
template <>
inline constexpr Way way<TokenPleaseRequest> = Way::up;
template <>
inline constexpr Way way<TokenReleaseRequest> = Way::up;
template <>
inline constexpr Way way<TokenTestRequest> = Way::up;

template <class Pdu>
inline constexpr bool is_data = false;
template <>
inline constexpr bool is_data<SendDataRequest> = true;
template <>
inline constexpr bool is_data<SendDataIndication> = true;
template <>
inline constexpr bool is_data<UniformSendDataRequest> = true;
template <>
inline constexpr bool is_data<UniformSendDataIndication> = true;

}  // namespace convene::mcs
