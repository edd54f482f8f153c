/// The numbers of GCC with their ranges: identifiers, handles, times, tags. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <cstdint>

#include "asn1/schema.hpp"
#include "base/tagged.hpp"
#include "mcs/ids.hpp"

namespace convene::gcc {

using mcs::ChannelId;
using mcs::TokenId;
using mcs::UserId;

/// An application protocol entity among those of its node; with the node's id it is unique in the conference.
using EntityId = StrongId<struct EntityIdTag, std::uint16_t>;
/// A number that is unique in the conference, from the registry.
using Handle = StrongId<struct HandleTag, std::uint32_t>;
/// Seconds; may be negative.
using Seconds = std::int32_t;
/// Ties a node that has connected to the connect PDUs that brought it. Any size in the standard, 64 bits here.
using Tag = std::int64_t;

inline constexpr ChannelId kBroadcastChannel{1};  ///< GCC-Broadcast-Channel: every node
inline constexpr ChannelId kConvenerChannel{2};   ///< GCC-Convener-Channel: the convener alone
inline constexpr TokenId kConductorToken{1};      ///< held by the conducting node

// Ranges where GCC has narrower ones than T.125.
using UserIdRange = asn1::Integer<1001, 65535>;
using ChannelIdRange = asn1::Integer<1, 65535>;
using DynamicChannelIdRange = asn1::Integer<1001, 65535>;
using DynamicTokenIdRange = asn1::Integer<16384, 65535>;
using TimeRange = asn1::Integer<std::int64_t{-2147483648LL}, std::int64_t{2147483647LL}>;
using RosterInstanceRange = asn1::Integer<0, 65535>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::EntityId> = Integer<0, 65535>{};
template <>
inline constexpr auto schema<gcc::Handle> = Integer<0U, 4294967295U>{};

}  // namespace convene::asn1
