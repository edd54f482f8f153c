/// GccPdu: everything GCC providers say to each other over MCS data. T.124, module GCC-PROTOCOL part 4.
#pragma once

#include <string_view>
#include <variant>

#include "asn1/schema.hpp"
#include "gcc/control_pdu.hpp"
#include "gcc/indication_pdu.hpp"
#include "gcc/join_pdu.hpp"
#include "gcc/registry_pdu.hpp"
#include "gcc/roster_update.hpp"

namespace convene::gcc {

using NonStandardRequest = Tagged<struct NonStandardRequestTag, NonStandardPdu>;
using NonStandardResponse = Tagged<struct NonStandardResponseTag, NonStandardPdu>;
using NonStandardIndication = Tagged<struct NonStandardIndicationTag, NonStandardPdu>;

using RequestPdu =
    std::variant<ConferenceJoinRequest, ConferenceAddRequest, ConferenceLockRequest, ConferenceUnlockRequest,
                 ConferenceTerminateRequest, ConferenceEjectUserRequest, ConferenceTransferRequest,
                 RegistryRegisterChannelRequest, RegistryAssignTokenRequest, RegistrySetParameterRequest,
                 RegistryRetrieveEntryRequest, RegistryDeleteEntryRequest, RegistryMonitorEntryRequest,
                 RegistryAllocateHandleRequest, NonStandardRequest, asn1::UnknownAlternative>;

/// Hands a request back to its sender: "I have no such function".
struct FunctionNotSupportedResponse {
    RequestPdu request;

    friend bool operator==(const FunctionNotSupportedResponse&, const FunctionNotSupportedResponse&) = default;
};

using ResponsePdu = std::variant<ConferenceJoinResponse, ConferenceAddResponse, ConferenceLockResponse,
                                 ConferenceUnlockResponse, ConferenceTerminateResponse, ConferenceEjectUserResponse,
                                 ConferenceTransferResponse, RegistryResponse, RegistryAllocateHandleResponse,
                                 FunctionNotSupportedResponse, NonStandardResponse, asn1::UnknownAlternative>;

using IndicationPdu =
    std::variant<UserIdIndication, ConferenceLockIndication, ConferenceUnlockIndication, ConferenceTerminateIndication,
                 ConferenceEjectUserIndication, ConferenceTransferIndication, RosterUpdateIndication,
                 ApplicationInvokeIndication, RegistryMonitorEntryIndication, ConductorAssignIndication,
                 ConductorReleaseIndication, ConductorPermissionAskIndication, ConductorPermissionGrantIndication,
                 ConferenceTimeRemainingIndication, ConferenceTimeInquireIndication, ConferenceTimeExtendIndication,
                 ConferenceAssistanceIndication, TextMessageIndication, NonStandardIndication,
                 asn1::UnknownAlternative>;

/// Not extensible.
using GccPdu = std::variant<RequestPdu, ResponsePdu, IndicationPdu>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::NonStandardRequest> = schema<gcc::NonStandardPdu>;
template <>
inline constexpr auto schema<gcc::NonStandardResponse> = schema<gcc::NonStandardPdu>;
template <>
inline constexpr auto schema<gcc::NonStandardIndication> = schema<gcc::NonStandardPdu>;
template <>
inline constexpr auto schema<gcc::RequestPdu> = choice("conferenceJoinRequest", "conferenceAddRequest",
                                                       "conferenceLockRequest", "conferenceUnlockRequest",
                                                       "conferenceTerminateRequest", "conferenceEjectUserRequest",
                                                       "conferenceTransferRequest", "registryRegisterChannelRequest",
                                                       "registryAssignTokenRequest", "registrySetParameterRequest",
                                                       "registryRetrieveEntryRequest", "registryDeleteEntryRequest",
                                                       "registryMonitorEntryRequest", "registryAllocateHandleRequest",
                                                       "nonStandardRequest", extensible);
template <>
inline constexpr auto schema<gcc::FunctionNotSupportedResponse> =
    sequence(field("request", &gcc::FunctionNotSupportedResponse::request));
template <>
inline constexpr auto schema<gcc::ResponsePdu> = choice(
    "conferenceJoinResponse", "conferenceAddResponse", "conferenceLockResponse", "conferenceUnlockResponse",
    "conferenceTerminateResponse", "conferenceEjectUserResponse", "conferenceTransferResponse", "registryResponse",
    "registryAllocateHandleResponse", "functionNotSupportedResponse", "nonStandardResponse", extensible);
template <>
inline constexpr auto schema<gcc::IndicationPdu> = choice(
    "userIDIndication", "conferenceLockIndication", "conferenceUnlockIndication", "conferenceTerminateIndication",
    "conferenceEjectUserIndication", "conferenceTransferIndication", "rosterUpdateIndication",
    "applicationInvokeIndication", "registryMonitorEntryIndication", "conductorAssignIndication",
    "conductorReleaseIndication", "conductorPermissionAskIndication", "conductorPermissionGrantIndication",
    "conferenceTimeRemainingIndication", "conferenceTimeInquireIndication", "conferenceTimeExtendIndication",
    "conferenceAssistanceIndication", "textMessageIndication", "nonStandardIndication", extensible);
template <>
inline constexpr auto schema<gcc::GccPdu> = choice("request", "response", "indication");

}  // namespace convene::asn1
