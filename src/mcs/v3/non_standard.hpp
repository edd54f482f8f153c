/// What any PDU of protocol version 3 may carry besides its standard members. T.125 §7, module MCS-PROTOCOL-3 part 1.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "base/bytes.hpp"
#include "base/tagged.hpp"

namespace convene::mcs::v3 {

/// Country and manufacturer code (H.221 Annex A), then what the manufacturer likes; 4..255 octets.
using H221NonStandardIdentifier = Tagged<struct H221NonStandardIdentifierTag, Bytes>;

/// Who defined it.
using Key = std::variant<asn1::ObjectIdentifier, H221NonStandardIdentifier>;

struct NonStandardParameter {
    Key key;
    Bytes data;

    friend bool operator==(const NonStandardParameter&, const NonStandardParameter&) = default;
};

using NonStandardParameters = std::optional<std::vector<NonStandardParameter>>;

/// A PDU that only its key's owner understands.
struct NonStandardPdu {
    NonStandardParameter data;

    friend bool operator==(const NonStandardPdu&, const NonStandardPdu&) = default;
};

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::v3::H221NonStandardIdentifier> = OctetString<4, 255>{};
template <>
inline constexpr auto schema<mcs::v3::Key> = choice("object", "h221NonStandard");
template <>
inline constexpr auto schema<mcs::v3::NonStandardParameter> =
    sequence(field("key", &mcs::v3::NonStandardParameter::key), field("data", &mcs::v3::NonStandardParameter::data));
template <>
inline constexpr auto schema<mcs::v3::NonStandardPdu> = sequence(field("data", &mcs::v3::NonStandardPdu::data),
                                                                 extensible);

}  // namespace convene::asn1
