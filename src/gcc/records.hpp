/// What rosters are made of: node records, sessions, application records, capabilities. T.124, module GCC-PROTOCOL
/// part 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/conference_types.hpp"
#include "gcc/key.hpp"
#include "gcc/names.hpp"
#include "gcc/network_address.hpp"
#include "gcc/numbers.hpp"

namespace convene::gcc {

/// How a node presents itself. Whatever is in user_data is passed on untouched.
struct NodeRecord {
    std::optional<UserId> superior_node;  ///< absent only for the top GCC provider
    NodeType node_type{};
    NodeProperties node_properties;
    std::optional<std::u16string> node_name;
    std::optional<std::vector<std::u16string>> participants_list;
    std::optional<std::u16string> site_information;
    std::optional<NetworkAddress> network_address;
    std::optional<AlternativeNodeId> alternative_node_id;
    std::optional<UserData> user_data;
    std::optional<NodeCategory> node_category;
    std::optional<ChannelId> session_id;

    friend bool operator==(const NodeRecord&, const NodeRecord&) = default;
};

/// A session of an application protocol; the id is absent, a static channel or the channel allocated for it.
struct SessionKey {
    Key application_protocol_key;
    std::optional<ChannelId> session_id;

    friend bool operator==(const SessionKey&, const SessionKey&) = default;
};
std::string to_string(const SessionKey& key);
/// An order for session keys in maps.
struct SessionKeyOrder {
    bool operator()(const SessionKey& left, const SessionKey& right) const;
};

/// Not extensible in the standard.
enum class ChannelType : std::uint8_t { static_channel, dynamic_multicast, dynamic_private, dynamic_user_id };

using StandardCapability = std::uint16_t;
/// A number from the application's standard, or a key.
using CapabilityId = std::variant<StandardCapability, Key>;
std::string to_string(const CapabilityId& id);
struct CapabilityIdOrder {
    bool operator()(const CapabilityId& left, const CapabilityId& right) const;
};

using Logical = asn1::Nothing<struct LogicalTag>;
using UnsignedMin = Tagged<struct UnsignedMinTag, std::uint64_t>;
using UnsignedMax = Tagged<struct UnsignedMaxTag, std::uint64_t>;
using CapabilityClass = std::variant<Logical, UnsignedMin, UnsignedMax, asn1::UnknownAlternative>;

struct NonCollapsingCapability {
    CapabilityId capability_id;
    std::optional<Bytes> application_data;

    friend bool operator==(const NonCollapsingCapability&, const NonCollapsingCapability&) = default;
};

/// What an application protocol entity can do, as it says itself.
struct Capability {
    CapabilityId capability_id;
    CapabilityClass capability_class;

    friend bool operator==(const Capability&, const Capability&) = default;
};

/// One line of a session's collapsed list.
struct CollapsedCapability {
    CapabilityId capability_id;
    CapabilityClass capability_class;
    std::uint32_t number_of_entities = 1;  ///< 1..65536 entities that listed it

    friend bool operator==(const CollapsedCapability&, const CollapsedCapability&) = default;
};

struct ApplicationRecord {
    bool application_active = false;
    bool conducting_operation_capable = false;  ///< at most one a node and session
    std::optional<ChannelType> startup_channel;
    std::optional<UserId> application_user_id;
    std::optional<std::vector<NonCollapsingCapability>> non_collapsing_capabilities;

    friend bool operator==(const ApplicationRecord&, const ApplicationRecord&) = default;
};

/// An application protocol entity anywhere in the conference.
struct Entity {
    UserId node;
    EntityId entity;

    friend bool operator==(const Entity&, const Entity&) = default;
    friend auto operator<=>(const Entity&, const Entity&) = default;
};

/// Which application to start, and how.
struct ApplicationInvokeSpecifier {
    SessionKey session_key;
    std::optional<std::vector<Capability>> expected_capability_set;
    std::optional<ChannelType> startup_channel;
    bool mandatory_flag = false;

