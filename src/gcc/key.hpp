/// Names of protocols and of everybody's extras: object identifiers or H.221 octets. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "base/bytes.hpp"
#include "base/tagged.hpp"

namespace convene::gcc {

/// 4 to 255 octets that begin with a country and a manufacturer code (H.221 Annex A); compared whole, never taken
/// apart.
using H221NonStandardIdentifier = Tagged<struct H221NonStandardIdentifierTag, Bytes>;

/// Names an application protocol or a piece of user data.
using Key = std::variant<asn1::ObjectIdentifier, H221NonStandardIdentifier>;

/// A key of the H.221 kind from its octets.
Key h221_key(Bytes octets);
/// A key of the object identifier kind from its arcs.
Key object_key(std::initializer_list<std::uint32_t> arcs);

/// For people and logs: "0.0.20.126.0.1" or "h221:b500534c".
std::string to_string(const Key& key);

/// An order for keys in maps: object identifiers first, then by octets.
struct KeyOrder {
    bool operator()(const Key& left, const Key& right) const;
};

struct NonStandardParameter {
    Key key;
    Bytes data;

    friend bool operator==(const NonStandardParameter&, const NonStandardParameter&) = default;
};

/// One piece of user data; the value may be missing, and several pieces may carry one key.
struct UserDataItem {
    Key key;
    std::optional<Bytes> value;

    friend bool operator==(const UserDataItem&, const UserDataItem&) = default;
};
using UserData = std::vector<UserDataItem>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::H221NonStandardIdentifier> = OctetString<4, 255>{};
template <>
inline constexpr auto schema<gcc::Key> = choice("object", "h221NonStandard");
template <>
inline constexpr auto schema<gcc::NonStandardParameter> = sequence(field("key", &gcc::NonStandardParameter::key),
                                                                   field("data", &gcc::NonStandardParameter::data));
template <>
inline constexpr auto schema<gcc::UserDataItem> = sequence(field("key", &gcc::UserDataItem::key),
                                                           field("value", &gcc::UserDataItem::value, OctetString<>{}));
template <>
inline constexpr auto schema<gcc::UserData> = SetOf<>{};

}  // namespace convene::asn1
