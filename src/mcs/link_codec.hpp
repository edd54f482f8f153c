/// The one place where a domain PDU becomes octets for a connection of some protocol version, and back.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "mcs/domain_pdu.hpp"
#include "t123/tsdu.hpp"

namespace convene::mcs {

/// A protocol version of T.125: 1 (BER), 2 (aligned PER), 3 (aligned PER of other types).
using Version = std::uint8_t;
inline constexpr Version kHighestVersion = 3;

/// For a connection of `version`. Fails only for values outside their constraints.
asn1::Encoded<t123::Tsdu> encode_for(Version version, const DomainPdu& pdu);
/// User data shares the buffer of `octets`. Empty for what a newer version says and version 2 cannot: to be discarded.
asn1::Decoded<std::optional<DomainPdu>> decode_from(Version version, const Slice& octets);

/// A copy of a PDU with room in front, so that it can be written with its frame in one run.
t123::Tsdu framed_copy(ByteView pdu);

/// A PDU for many receivers: its octets are made once for each version that is asked for.
class PduCopies {
public:
    explicit PduCopies(DomainPdu pdu);
    /// Octets that are already there, and make the PDU only if another version is asked for.
    PduCopies(Version version, t123::Tsdu tsdu);

    /// Null when the PDU cannot be said in that version.
    const t123::Tsdu* in(Version version);

private:
    std::optional<DomainPdu> pdu_;
    Version first_version_ = 0;
    std::array<std::optional<t123::Tsdu>, kHighestVersion + 1> copies_;
};

}  // namespace convene::mcs
