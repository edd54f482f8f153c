#include "gcc/codec.hpp"
#include "gcc/codec_decode_with.hpp"
#include "gcc/for_size.hpp"

namespace convene::gcc {

asn1::Decoded<GccPdu> decode_gcc_pdu(ByteView octets) { return decode_tolerantly<GccPdu>(octets); }

asn1::Encoded<Bytes> encode_gcc_pdu(const GccPdu& pdu) { return asn1::per_encode(pdu); }

}  // namespace convene::gcc
