/// The identifiers of MCS: those that travel (users, channels, tokens) and the local handles of a domain.
#pragma once

#include <cstdint>

#include "asn1/schema.hpp"
#include "base/tagged.hpp"

namespace convene::mcs {

/// A user, which is also the number of its private inbox channel: 1001..65535.
using UserId = StrongId<struct UserIdTag, std::uint16_t>;
/// A channel: 1..1000 are static, 1001..65535 are created and deleted; 0 asks for one in a ChannelJoinRequest.
using ChannelId = StrongId<struct ChannelIdTag, std::uint16_t>;
/// A token: 1..65535.
using TokenId = StrongId<struct TokenIdTag, std::uint16_t>;

/// An MCS connection of one domain at this provider; chosen by the Domain, never used twice, never sent.
using ConnectionId = StrongId<struct ConnectionIdTag, std::uint32_t>;
/// A local user of one domain at this provider; chosen by the Domain, never used twice, never sent.
using AttachmentId = StrongId<struct AttachmentIdTag, std::uint32_t>;

inline constexpr std::uint16_t kFirstDynamicChannel = 1001;  ///< T.125 §7 part 1: DynamicChannelId
inline constexpr std::uint16_t kLastStaticChannel = 1000;    ///< T.125 §7 part 1: StaticChannelId
inline constexpr ChannelId kAssignChannel{0};                ///< in a join: "give me any"

constexpr bool is_static(ChannelId channel) { return channel.value >= 1 && channel.value <= kLastStaticChannel; }
constexpr bool is_dynamic(ChannelId channel) { return channel.value >= kFirstDynamicChannel; }
/// The channel on which a user is reached alone.
constexpr ChannelId channel_of(UserId user) { return ChannelId{user.value}; }

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::UserId> = Integer<1001, 65535>{};
template <>
inline constexpr auto schema<mcs::ChannelId> = Integer<0, 65535>{};
template <>
inline constexpr auto schema<mcs::TokenId> = Integer<1, 65535>{};

}  // namespace convene::asn1
