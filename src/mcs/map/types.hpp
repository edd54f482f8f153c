/// What the PDUs of the multicast adaptation protocol are made of. T.125 Annex A, module MAP-PROTOCOL.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "base/bytes.hpp"
#include "base/slice.hpp"
#include "base/tagged.hpp"
#include "mcs/v3/non_standard.hpp"

namespace convene::mcs::map {

// The module repeats these word for word.
using v3::H221NonStandardIdentifier;
using v3::NonStandardParameter;
using v3::NonStandardParameters;
using v3::NonStandardPdu;

struct VersionNumber {
    std::uint16_t major_version = 1;
    std::uint16_t minor_version = 0;
    NonStandardParameters non_standard = {};

    friend bool operator==(const VersionNumber&, const VersionNumber&) = default;
};

struct PriorityRange {
    std::uint8_t high = 0;  ///< 0..15, 0 being the most urgent
    std::uint8_t low = 0;
    NonStandardParameters non_standard = {};

    friend bool operator==(const PriorityRange&, const PriorityRange&) = default;
};

/// Why a transport is given up.
using Reason = std::variant<asn1::Nothing<struct ProviderInitiated>, asn1::Nothing<struct UserRejected>,
                            asn1::Nothing<struct UserInitiated>, asn1::Nothing<struct InvalidMapSap>,
                            asn1::Nothing<struct InvalidDomainReferenceId>, asn1::Nothing<struct UnicastTransition>,
                            asn1::Nothing<struct UnspecifiedFailure>, NonStandardParameter, asn1::UnknownAlternative>;

/// The standard gives no value for UDP or TCP.
using TransportProtocolId = std::variant<asn1::ObjectIdentifier, H221NonStandardIdentifier, std::array<std::byte, 5>,
                                         NonStandardParameter, asn1::UnknownAlternative>;

using TransportProtocolType =
    std::variant<asn1::Nothing<struct ReliableUnicast>, asn1::Nothing<struct UnreliableUnicast>,
                 asn1::Nothing<struct ReliableMulticast>, asn1::Nothing<struct UnreliableMulticast>,
                 NonStandardParameter, asn1::UnknownAlternative>;

struct NetworkAddress {
    Bytes nsap_address;  ///< 1..20 octets
    NonStandardParameters non_standard = {};

    friend bool operator==(const NetworkAddress&, const NetworkAddress&) = default;
};

/// What a node can do.
struct TransportProtocolRequestEntry {
    TransportProtocolId id;
    TransportProtocolType type;
    NetworkAddress address;  ///< where it receives
    bool maximum_payload_fixed = false;
    std::uint16_t maximum_payload = 128;  ///< octets, at least 128
    std::optional<std::uint16_t> preference_weighting = {};
    std::optional<std::uint16_t> node_count = {};
    std::optional<std::uint16_t> number_of_connections = {};
    std::optional<Bytes> configuration_data = {};
    NonStandardParameters non_standard = {};

    friend bool operator==(const TransportProtocolRequestEntry&, const TransportProtocolRequestEntry&) = default;
};

/// What was chosen of it.
struct TransportProtocolConfirmEntry {
    TransportProtocolId id;
    TransportProtocolType type;
    NetworkAddress address;
    std::uint16_t maximum_payload = 128;  ///< octets, at least 128
    std::optional<std::uint16_t> preference_weighting = {};
    std::optional<std::uint16_t> node_count = {};
    std::optional<std::uint16_t> number_of_connections = {};
    std::optional<Bytes> configuration_data = {};
    NonStandardParameters non_standard = {};

    friend bool operator==(const TransportProtocolConfirmEntry&, const TransportProtocolConfirmEntry&) = default;
};

using ReliabilityLevel = std::variant<asn1::Nothing<struct Reliable>, asn1::Nothing<struct Unreliable>,
                                      NonStandardParameter, asn1::UnknownAlternative>;
using DataType = std::variant<asn1::Nothing<struct Nonuniform>, asn1::Nothing<struct Uniform>,
                              asn1::Nothing<struct Proxy>, NonStandardParameter, asn1::UnknownAlternative>;

/// A channel, a reliability and one priority.
struct MetachannelId {
    std::uint16_t channel = 1;  ///< 1..65535
    ReliabilityLevel reliability;
    std::uint8_t priority = 0;  ///< 0..15

