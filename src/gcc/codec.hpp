/// Octets to GCC PDUs and back. The only place where the codecs of T.124's large types are instantiated.
#pragma once

#include "asn1/error.hpp"
#include "base/bytes.hpp"
#include "gcc/connect_pdu.hpp"
#include "gcc/pdu.hpp"

namespace convene::gcc {

/// {itu-t recommendation t 124 version(0) 1}, which every edition writes before its connect PDUs.
const Key& t124_identifier();

/// The PDU in the user data of an MCS connect PDU: ConnectData around ConnectGCCPDU. T.124, GCC-PROTOCOL part 3.
/// Tolerates a length of connectPDU that is wrong, too short or too long, as remote desktop peers send it, and simple
/// texts of 16 bits a character. Another identifier than T.124's is an error of kind `unsupported`.
asn1::Decoded<ConnectGccPdu> decode_connect_data(ByteView user_data);
asn1::Encoded<Bytes> encode_connect_data(const ConnectGccPdu& pdu);

/// A ConnectGCCPDU without its wrapper.
asn1::Decoded<ConnectGccPdu> decode_connect_pdu(ByteView octets);
asn1::Encoded<Bytes> encode_connect_pdu(const ConnectGccPdu& pdu);

/// A GCCPDU, the user data of MCS data between GCC providers. T.124, GCC-PROTOCOL part 4.
asn1::Decoded<GccPdu> decode_gcc_pdu(ByteView octets);
asn1::Encoded<Bytes> encode_gcc_pdu(const GccPdu& pdu);

}  // namespace convene::gcc
