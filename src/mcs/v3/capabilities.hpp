/// Capabilities notification: who below can do what. MCS-PROTOCOL-3 part 9, T.125 §13.9.
///
/// Types alone. The published module defines these two PDUs and Table 10-1 routes them, but DomainMCSPDU does not list
/// them, so that there is no code point on which two implementations would meet.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "mcs/v3/non_standard.hpp"

namespace convene::mcs::v3 {

/// One that the standard numbers, or one of somebody's own.
using CapabilityId = std::variant<std::uint16_t, Key>;

using NoCapabilityValue = asn1::Nothing<struct NoCapabilityValueTag>;
using UnsignedMin = Tagged<struct UnsignedMinTag, std::uint64_t>;  ///< of several nodes the least counts
using UnsignedMax = Tagged<struct UnsignedMaxTag, std::uint64_t>;
using CapabilityClass = std::variant<NoCapabilityValue, UnsignedMin, UnsignedMax>;

using Global = asn1::Nothing<struct GlobalTag>;           ///< counts when every node has it
using Partial = Tagged<struct PartialTag, std::uint8_t>;  ///< counts with 1 requester, and with 2 or more
using ParticipationIndicator = std::variant<Global, Partial>;

struct RequestCapability {
    CapabilityId id;
    CapabilityClass capability_class;
    ParticipationIndicator participation;
    NonStandardParameters non_standard = {};

    friend bool operator==(const RequestCapability&, const RequestCapability&) = default;
};

struct IndicationCapability {
    CapabilityId id;
    CapabilityClass capability_class;
    bool summit_provider_supported = false;
    bool intermediate_node_supported = false;
    NonStandardParameters non_standard = {};

    friend bool operator==(const IndicationCapability&, const IndicationCapability&) = default;
};

/// Goes up.
struct CapabilitiesNotificationRequest {
    bool v2_node_present = false;  ///< somewhere below
    std::optional<std::vector<RequestCapability>> add_list;
    std::optional<std::vector<RequestCapability>> remove_list;
    NonStandardParameters non_standard = {};

    friend bool operator==(const CapabilitiesNotificationRequest&, const CapabilitiesNotificationRequest&) = default;
};

/// Goes down.
struct CapabilitiesNotificationIndication {
    bool v2_node_present = false;  ///< anywhere in the domain
    std::optional<std::vector<IndicationCapability>> add_list;
    std::optional<std::vector<IndicationCapability>> remove_list;
    NonStandardParameters non_standard = {};

    friend bool operator==(const CapabilitiesNotificationIndication&,
                           const CapabilitiesNotificationIndication&) = default;
};

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::v3::CapabilityId> = choice(alt("standardID", Integer<0, 65535>{}), "nonstandardID");
template <>
inline constexpr auto schema<mcs::v3::CapabilityClass> = choice("null", alt("unsignedMin", IntegerFrom<0>{}),
                                                                alt("unsignedMax", IntegerFrom<0>{}));
template <>
inline constexpr auto schema<mcs::v3::ParticipationIndicator> = choice("global", alt("partial", Integer<1, 2>{}));
template <>
inline constexpr auto schema<mcs::v3::RequestCapability> =
    sequence(field("capabilityID", &mcs::v3::RequestCapability::id),
             field("capabilityClass", &mcs::v3::RequestCapability::capability_class),
             field("participationIndicator", &mcs::v3::RequestCapability::participation),
             field("nonStandard", &mcs::v3::RequestCapability::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::IndicationCapability> =
    sequence(field("capabilityID", &mcs::v3::IndicationCapability::id),
             field("capabilityClass", &mcs::v3::IndicationCapability::capability_class),
             field("summitProviderSupported", &mcs::v3::IndicationCapability::summit_provider_supported),
             field("intermediateNodeSupported", &mcs::v3::IndicationCapability::intermediate_node_supported),
             field("nonStandard", &mcs::v3::IndicationCapability::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::CapabilitiesNotificationRequest> =
    sequence(field("v2NodePresent", &mcs::v3::CapabilitiesNotificationRequest::v2_node_present),
             field("addList", &mcs::v3::CapabilitiesNotificationRequest::add_list, SequenceOf<>{}),
             field("removeList", &mcs::v3::CapabilitiesNotificationRequest::remove_list, SequenceOf<>{}),
             field("nonStandard", &mcs::v3::CapabilitiesNotificationRequest::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::CapabilitiesNotificationIndication> = sequence(
    field("v2NodePresent", &mcs::v3::CapabilitiesNotificationIndication::v2_node_present),
    field("addList", &mcs::v3::CapabilitiesNotificationIndication::add_list, SequenceOf<>{}),
    field("removeList", &mcs::v3::CapabilitiesNotificationIndication::remove_list, SequenceOf<>{}),
    field("nonStandard", &mcs::v3::CapabilitiesNotificationIndication::non_standard, SequenceOf<>{}), extensible);

}  // namespace convene::asn1
