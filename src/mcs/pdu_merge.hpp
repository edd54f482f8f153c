/// PDUs by which a former top provider brings its channels and tokens into a larger domain: T.125 §7 part 3.
#pragma once

#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// A static channel that somebody below has joined.
struct StaticChannelAttributes {
    ChannelId channel;  ///< 1..1000

    friend bool operator==(const StaticChannelAttributes&, const StaticChannelAttributes&) = default;
};
/// A user.
struct UserChannelAttributes {
    bool joined = false;  ///< whether the user has joined its own channel
    UserId user;

    friend bool operator==(const UserChannelAttributes&, const UserChannelAttributes&) = default;
};
/// A private channel. Its users may be spread over several requests.
struct PrivateChannelAttributes {
    bool joined = false;  ///< whether anybody below has joined it
    ChannelId channel;    ///< 1001..65535
    UserId manager;
    std::vector<UserId> admitted;

    friend bool operator==(const PrivateChannelAttributes&, const PrivateChannelAttributes&) = default;
};
/// An assigned channel that somebody below has joined.
struct AssignedChannelAttributes {
    ChannelId channel;  ///< 1001..65535

    friend bool operator==(const AssignedChannelAttributes&, const AssignedChannelAttributes&) = default;
};
using ChannelAttributes =
    std::variant<StaticChannelAttributes, UserChannelAttributes, PrivateChannelAttributes, AssignedChannelAttributes>;

/// Alternative 2.
struct MergeChannelsRequest {
    std::vector<ChannelAttributes> merge_channels;
    std::vector<ChannelId> purge_channel_ids;

    friend bool operator==(const MergeChannelsRequest&, const MergeChannelsRequest&) = default;
};
/// Answers one MergeChannelsRequest: what was accepted, as entered, and what must go. Alternative 3.
struct MergeChannelsConfirm {
    std::vector<ChannelAttributes> merge_channels;
    std::vector<ChannelId> purge_channel_ids;

    friend bool operator==(const MergeChannelsConfirm&, const MergeChannelsConfirm&) = default;
};
/// Takes rejected users and channels out of the lower domain. Alternative 4.
struct PurgeChannelsIndication {
    std::vector<UserId> detach_user_ids;
    std::vector<ChannelId> purge_channel_ids;

    friend bool operator==(const PurgeChannelsIndication&, const PurgeChannelsIndication&) = default;
};

struct GrabbedTokenAttributes {
    TokenId token;
    UserId grabber;

    friend bool operator==(const GrabbedTokenAttributes&, const GrabbedTokenAttributes&) = default;
};
/// Its inhibitors may be spread over several requests.
struct InhibitedTokenAttributes {
    TokenId token;
    std::vector<UserId> inhibitors;

    friend bool operator==(const InhibitedTokenAttributes&, const InhibitedTokenAttributes&) = default;
};
struct GivingTokenAttributes {
    TokenId token;
    UserId grabber;
    UserId recipient;

    friend bool operator==(const GivingTokenAttributes&, const GivingTokenAttributes&) = default;
};
/// The recipient of a giving has detached and the grabber does not know yet.
struct UngivableTokenAttributes {
    TokenId token;
    UserId grabber;

    friend bool operator==(const UngivableTokenAttributes&, const UngivableTokenAttributes&) = default;
};
/// The grabber of a giving has released it or detached and the recipient has not answered yet.
struct GivenTokenAttributes {
    TokenId token;
    UserId recipient;

    friend bool operator==(const GivenTokenAttributes&, const GivenTokenAttributes&) = default;
};
using TokenAttributes = std::variant<GrabbedTokenAttributes, InhibitedTokenAttributes, GivingTokenAttributes,
                                     UngivableTokenAttributes, GivenTokenAttributes>;

/// Alternative 5.
struct MergeTokensRequest {
    std::vector<TokenAttributes> merge_tokens;
    std::vector<TokenId> purge_token_ids;

    friend bool operator==(const MergeTokensRequest&, const MergeTokensRequest&) = default;
};
/// Alternative 6.
struct MergeTokensConfirm {
    std::vector<TokenAttributes> merge_tokens;
    std::vector<TokenId> purge_token_ids;

    friend bool operator==(const MergeTokensConfirm&, const MergeTokensConfirm&) = default;
};
/// The users of these tokens in the lower domain are detached. Alternative 7.
struct PurgeTokensIndication {
    std::vector<TokenId> purge_token_ids;

