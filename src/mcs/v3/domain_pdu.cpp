#include "mcs/v3/domain_pdu.hpp"

#include "asn1/per.hpp"

namespace convene::mcs::v3 {

asn1::Encoded<Bytes> encode_domain_pdu(const DomainPdu& pdu) { return asn1::per_encode(pdu); }

asn1::Decoded<DomainPdu> decode_domain_pdu(const Slice& octets) { return asn1::per_decode<DomainPdu>(octets); }

}  // namespace convene::mcs::v3
