/// PDUs that carry data: T.125 §7 part 7.
#pragma once

#include "asn1/schema.hpp"
#include "base/slice.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// Data on its way up; every provider it passes turns it into indications for the joined below. Alternative 25.
struct SendDataRequest {
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    Segmentation segmentation;
    Slice user_data;  ///< shares the received buffer

    friend bool operator==(const SendDataRequest&, const SendDataRequest&) = default;
};

/// Alternative 26.
struct SendDataIndication {
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    Segmentation segmentation;
    Slice user_data;  ///< shares the received buffer

    friend bool operator==(const SendDataIndication&, const SendDataIndication&) = default;
};

/// Data that only the top provider sends down, so that all receive it in one order. Alternative 27.
struct UniformSendDataRequest {
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    Segmentation segmentation;
    Slice user_data;  ///< shares the received buffer

    friend bool operator==(const UniformSendDataRequest&, const UniformSendDataRequest&) = default;
};

/// Alternative 28.
struct UniformSendDataIndication {
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    Segmentation segmentation;
    Slice user_data;  ///< shares the received buffer

    friend bool operator==(const UniformSendDataIndication&, const UniformSendDataIndication&) = default;
};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::SendDataRequest> = application<25>(
    sequence(universal_tags, field("initiator", &mcs::SendDataRequest::initiator),
             field("channelId", &mcs::SendDataRequest::channel), field("dataPriority", &mcs::SendDataRequest::priority),
             field("segmentation", &mcs::SendDataRequest::segmentation),
             field("userData", &mcs::SendDataRequest::user_data, OctetString<>{})));
template <>
inline constexpr auto schema<mcs::SendDataIndication> = application<26>(sequence(
    universal_tags, field("initiator", &mcs::SendDataIndication::initiator),
    field("channelId", &mcs::SendDataIndication::channel), field("dataPriority", &mcs::SendDataIndication::priority),
    field("segmentation", &mcs::SendDataIndication::segmentation),
    field("userData", &mcs::SendDataIndication::user_data, OctetString<>{})));
template <>
inline constexpr auto schema<mcs::UniformSendDataRequest> =
    application<27>(sequence(universal_tags, field("initiator", &mcs::UniformSendDataRequest::initiator),
                             field("channelId", &mcs::UniformSendDataRequest::channel),
                             field("dataPriority", &mcs::UniformSendDataRequest::priority),
                             field("segmentation", &mcs::UniformSendDataRequest::segmentation),
                             field("userData", &mcs::UniformSendDataRequest::user_data, OctetString<>{})));
template <>
inline constexpr auto schema<mcs::UniformSendDataIndication> =
    application<28>(sequence(universal_tags, field("initiator", &mcs::UniformSendDataIndication::initiator),
                             field("channelId", &mcs::UniformSendDataIndication::channel),
                             field("dataPriority", &mcs::UniformSendDataIndication::priority),
                             field("segmentation", &mcs::UniformSendDataIndication::segmentation),
                             field("userData", &mcs::UniformSendDataIndication::user_data, OctetString<>{})));

}  // namespace convene::asn1
