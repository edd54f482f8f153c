/// The PDUs of merging in protocol version 3, which differ in more than the nonStandard member. MCS-PROTOCOL-3 part 3.
#pragma once

#include <variant>
#include <vector>

#include "mcs/pdu_merge.hpp"
#include "mcs/v3/extended.hpp"

namespace convene::mcs::v3 {

using ChannelAttributes =
    std::variant<Extended<StaticChannelAttributes>, Extended<UserChannelAttributes>, Extended<PrivateChannelAttributes>,
                 Extended<AssignedChannelAttributes>, asn1::UnknownAlternative>;

/// `V2` is the version 2 PDU of the same name.
template <class V2>
struct MergeChannels {
    std::vector<ChannelAttributes> merge_channels;
    std::vector<ChannelId> purge_channel_ids;
    NonStandardParameters non_standard = {};

    friend bool operator==(const MergeChannels&, const MergeChannels&) = default;
};
using MergeChannelsRequest = MergeChannels<mcs::MergeChannelsRequest>;
using MergeChannelsConfirm = MergeChannels<mcs::MergeChannelsConfirm>;

struct PurgeChannelsIndication {
    std::vector<ChannelId> detach_channel_ids;  ///< user ids, though the type would allow others
    std::vector<ChannelId> purge_channel_ids;
    NonStandardParameters non_standard = {};

    friend bool operator==(const PurgeChannelsIndication&, const PurgeChannelsIndication&) = default;
};

using TokenAttributes =
    std::variant<Extended<GrabbedTokenAttributes>, Extended<InhibitedTokenAttributes>, Extended<GivingTokenAttributes>,
                 Extended<UngivableTokenAttributes>, Extended<GivenTokenAttributes>, asn1::UnknownAlternative>;

template <class V2>
struct MergeTokens {
    std::vector<TokenAttributes> merge_tokens;
    std::vector<TokenId> purge_token_ids;
    NonStandardParameters non_standard = {};

    friend bool operator==(const MergeTokens&, const MergeTokens&) = default;
};
using MergeTokensRequest = MergeTokens<mcs::MergeTokensRequest>;
using MergeTokensConfirm = MergeTokens<mcs::MergeTokensConfirm>;

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::v3::ChannelAttributes> = choice("static", "userId", "private", "assigned",
                                                                  extensible);
template <class V2>
inline constexpr auto schema<mcs::v3::MergeChannels<V2>> =
    sequence(field("mergeChannels", &mcs::v3::MergeChannels<V2>::merge_channels, SetOf<>{}),
             field("purgeChannelIds", &mcs::v3::MergeChannels<V2>::purge_channel_ids, SetOf<>{}),
             field("nonStandard", &mcs::v3::MergeChannels<V2>::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::PurgeChannelsIndication> =
    sequence(field("detachChannelIds", &mcs::v3::PurgeChannelsIndication::detach_channel_ids, SetOf<>{}),
             field("purgeChannelIds", &mcs::v3::PurgeChannelsIndication::purge_channel_ids, SetOf<>{}),
             field("nonStandard", &mcs::v3::PurgeChannelsIndication::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::TokenAttributes> = choice("grabbed", "inhibited", "giving", "ungivable", "given",
                                                                extensible);
template <class V2>
inline constexpr auto schema<mcs::v3::MergeTokens<V2>> =
    sequence(field("mergeTokens", &mcs::v3::MergeTokens<V2>::merge_tokens, SetOf<>{}),
             field("purgeTokenIds", &mcs::v3::MergeTokens<V2>::purge_token_ids, SetOf<>{}),
             field("nonStandard", &mcs::v3::MergeTokens<V2>::non_standard, SequenceOf<>{}), extensible);

}  // namespace convene::asn1
