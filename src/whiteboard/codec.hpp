/// Octets to SiPdu and back. The only place where the codec of T.126's PDUs is instantiated.
#pragma once

#include "asn1/error.hpp"
#include "base/bytes.hpp"
#include "whiteboard/si_pdu.hpp"

namespace convene::whiteboard {

/// A whole SIPDU, the user data of one MCS data unit. What does not come out even is read once more as peers write it
/// whose module differs from ours (decode_variants.hpp); octets that are left over then are an error.
asn1::Decoded<SiPdu> decode_si_pdu(ByteView octets);
/// Fails only for values outside their ranges. What decode_si_pdu() gave can be encoded.
asn1::Encoded<Bytes> encode(const SiPdu& pdu);

}  // namespace convene::whiteboard
