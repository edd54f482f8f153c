/// The PDUs of the multicast adaptation protocol, which carries MCS over unreliable and multicast transports. T.125
/// Annex A, module MAP-PROTOCOL. They are described here so that they can be read and shown; no procedure uses them
/// yet.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "mcs/map/types.hpp"

namespace convene::mcs::map {

/// Begins a MAP connection, on a reliable unicast transport.
struct ConnectRequest {
    VersionNumber version;
    std::uint16_t connection_map_sap = 0;
    std::uint16_t domain_reference_id = 0;
    PriorityRange priorities;
    NonStandardParameters non_standard = {};

    friend bool operator==(const ConnectRequest&, const ConnectRequest&) = default;
};
struct ConnectConfirm {
    VersionNumber version;
    std::uint16_t connection_map_sap = 0;
    NonStandardParameters non_standard = {};

    friend bool operator==(const ConnectConfirm&, const ConnectConfirm&) = default;
};
struct DisconnectRequest {
    Reason reason;
    bool confirm_required = false;
    NonStandardParameters non_standard = {};

    friend bool operator==(const DisconnectRequest&, const DisconnectRequest&) = default;
};
struct DisconnectConfirm {
    NonStandardParameters non_standard = {};

    friend bool operator==(const DisconnectConfirm&, const DisconnectConfirm&) = default;
};

/// Which transports can be used; `Entry` says whether it asks or answers.
template <class Entry>
struct ArbitrateProtocols {
    std::uint16_t domain_reference_id = 0;
    bool more_to_come = false;
    std::vector<Entry> menu;
    NonStandardParameters non_standard = {};

    friend bool operator==(const ArbitrateProtocols&, const ArbitrateProtocols&) = default;
};
using ArbitrateProtocolsRequest = ArbitrateProtocols<TransportProtocolRequestEntry>;
using ArbitrateProtocolsConfirm = ArbitrateProtocols<TransportProtocolConfirmEntry>;

/// The one PDU that may travel on other transports than the reliable unicast one.
struct Data {
    std::optional<DataDescriptor> descriptor;
    std::vector<DataFrameEntry> frames;
    NonStandardParameters non_standard = {};

    friend bool operator==(const Data&, const Data&) = default;
};

struct AddGroupRequest {
    Metachannel metachannel;
    TransportProtocolId transport_protocol;
    NetworkAddress multicast_group;
    NonStandardParameters non_standard = {};

    friend bool operator==(const AddGroupRequest&, const AddGroupRequest&) = default;
};

/// Requests and confirms that name a metachannel and nothing else; `Tag` tells them apart.
template <class Tag>
struct MetachannelPdu {
    Metachannel metachannel;
    NonStandardParameters non_standard = {};

    friend bool operator==(const MetachannelPdu&, const MetachannelPdu&) = default;
};
using RemoveGroupRequest = MetachannelPdu<struct RemoveGroupRequestTag>;
using DisableMulticastRequest = MetachannelPdu<struct DisableMulticastRequestTag>;
using DisableMulticastConfirm = MetachannelPdu<struct DisableMulticastConfirmTag>;
using EnableMulticastRequest = MetachannelPdu<struct EnableMulticastRequestTag>;

/// Requests that name a data flow and nothing else.
template <class Tag>
struct DataFlowPdu {
    DataFlowIdentifier data_flow;
    NonStandardParameters non_standard = {};

    friend bool operator==(const DataFlowPdu&, const DataFlowPdu&) = default;
};
using DisableUnicastRequest = DataFlowPdu<struct DisableUnicastRequestTag>;
using EnableUnicastRequest = DataFlowPdu<struct EnableUnicastRequestTag>;

/// PDUs that say where the numbering of a data flow stands.
template <class Tag>
struct SequencePdu {
    DataFlowIdentifier data_flow;
    std::uint16_t sequence_number = 0;
    NonStandardParameters non_standard = {};

