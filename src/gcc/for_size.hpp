/// What a page does with the PDUs of GCC. Within the room only.
#pragma once

#include <type_traits>
#include <variant>

#include "asn1/for_size.hpp"
#include "gcc/pdu.hpp"

namespace convene::asn1 {

// These stand in both codecs.
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceJoinRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceJoinResponse> = UseForSize::is_read;

// What a page neither asks for nor shows.
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceAddRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceAddResponse> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTransferRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTransferResponse> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTransferIndication> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ApplicationInvokeIndication> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceAssistanceIndication> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTimeInquireIndication> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTimeExtendIndication> = UseForSize::none;
// It asks and is answered, and nobody asks it.
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceLockRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceUnlockRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTerminateRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceEjectUserRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryRegisterChannelRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryAssignTokenRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistrySetParameterRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryRetrieveEntryRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryDeleteEntryRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryMonitorEntryRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryAllocateHandleRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::UserIdIndication> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceLockResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceUnlockResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTerminateResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceEjectUserResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryAllocateHandleResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceLockIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceUnlockIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTerminateIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceEjectUserIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::RegistryMonitorEntryIndication> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceTimeRemainingIndication> = UseForSize::is_read;

}  // namespace convene::asn1

namespace convene::gcc {

/// As std::visit, for a PDU that was received; no code is made for alternatives that are never read.
template <class Function, class Pdu>
void visit_received(Function&& function, const Pdu& pdu) {
    std::visit(
        [&](const auto& each) {
            if constexpr (asn1::kIsRead<std::decay_t<decltype(each)>>) function(each);
        },
        pdu);
}

}  // namespace convene::gcc
