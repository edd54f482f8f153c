/// The variable part of an X.224 TPDU header: parameters as code, length, value. X.224 clause 13.2.3.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "t123/tpdu_size.hpp"

namespace convene::t123 {

inline constexpr std::uint8_t kTpduSizeCode = 0xC0;
inline constexpr std::uint8_t kCallingTsapCode = 0xC1;  ///< in an ER the same code holds the rejected header
inline constexpr std::uint8_t kCalledTsapCode = 0xC2;
inline constexpr std::uint8_t kAlternativeClassesCode = 0xC7;
inline constexpr std::uint8_t kAdditionalInformationCode = 0xE0;  ///< in a DR
inline constexpr std::uint8_t kPreferredSizeCode = 0xF0;

/// One parameter, its value borrowed from the header.
struct Parameter {
    std::uint8_t code{};
    ByteView value;
};

/// Takes the first parameter off `rest`; nothing, and `rest` as it was, when it is empty or runs past its end.
std::optional<Parameter> take_parameter(ByteView& rest);

/// `value` holds at most 252 octets.
void append_parameter(Bytes& out, std::uint8_t code, ByteView value);

/// The parameters of a CR or CC that class 0 over TCP knows. Others are ignored, and so is a size with a value out of
/// range.
struct ConnectParameters {
    TpduSizes sizes;
    std::optional<Bytes> calling_tsap;  ///< transport selector
    std::optional<Bytes> called_tsap;
    Bytes alternative_classes;  ///< one octet each, the class in the high nibble
    Bytes opaque;               ///< from the first octet that is no parameter: an RDP cookie or structure, or nonsense

    friend bool operator==(const ConnectParameters&, const ConnectParameters&) = default;
};

ConnectParameters parse_connect_parameters(ByteView variable_part);
void append_connect_parameters(Bytes& out, const ConnectParameters& parameters);

}  // namespace convene::t123
