#include "whiteboard/codec.hpp"

#include "asn1/per.hpp"

namespace convene::whiteboard {

asn1::Decoded<SiPdu> decode_si_pdu(ByteView octets) {
    asn1::DecodeInfo info;
    auto pdu = asn1::per_decode<SiPdu>(octets, &info);
    if (pdu && info.octets_used != octets.size())
        return tl::make_unexpected(asn1::DecodeError{asn1::DecodeErrc::bad_length, info.octets_used * 8, {}, "T.126"});
    return pdu;
}

asn1::Encoded<Bytes> encode(const SiPdu& pdu) { return asn1::per_encode(pdu); }

}  // namespace convene::whiteboard
