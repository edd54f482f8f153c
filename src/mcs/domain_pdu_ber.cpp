// Version 1 of the protocol, which differs from version 2 in the encoding alone.
#include "asn1/ber.hpp"
#include "mcs/domain_pdu.hpp"

namespace convene::mcs {

asn1::Encoded<Bytes> encode_domain_pdu_ber(const DomainPdu& pdu) { return asn1::ber_encode(pdu); }

asn1::Decoded<DomainPdu> decode_domain_pdu_ber(const Slice& octets) { return asn1::ber_decode<DomainPdu>(octets); }

}  // namespace convene::mcs
