#include "gcc/codec.hpp"
#include "gcc/codec_decode_with.hpp"

namespace convene::asn1 {

// What a page neither asks for nor shows.
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceAddRequest> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceAddResponse> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceTransferRequest> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceTransferResponse> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceTransferIndication> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ApplicationInvokeIndication> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceAssistanceIndication> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceTimeInquireIndication> = true;
template <>
inline constexpr bool kIsLeftOutForSize<gcc::ConferenceTimeExtendIndication> = true;

}  // namespace convene::asn1

namespace convene::gcc {

asn1::Decoded<GccPdu> decode_gcc_pdu(ByteView octets) { return decode_tolerantly<GccPdu>(octets); }

asn1::Encoded<Bytes> encode_gcc_pdu(const GccPdu& pdu) { return asn1::per_encode(pdu); }

}  // namespace convene::gcc