    friend bool operator==(const SequencePdu&, const SequencePdu&) = default;
};
using EnableUnicastConfirm = SequencePdu<struct EnableUnicastConfirmTag>;
using SequenceNumber = SequencePdu<struct SequenceNumberTag>;

/// MAPPDU, in the standard's order.
using Pdu =
    std::variant<ConnectRequest, ConnectConfirm, DisconnectRequest, DisconnectConfirm, ArbitrateProtocolsRequest,
                 ArbitrateProtocolsConfirm, Data, AddGroupRequest, RemoveGroupRequest, DisableUnicastRequest,
                 EnableUnicastRequest, EnableUnicastConfirm, DisableMulticastRequest, DisableMulticastConfirm,
                 EnableMulticastRequest, SequenceNumber, NonStandardPdu, asn1::UnknownAlternative>;

asn1::Encoded<Bytes> encode_pdu(const Pdu& pdu);
/// User data shares the buffer of `octets`.
asn1::Decoded<Pdu> decode_pdu(const Slice& octets);

/// Whether the first TSDU of a transport opens a MAP connection rather than a plain MCS one: a ConnectRequest begins
/// with an octet of at most 3, a Connect-Initial with 0x7F.
inline bool looks_like_connect_request(ByteView tsdu) { return !tsdu.empty() && tsdu[0] <= std::byte{3}; }

}  // namespace convene::mcs::map

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::map::ConnectRequest> =
    sequence(field("versionNumber", &mcs::map::ConnectRequest::version),
             field("connectionMAPSAP", &mcs::map::ConnectRequest::connection_map_sap, Integer<0, 65535>{}),
             field("domainReferenceID", &mcs::map::ConnectRequest::domain_reference_id, Integer<0, 65535>{}),
             field("priorityRange", &mcs::map::ConnectRequest::priorities),
             field("nonStandardParameters", &mcs::map::ConnectRequest::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::ConnectConfirm> =
    sequence(field("versionNumber", &mcs::map::ConnectConfirm::version),
             field("connectionMAPSAP", &mcs::map::ConnectConfirm::connection_map_sap, Integer<0, 65535>{}),
             field("nonStandardParameters", &mcs::map::ConnectConfirm::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::DisconnectRequest> =
    sequence(field("reason", &mcs::map::DisconnectRequest::reason),
             field("confirmRequired", &mcs::map::DisconnectRequest::confirm_required),
             field("nonStandardParameters", &mcs::map::DisconnectRequest::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::DisconnectConfirm> =
    sequence(field("nonStandardParameters", &mcs::map::DisconnectConfirm::non_standard, SequenceOf<>{}), extensible);
template <class Entry>
inline constexpr auto schema<mcs::map::ArbitrateProtocols<Entry>> = sequence(
    field("domainReferenceID", &mcs::map::ArbitrateProtocols<Entry>::domain_reference_id, Integer<0, 65535>{}),
    field("moreToComeFlag", &mcs::map::ArbitrateProtocols<Entry>::more_to_come),
    field("transportProtocolMenu", &mcs::map::ArbitrateProtocols<Entry>::menu, SequenceOf<>{}),
    field("nonStandardParameters", &mcs::map::ArbitrateProtocols<Entry>::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::Data> =
    sequence(field("dataDescriptor", &mcs::map::Data::descriptor),
             field("dataFrameArray", &mcs::map::Data::frames, SequenceOf<>{}),
             field("nonStandardParameters", &mcs::map::Data::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::AddGroupRequest> =
    sequence(field("metachannel", &mcs::map::AddGroupRequest::metachannel),
             field("transportProtocolID", &mcs::map::AddGroupRequest::transport_protocol),
             field("multicastGroupAddress", &mcs::map::AddGroupRequest::multicast_group),
             field("nonStandardParameters", &mcs::map::AddGroupRequest::non_standard, SequenceOf<>{}), extensible);
template <class Tag>
inline constexpr auto schema<mcs::map::MetachannelPdu<Tag>> =
    sequence(field("metachannel", &mcs::map::MetachannelPdu<Tag>::metachannel),
             field("nonStandardParameters", &mcs::map::MetachannelPdu<Tag>::non_standard, SequenceOf<>{}), extensible);
template <class Tag>
inline constexpr auto schema<mcs::map::DataFlowPdu<Tag>> =
    sequence(field("dataFlowIdentifier", &mcs::map::DataFlowPdu<Tag>::data_flow),
             field("nonStandardParameters", &mcs::map::DataFlowPdu<Tag>::non_standard, SequenceOf<>{}), extensible);
template <class Tag>
inline constexpr auto schema<mcs::map::SequencePdu<Tag>> =
    sequence(field("dataFlowIdentifier", &mcs::map::SequencePdu<Tag>::data_flow),
             field("sequenceNumber", &mcs::map::SequencePdu<Tag>::sequence_number, Integer<0, 65535>{}),
             field("nonStandardParameters", &mcs::map::SequencePdu<Tag>::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::Pdu> = choice("mapConnectRequest", "mapConnectConfirm", "mapDisconnectRequest",
                                                     "mapDisconnectConfirm", "mapArbitrateProtocolsRequest",
                                                     "mapArbitrateProtocolsConfirm", "mapData", "mapAddGroupRequest",
                                                     "mapRemoveGroupRequest", "mapDisableUnicastRequest",
                                                     "mapEnableUnicastRequest", "mapEnableUnicastConfirm",
                                                     "mapDisableMulticastRequest", "mapDisableMulticastConfirm",
                                                     "mapEnableMulticastRequest", "mapSequenceNumber", "nonStandardPDU",
                                                     extensible);

}  // namespace convene::asn1
