#include "mcs/map/pdu.hpp"

#include "asn1/per.hpp"

namespace convene::mcs::map {

asn1::Encoded<Bytes> encode_pdu(const Pdu& pdu) { return asn1::per_encode(pdu); }

asn1::Decoded<Pdu> decode_pdu(const Slice& octets) { return asn1::per_decode<Pdu>(octets); }

}  // namespace convene::mcs::map
