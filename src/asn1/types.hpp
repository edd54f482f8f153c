/// Values that ASN.1 has and C++ has not.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/tagged.hpp"

namespace convene::asn1 {

/// The one value of type NULL.
struct Null {
    friend constexpr bool operator==(Null, Null) { return true; }
};

/// A NULL that is its own type, for CHOICEs with several of them: `using Conventional = Nothing<struct
/// ConventionalTag>`.
template <class Tag>
using Nothing = Tagged<Tag, Null>;

/// An OBJECT IDENTIFIER, kept as its contents octets (X.690 §8.19), which is also how identifiers are compared.
struct ObjectIdentifier {
    Bytes contents;

    /// From arcs such as {0, 0, 20, 124, 0, 1}; at least two, the first at most 2.
    static ObjectIdentifier of(std::initializer_list<std::uint32_t> arcs);
    /// From dotted text such as "0.0.20.124.0.1"; empty when that is no identifier.
    static std::optional<ObjectIdentifier> parse(std::string_view dotted);
    /// Dotted text; contents that are no valid identifier come out as "#" and hexadecimal, which parse() also reads.
    std::string to_string() const;

    friend bool operator==(const ObjectIdentifier&, const ObjectIdentifier&) = default;
};

/// A BIT STRING of any length: `bits` of them, the first in the highest bit of the first octet; unused bits are zero.
struct BitString {
    Bytes octets;
    std::size_t bits = 0;

    friend bool operator==(const BitString&, const BitString&) = default;
};

/// An alternative that a newer edition added to a CHOICE: kept so that it can be passed on untouched.
struct UnknownAlternative {
    std::uint32_t index = 0;  ///< counted from 0 after the extension marker
    Bytes contents;           ///< its complete encoding, as found in the open type

    friend bool operator==(const UnknownAlternative&, const UnknownAlternative&) = default;
};

}  // namespace convene::asn1