    friend bool operator==(const MetachannelId&, const MetachannelId&) = default;
};

/// Frames that are numbered together.
struct DataFlowIdentifier {
    std::optional<std::uint16_t> sender = {};  ///< 1001..65535
    std::optional<MetachannelId> metachannel = {};
    std::optional<DataType> data_type = {};
    NonStandardParameters non_standard = {};

    friend bool operator==(const DataFlowIdentifier&, const DataFlowIdentifier&) = default;
};

struct DataDescriptor {
    bool unicast_forward = false;
    std::uint16_t starting_sequence_number = 0;
    std::optional<DataFlowIdentifier> data_flow = {};  ///< absent when the first frame begins with an MCSPDU
    std::optional<std::uint16_t> domain_reference_id = {};
    NonStandardParameters non_standard = {};

    friend bool operator==(const DataDescriptor&, const DataDescriptor&) = default;
};

/// An MCSPDU or a part of one.
struct DataFrameEntry {
    bool first_segment = false;
    bool last_segment = false;
    Slice user_data;  ///< shares the received buffer
    NonStandardParameters non_standard = {};

    friend bool operator==(const DataFrameEntry&, const DataFrameEntry&) = default;
};

/// A channel, a reliability and some priorities, to which a multicast group is given.
struct Metachannel {
    std::uint16_t channel = 1;  ///< 1..65535
    ReliabilityLevel reliability;
    PriorityRange priorities;
    NonStandardParameters non_standard = {};

