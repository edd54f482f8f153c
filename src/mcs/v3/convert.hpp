/// What a provider that thinks in version 2 does with a version 3 connection. T.125 §13.11.
#pragma once

#include <optional>

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "mcs/domain_pdu.hpp"
#include "mcs/v3/domain_pdu.hpp"

namespace convene::mcs::v3 {

/// Drops what version 2 cannot say: nonStandard members, reliability, total size. Nothing comes back for PDUs that have
/// no equivalent; they are to be discarded, which is no error. Enumerators of newer editions become the closest of
/// version 2.
std::optional<mcs::DomainPdu> to_v2(const DomainPdu& pdu);

/// Data becomes reliable and without a domain reference.
DomainPdu to_v3(const mcs::DomainPdu& pdu);

/// A TSDU of a version 3 connection, as version 2 says it; nothing where to_v2() has nothing.
asn1::Decoded<std::optional<mcs::DomainPdu>> decode(const Slice& tsdu);
/// A TSDU for a version 3 connection.
asn1::Encoded<Bytes> encode(const mcs::DomainPdu& pdu);

}  // namespace convene::mcs::v3
