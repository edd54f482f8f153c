#include "gcc/codec.hpp"
#include "gcc/codec_decode_with.hpp"
#include "gcc/for_size.hpp"

namespace convene::asn1 {

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

asn1::Decoded<GccPdu> decode_gcc_pdu(ByteView octets) { return decode_tolerantly<GccPdu>(octets); }

asn1::Encoded<Bytes> encode_gcc_pdu(const GccPdu& pdu) { return asn1::per_encode(pdu); }

}  // namespace convene::gcc
