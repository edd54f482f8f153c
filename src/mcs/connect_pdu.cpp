#include "mcs/connect_pdu.hpp"

#include "asn1/ber.hpp"

namespace convene::asn1 {

// A page calls, and nobody calls it.
template <>
inline constexpr UseForSize kUseForSize<mcs::ConnectInitial> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ConnectResponse> = UseForSize::is_read;
template <>
inline constexpr UseForSize kUseForSize<mcs::ConnectAdditional> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<mcs::ConnectResult> = UseForSize::is_read;

}  // namespace convene::asn1

namespace convene::mcs {

asn1::Decoded<ConnectPdu> decode_connect_pdu(ByteView tsdu) {
    if (tsdu.size() > kMaxConnectPduBytes)
        return tl::make_unexpected(asn1::DecodeError{asn1::DecodeErrc::too_long, 0, {}, "T.125 §9"});
    return asn1::ber_decode<ConnectPdu>(tsdu);
}

asn1::Encoded<Bytes> encode(const ConnectPdu& pdu) { return asn1::ber_encode(pdu); }

bool looks_like_connect_pdu(ByteView tsdu) {
    // [APPLICATION 101..104] constructed: a high tag number in one octet (X.690 §8.1.2.4).
    return tsdu.size() >= 2 && tsdu[0] == std::byte{0x7F} && tsdu[1] >= std::byte{101} && tsdu[1] <= std::byte{104};
}

}  // namespace convene::mcs
