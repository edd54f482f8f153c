/// PDUs that join, leave and manage channels: T.125 §7 part 6.
#pragma once

#include <optional>
#include <vector>

#include "asn1/schema.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// Asks for membership of a channel; answered by the first provider that can decide. Alternative 14.
struct ChannelJoinRequest {
    UserId initiator;
    ChannelId channel;  ///< 0 asks the top provider to assign one

    friend bool operator==(const ChannelJoinRequest&, const ChannelJoinRequest&) = default;
};

/// Alternative 15.
struct ChannelJoinConfirm {
    Result result{};
    UserId initiator;
    ChannelId requested;               ///< as in the request, so possibly 0
    std::optional<ChannelId> channel;  ///< the channel joined, when successful

    friend bool operator==(const ChannelJoinConfirm&, const ChannelJoinConfirm&) = default;
};

/// Nobody below the sender is joined any more. Never confirmed. Alternative 16.
struct ChannelLeaveRequest {
    std::vector<ChannelId> channel_ids;

    friend bool operator==(const ChannelLeaveRequest&, const ChannelLeaveRequest&) = default;
};

/// Asks for a new private channel managed by the initiator. Alternative 17.
struct ChannelConveneRequest {
    UserId initiator;

    friend bool operator==(const ChannelConveneRequest&, const ChannelConveneRequest&) = default;
};

/// Alternative 18.
struct ChannelConveneConfirm {
    Result result{};
    UserId initiator;
    std::optional<ChannelId> channel;  ///< the new channel, when successful

    friend bool operator==(const ChannelConveneConfirm&, const ChannelConveneConfirm&) = default;
};

/// The manager deletes its private channel. Alternative 19.
struct ChannelDisbandRequest {
    UserId initiator;
    ChannelId channel;  ///< 1001..65535

    friend bool operator==(const ChannelDisbandRequest&, const ChannelDisbandRequest&) = default;
};

/// Alternative 20.
struct ChannelDisbandIndication {
    ChannelId channel;  ///< 1001..65535

    friend bool operator==(const ChannelDisbandIndication&, const ChannelDisbandIndication&) = default;
};

/// The manager lets users into its private channel. Alternative 21.
struct ChannelAdmitRequest {
    UserId initiator;
    ChannelId channel;  ///< 1001..65535
    std::vector<UserId> user_ids;

    friend bool operator==(const ChannelAdmitRequest&, const ChannelAdmitRequest&) = default;
};

/// Alternative 22.
struct ChannelAdmitIndication {
    UserId initiator;   ///< the manager
    ChannelId channel;  ///< 1001..65535
    std::vector<UserId> user_ids;

    friend bool operator==(const ChannelAdmitIndication&, const ChannelAdmitIndication&) = default;
};

/// The manager removes users from its private channel. Alternative 23.
struct ChannelExpelRequest {
    UserId initiator;
    ChannelId channel;  ///< 1001..65535
    std::vector<UserId> user_ids;

    friend bool operator==(const ChannelExpelRequest&, const ChannelExpelRequest&) = default;
};

/// Alternative 24.
struct ChannelExpelIndication {
    ChannelId channel;  ///< 1001..65535
    std::vector<UserId> user_ids;

    friend bool operator==(const ChannelExpelIndication&, const ChannelExpelIndication&) = default;
};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::ChannelJoinRequest> =
    application<14>(sequence(universal_tags, field("initiator", &mcs::ChannelJoinRequest::initiator),
                             field("channelId", &mcs::ChannelJoinRequest::channel)));
template <>
inline constexpr auto schema<mcs::ChannelJoinConfirm> = application<15>(sequence(
    universal_tags, field("result", &mcs::ChannelJoinConfirm::result),
    field("initiator", &mcs::ChannelJoinConfirm::initiator), field("requested", &mcs::ChannelJoinConfirm::requested),
    field("channelId", &mcs::ChannelJoinConfirm::channel)));
template <>
inline constexpr auto schema<mcs::ChannelLeaveRequest> =
    application<16>(sequence(universal_tags, field("channelIds", &mcs::ChannelLeaveRequest::channel_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::ChannelConveneRequest> =
    application<17>(sequence(universal_tags, field("initiator", &mcs::ChannelConveneRequest::initiator)));
template <>
inline constexpr auto schema<mcs::ChannelConveneConfirm> =
    application<18>(sequence(universal_tags, field("result", &mcs::ChannelConveneConfirm::result),
                             field("initiator", &mcs::ChannelConveneConfirm::initiator),
                             field("channelId", &mcs::ChannelConveneConfirm::channel, Integer<1001, 65535>{})));
template <>
inline constexpr auto schema<mcs::ChannelDisbandRequest> =
    application<19>(sequence(universal_tags, field("initiator", &mcs::ChannelDisbandRequest::initiator),
                             field("channelId", &mcs::ChannelDisbandRequest::channel, Integer<1001, 65535>{})));
template <>
inline constexpr auto schema<mcs::ChannelDisbandIndication> = application<20>(
    sequence(universal_tags, field("channelId", &mcs::ChannelDisbandIndication::channel, Integer<1001, 65535>{})));
template <>
inline constexpr auto schema<mcs::ChannelAdmitRequest> =
    application<21>(sequence(universal_tags, field("initiator", &mcs::ChannelAdmitRequest::initiator),
                             field("channelId", &mcs::ChannelAdmitRequest::channel, Integer<1001, 65535>{}),
                             field("userIds", &mcs::ChannelAdmitRequest::user_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::ChannelAdmitIndication> =
    application<22>(sequence(universal_tags, field("initiator", &mcs::ChannelAdmitIndication::initiator),
                             field("channelId", &mcs::ChannelAdmitIndication::channel, Integer<1001, 65535>{}),
                             field("userIds", &mcs::ChannelAdmitIndication::user_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::ChannelExpelRequest> =
    application<23>(sequence(universal_tags, field("initiator", &mcs::ChannelExpelRequest::initiator),
                             field("channelId", &mcs::ChannelExpelRequest::channel, Integer<1001, 65535>{}),
                             field("userIds", &mcs::ChannelExpelRequest::user_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::ChannelExpelIndication> = application<24>(
    sequence(universal_tags, field("channelId", &mcs::ChannelExpelIndication::channel, Integer<1001, 65535>{}),
             field("userIds", &mcs::ChannelExpelIndication::user_ids, SetOf<>{})));

}  // namespace convene::asn1
