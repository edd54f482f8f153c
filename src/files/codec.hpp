/// MBFTPDUs to octets and back, in both readings of the file header that are in use.
#pragma once

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "files/mbft_pdu.hpp"

namespace convene::files {

/// How many presence bits a peer gives a FileHeader: 26 with `protocol-version` first and `user-visible-string` last,
/// 24 without both. No public text settles which is right, so it is learned of every peer.
enum class HeaderForm : std::uint8_t { bits26, bits24 };

struct DecodedPdu {
    MbftPdu pdu;
    /// The form of the header that was found; that of the caller for a PDU without a header.
    HeaderForm form{};
};

/// Reads one PDU. `expected` is the form that this peer used last and is tried first; the other one follows when the
/// PDU does not come out even, or its header cannot be meant.
asn1::Decoded<DecodedPdu> decode_mbft_pdu(ByteView octets, HeaderForm expected = HeaderForm::bits26);

/// Fails only for what the caller made too long or out of range. `protocol_version` and `user_visible_string` are left
/// out in the form that has no place for them.
asn1::Encoded<Bytes> encode(const MbftPdu& pdu, HeaderForm form = HeaderForm::bits26);

/// The name of the PDU as the module writes it, such as "file-OfferPDU".
std::string_view name_of(const MbftPdu& pdu);

}  // namespace convene::files