    friend bool operator==(const ApplicationInvokeSpecifier&, const ApplicationInvokeSpecifier&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::NodeRecord> = sequence(
    field("superiorNode", &gcc::NodeRecord::superior_node, gcc::UserIdRange{}),
    field("nodeType", &gcc::NodeRecord::node_type), field("nodeProperties", &gcc::NodeRecord::node_properties),
    field("nodeName", &gcc::NodeRecord::node_name, gcc::TextString{}),
    field("participantsList", &gcc::NodeRecord::participants_list, SequenceOf<0, kNoLimit, gcc::TextString>{}),
    field("siteInformation", &gcc::NodeRecord::site_information, gcc::TextString{}),
    field("networkAddress", &gcc::NodeRecord::network_address),
    field("alternativeNodeID", &gcc::NodeRecord::alternative_node_id), field("userData", &gcc::NodeRecord::user_data),
    extensible, field("nodeCategory", &gcc::NodeRecord::node_category),
    field("sessionID", &gcc::NodeRecord::session_id, gcc::ChannelIdRange{}));
template <>
inline constexpr auto schema<gcc::SessionKey> =
    sequence(field("applicationProtocolKey", &gcc::SessionKey::application_protocol_key),
             field("sessionID", &gcc::SessionKey::session_id, gcc::ChannelIdRange{}));
template <>
inline constexpr auto schema<gcc::ChannelType> = enumerated("static", "dynamicMulticast", "dynamicPrivate",
                                                            "dynamicUserId");
template <>
inline constexpr auto schema<gcc::CapabilityId> = choice(alt("standard", Integer<0, 65535>{}), "nonStandard");
template <>
inline constexpr auto schema<gcc::CapabilityClass> = choice("logical", alt("unsignedMin", IntegerFrom<0>{}),
                                                            alt("unsignedMax", IntegerFrom<0>{}), extensible);
template <>
inline constexpr auto schema<gcc::NonCollapsingCapability> =
    sequence(field("capabilityID", &gcc::NonCollapsingCapability::capability_id),
             field("applicationData", &gcc::NonCollapsingCapability::application_data, OctetString<>{}));
template <>
inline constexpr auto schema<gcc::Capability> = sequence(field("capabilityID", &gcc::Capability::capability_id),
                                                         field("capabilityClass", &gcc::Capability::capability_class),
                                                         extensible);
template <>
inline constexpr auto schema<gcc::CollapsedCapability> =
    sequence(field("capabilityID", &gcc::CollapsedCapability::capability_id),
             field("capabilityClass", &gcc::CollapsedCapability::capability_class),
             field("numberOfEntities", &gcc::CollapsedCapability::number_of_entities, Integer<1, 65536>{}), extensible);
template <>
inline constexpr auto schema<gcc::ApplicationRecord> = sequence(
    field("applicationActive", &gcc::ApplicationRecord::application_active),
    field("conductingOperationCapable", &gcc::ApplicationRecord::conducting_operation_capable),
    field("startupChannel", &gcc::ApplicationRecord::startup_channel),
    field("applicationUserID", &gcc::ApplicationRecord::application_user_id, gcc::UserIdRange{}),
    field("nonCollapsingCapabilities", &gcc::ApplicationRecord::non_collapsing_capabilities, SetOf<>{}), extensible);
template <>
inline constexpr auto schema<gcc::ApplicationInvokeSpecifier> =
    sequence(field("sessionKey", &gcc::ApplicationInvokeSpecifier::session_key),
             field("expectedCapabilitySet", &gcc::ApplicationInvokeSpecifier::expected_capability_set, SetOf<>{}),
             field("startupChannel", &gcc::ApplicationInvokeSpecifier::startup_channel),
             field("mandatoryFlag", &gcc::ApplicationInvokeSpecifier::mandatory_flag), extensible);

}  // namespace convene::asn1
