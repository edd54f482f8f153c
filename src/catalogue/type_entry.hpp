/// One named type of an ASN.1 module with everything that can be done with it from outside.
#pragma once

#include <string>
#include <string_view>

#include "asn1/decode_info.hpp"
#include "asn1/error.hpp"
#include "asn1/json_node.hpp"
#include "asn1/random.hpp"
#include "base/bytes.hpp"

namespace convene::catalogue {

enum class Rule : std::uint8_t {
    aper,  ///< aligned basic PER
    ber,
};

/// Where pointers are asked for, null means "not wanted".
struct TypeEntry {
    std::string_view module;  ///< such as "MCS-PROTOCOL"
    std::string_view name;    ///< such as "Connect-Initial"
    bool has_ber;             ///< the module is used with BER, too; without, `Rule::ber` must not be asked for

    /// Decodes one value from the start of `input`. `value` gets its JSON, `again` what it encodes to.
    asn1::Decoded<asn1::DecodeInfo> (*decode)(Rule rule, ByteView input, asn1::Json* value,
                                              asn1::Encoded<Bytes>* again);
    /// Encodes what JSON describes; the error says why it could not.
    Expected<Bytes, std::string> (*encode)(Rule rule, const asn1::Json& value);
    /// Encodes a random value. `value` gets its JSON.
    asn1::Encoded<Bytes> (*random)(Rule rule, asn1::Random& random, asn1::Json* value);
};

}  // namespace convene::catalogue
