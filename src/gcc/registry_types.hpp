/// What the application registry stores. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "asn1/schema.hpp"
#include "gcc/numbers.hpp"
#include "gcc/records.hpp"

namespace convene::gcc {

/// An index into the registry: a session and up to 64 octets of its choice.
struct RegistryKey {
    SessionKey session_key;
    Bytes resource_id;

    friend bool operator==(const RegistryKey&, const RegistryKey&) = default;
};
struct RegistryKeyOrder {
    bool operator()(const RegistryKey& left, const RegistryKey& right) const;
};

using Parameter = Tagged<struct ParameterTag, Bytes>;  ///< up to 64 octets
using Vacant = asn1::Nothing<struct VacantTag>;
using RegistryItem = std::variant<ChannelId, TokenId, Parameter, Vacant, asn1::UnknownAlternative>;

using NotOwned = asn1::Nothing<struct NotOwnedTag>;
using RegistryEntryOwner = std::variant<Entity, NotOwned>;

/// Who may change a parameter. Not extensible in the standard.
enum class RegistryModificationRights : std::uint8_t { owner, session, everybody };

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::RegistryKey> = sequence(field("sessionKey", &gcc::RegistryKey::session_key),
                                                          field("resourceID", &gcc::RegistryKey::resource_id,
                                                                OctetString<0, 64>{}));
template <>
inline constexpr auto schema<gcc::RegistryItem> = choice(alt("channelID", gcc::DynamicChannelIdRange{}),
                                                         alt("tokenID", gcc::DynamicTokenIdRange{}),
                                                         alt("parameter", OctetString<0, 64>{}), "vacant", extensible);
template <>
inline constexpr auto schema<gcc::Entity> = sequence(field("nodeID", &gcc::Entity::node, gcc::UserIdRange{}),
                                                     field("entityID", &gcc::Entity::entity));
template <>
inline constexpr auto schema<gcc::RegistryEntryOwner> = choice("owned", "notOwned");
template <>
inline constexpr auto schema<gcc::RegistryModificationRights> = enumerated("owner", "session", "public");

}  // namespace convene::asn1
