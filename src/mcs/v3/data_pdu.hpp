/// The PDUs that carry data in protocol version 3. MCS-PROTOCOL-3 part 7.
#pragma once

#include <cstdint>
#include <optional>

#include "base/slice.hpp"
#include "mcs/pdu_data.hpp"
#include "mcs/v3/extended.hpp"

namespace convene::mcs::v3 {

/// One type for all four; `V2` is the version 2 PDU of the same name.
template <class V2>
struct DataPdu {
    UserId initiator;
    ChannelId channel;
    bool reliability = true;
    std::optional<std::uint16_t> domain_reference_id;  ///< with unreliable data
    DataPriority priority{};
    Segmentation segmentation;
    Slice user_data;                              ///< shares the received buffer
    std::optional<std::int64_t> total_data_size;  ///< of the whole SDU, on its first segment alone
    NonStandardParameters non_standard = {};

    friend bool operator==(const DataPdu&, const DataPdu&) = default;
};

using SendDataRequest = DataPdu<mcs::SendDataRequest>;
using SendDataIndication = DataPdu<mcs::SendDataIndication>;
using UniformSendDataRequest = DataPdu<mcs::UniformSendDataRequest>;
using UniformSendDataIndication = DataPdu<mcs::UniformSendDataIndication>;

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <class V2>
inline constexpr auto schema<mcs::v3::DataPdu<V2>> =
    sequence(field("initiator", &mcs::v3::DataPdu<V2>::initiator), field("channelId", &mcs::v3::DataPdu<V2>::channel),
             field("reliability", &mcs::v3::DataPdu<V2>::reliability),
             field("domainReferenceID", &mcs::v3::DataPdu<V2>::domain_reference_id, Integer<0, 65535>{}),
             field("dataPriority", &mcs::v3::DataPdu<V2>::priority, mcs::v3::kAsChoice<mcs::DataPriority>),
             field("segmentation", &mcs::v3::DataPdu<V2>::segmentation),
             field("userData", &mcs::v3::DataPdu<V2>::user_data, OctetString<>{}),
             field("totalDataSize", &mcs::v3::DataPdu<V2>::total_data_size, AnyInteger{}),
             field("nonStandard", &mcs::v3::DataPdu<V2>::non_standard, SequenceOf<>{}), extensible);

}  // namespace convene::asn1