    friend bool operator==(const PurgeTokensIndication&, const PurgeTokensIndication&) = default;
};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::StaticChannelAttributes> =
    sequence(universal_tags, field("channelId", &mcs::StaticChannelAttributes::channel, Integer<1, 1000>{}));
template <>
inline constexpr auto schema<mcs::UserChannelAttributes> = sequence(universal_tags,
                                                                    field("joined",
                                                                          &mcs::UserChannelAttributes::joined),
                                                                    field("userId", &mcs::UserChannelAttributes::user));
template <>
inline constexpr auto schema<mcs::PrivateChannelAttributes> =
    sequence(universal_tags, field("joined", &mcs::PrivateChannelAttributes::joined),
             field("channelId", &mcs::PrivateChannelAttributes::channel, Integer<1001, 65535>{}),
             field("manager", &mcs::PrivateChannelAttributes::manager),
             field("admitted", &mcs::PrivateChannelAttributes::admitted, SetOf<>{}));
template <>
inline constexpr auto schema<mcs::AssignedChannelAttributes> =
    sequence(universal_tags, field("channelId", &mcs::AssignedChannelAttributes::channel, Integer<1001, 65535>{}));
template <>
inline constexpr auto schema<mcs::ChannelAttributes> = choice("static", "userId", "private", "assigned");

template <>
inline constexpr auto schema<mcs::MergeChannelsRequest> = application<2>(
    sequence(universal_tags, field("mergeChannels", &mcs::MergeChannelsRequest::merge_channels, SetOf<>{}),
             field("purgeChannelIds", &mcs::MergeChannelsRequest::purge_channel_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::MergeChannelsConfirm> = application<3>(
    sequence(universal_tags, field("mergeChannels", &mcs::MergeChannelsConfirm::merge_channels, SetOf<>{}),
             field("purgeChannelIds", &mcs::MergeChannelsConfirm::purge_channel_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::PurgeChannelsIndication> = application<4>(
    sequence(universal_tags, field("detachUserIds", &mcs::PurgeChannelsIndication::detach_user_ids, SetOf<>{}),
             field("purgeChannelIds", &mcs::PurgeChannelsIndication::purge_channel_ids, SetOf<>{})));

template <>
inline constexpr auto schema<mcs::GrabbedTokenAttributes> =
    sequence(universal_tags, field("tokenId", &mcs::GrabbedTokenAttributes::token),
             field("grabber", &mcs::GrabbedTokenAttributes::grabber));
template <>
inline constexpr auto schema<mcs::InhibitedTokenAttributes> =
    sequence(universal_tags, field("tokenId", &mcs::InhibitedTokenAttributes::token),
             field("inhibitors", &mcs::InhibitedTokenAttributes::inhibitors, SetOf<>{}));
template <>
inline constexpr auto schema<mcs::GivingTokenAttributes> = sequence(
    universal_tags, field("tokenId", &mcs::GivingTokenAttributes::token),
    field("grabber", &mcs::GivingTokenAttributes::grabber), field("recipient", &mcs::GivingTokenAttributes::recipient));
template <>
inline constexpr auto schema<mcs::UngivableTokenAttributes> =
    sequence(universal_tags, field("tokenId", &mcs::UngivableTokenAttributes::token),
             field("grabber", &mcs::UngivableTokenAttributes::grabber));
template <>
inline constexpr auto schema<mcs::GivenTokenAttributes> = sequence(universal_tags,
                                                                   field("tokenId", &mcs::GivenTokenAttributes::token),
                                                                   field("recipient",
                                                                         &mcs::GivenTokenAttributes::recipient));
template <>
inline constexpr auto schema<mcs::TokenAttributes> = choice("grabbed", "inhibited", "giving", "ungivable", "given");

template <>
inline constexpr auto schema<mcs::MergeTokensRequest> =
    application<5>(sequence(universal_tags, field("mergeTokens", &mcs::MergeTokensRequest::merge_tokens, SetOf<>{}),
                            field("purgeTokenIds", &mcs::MergeTokensRequest::purge_token_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::MergeTokensConfirm> =
    application<6>(sequence(universal_tags, field("mergeTokens", &mcs::MergeTokensConfirm::merge_tokens, SetOf<>{}),
                            field("purgeTokenIds", &mcs::MergeTokensConfirm::purge_token_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::PurgeTokensIndication> = application<7>(
    sequence(universal_tags, field("purgeTokenIds", &mcs::PurgeTokensIndication::purge_token_ids, SetOf<>{})));

}  // namespace convene::asn1