    friend bool operator==(const Metachannel&, const Metachannel&) = default;
};

}  // namespace convene::mcs::map

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::map::VersionNumber> =
    sequence(field("majorVersionNumber", &mcs::map::VersionNumber::major_version, Integer<0, 65535>{}),
             field("minorVersionNumber", &mcs::map::VersionNumber::minor_version, Integer<0, 65535>{}),
             field("nonStandardParameters", &mcs::map::VersionNumber::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::PriorityRange> =
    sequence(field("highPriority", &mcs::map::PriorityRange::high, Integer<0, 15>{}),
             field("lowPriority", &mcs::map::PriorityRange::low, Integer<0, 15>{}),
             field("nonStandardParameters", &mcs::map::PriorityRange::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::Reason> = choice("providerInitiated", "userRejected", "userInitiated",
                                                        "invalidMAPSAP", "invalidDomainReferenceID",
                                                        "unicastTransition", "unspecifiedFailure", "nonStandardReason",
                                                        extensible);
template <>
inline constexpr auto schema<mcs::map::TransportProtocolId> = choice("objectProtocolID", "h221NonStandardProtocolID",
                                                                     alt("snapProtocolID", OctetString<5, 5>{}),
                                                                     "nonStandardProtocolID", extensible);
template <>
inline constexpr auto schema<mcs::map::TransportProtocolType> = choice("reliableUnicast", "unreliableUnicast",
                                                                       "reliableMulticast", "unreliableMulticast",
                                                                       "nonStandardProtocolType", extensible);
template <>
inline constexpr auto schema<mcs::map::NetworkAddress> =
    sequence(field("nsapAddress", &mcs::map::NetworkAddress::nsap_address, OctetString<1, 20>{}),
             field("nonStandardParameters", &mcs::map::NetworkAddress::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::TransportProtocolRequestEntry> = sequence(
    field("transportProtocolID", &mcs::map::TransportProtocolRequestEntry::id),
    field("transportProtocolType", &mcs::map::TransportProtocolRequestEntry::type),
    field("networkAddress", &mcs::map::TransportProtocolRequestEntry::address),
    field("maximumPayloadFixedFlag", &mcs::map::TransportProtocolRequestEntry::maximum_payload_fixed),
    field("maximumPayloadSize", &mcs::map::TransportProtocolRequestEntry::maximum_payload, Integer<128, 65535>{}),
    field("preferenceWeighting", &mcs::map::TransportProtocolRequestEntry::preference_weighting, Integer<0, 65535>{}),
    field("nodeCount", &mcs::map::TransportProtocolRequestEntry::node_count, Integer<0, 65535>{}),
    field("numberOfConnections", &mcs::map::TransportProtocolRequestEntry::number_of_connections, Integer<0, 65535>{}),
    field("configurationData", &mcs::map::TransportProtocolRequestEntry::configuration_data),
    field("nonStandardParameters", &mcs::map::TransportProtocolRequestEntry::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::TransportProtocolConfirmEntry> = sequence(
    field("transportProtocolID", &mcs::map::TransportProtocolConfirmEntry::id),
    field("transportProtocolType", &mcs::map::TransportProtocolConfirmEntry::type),
    field("networkAddress", &mcs::map::TransportProtocolConfirmEntry::address),
    field("maximumPayloadSize", &mcs::map::TransportProtocolConfirmEntry::maximum_payload, Integer<128, 65535>{}),
    field("preferenceWeighting", &mcs::map::TransportProtocolConfirmEntry::preference_weighting, Integer<0, 65535>{}),
    field("nodeCount", &mcs::map::TransportProtocolConfirmEntry::node_count, Integer<0, 65535>{}),
    field("numberOfConnections", &mcs::map::TransportProtocolConfirmEntry::number_of_connections, Integer<0, 65535>{}),
    field("configurationData", &mcs::map::TransportProtocolConfirmEntry::configuration_data),
    field("nonStandardParameters", &mcs::map::TransportProtocolConfirmEntry::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::ReliabilityLevel> = choice("reliable", "unreliable",
                                                                  "nonStandardReliabilityLevel", extensible);
template <>
inline constexpr auto schema<mcs::map::DataType> = choice("nonuniform", "uniform", "proxy", "nonStandardDataType",
                                                          extensible);
template <>
inline constexpr auto schema<mcs::map::MetachannelId> =
    sequence(field("channelID", &mcs::map::MetachannelId::channel, Integer<1, 65535>{}),
             field("reliabilityLevel", &mcs::map::MetachannelId::reliability),
             field("priority", &mcs::map::MetachannelId::priority, Integer<0, 15>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::DataFlowIdentifier> =
    sequence(field("senderID", &mcs::map::DataFlowIdentifier::sender, Integer<1001, 65535>{}),
             field("metachannelID", &mcs::map::DataFlowIdentifier::metachannel),
             field("dataType", &mcs::map::DataFlowIdentifier::data_type),
             field("nonStandardParameters", &mcs::map::DataFlowIdentifier::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::DataDescriptor> =
    sequence(field("unicastForwardFlag", &mcs::map::DataDescriptor::unicast_forward),
             field("startingSequenceNumber", &mcs::map::DataDescriptor::starting_sequence_number, Integer<0, 65535>{}),
             field("dataFlowIdentifier", &mcs::map::DataDescriptor::data_flow),
             field("domainReferenceID", &mcs::map::DataDescriptor::domain_reference_id, Integer<0, 65535>{}),
             field("nonStandardParameters", &mcs::map::DataDescriptor::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::DataFrameEntry> =
    sequence(field("firstSegmentFlag", &mcs::map::DataFrameEntry::first_segment),
             field("lastSegmentFlag", &mcs::map::DataFrameEntry::last_segment),
             field("userData", &mcs::map::DataFrameEntry::user_data, OctetString<>{}),
             field("nonStandardParameters", &mcs::map::DataFrameEntry::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::map::Metachannel> =
    sequence(field("channelID", &mcs::map::Metachannel::channel, Integer<1, 65535>{}),
             field("reliabilityLevel", &mcs::map::Metachannel::reliability),
             field("priorityRange", &mcs::map::Metachannel::priorities),
             field("nonStandardParameters", &mcs::map::Metachannel::non_standard, SequenceOf<>{}), extensible);

}  // namespace convene::asn1
