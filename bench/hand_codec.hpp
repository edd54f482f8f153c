/// A hand-written codec for the one PDU that is worth comparing: SendDataIndication, as somebody would write it without
/// a schema. Same interface, same checks, same kinds of error as the general one, and out of line like it.
#pragma once

#include "mcs/domain_pdu.hpp"

namespace convene::bench {

asn1::Decoded<mcs::DomainPdu> hand_decode(const Slice& octets);
asn1::Encoded<Bytes> hand_encode(const mcs::DomainPdu& pdu);

}  // namespace convene::bench
