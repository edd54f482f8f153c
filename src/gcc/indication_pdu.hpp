/// The smaller indications: tags, conductorship, time, assistance, text, invocation. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/control_pdu.hpp"
#include "gcc/records.hpp"

namespace convene::gcc {

/// From a node that has just joined to the node above it: "this user is the connection with that tag".
struct UserIdIndication {
    Tag tag = 0;

    friend bool operator==(const UserIdIndication&, const UserIdIndication&) = default;
};

struct ApplicationInvokeIndication {
    std::vector<ApplicationInvokeSpecifier> application_protocol_entity_list;  ///< 1 to 65536
    std::optional<std::vector<UserId>> destination_nodes;                      ///< 1 to 65536; absent means all

    friend bool operator==(const ApplicationInvokeIndication&, const ApplicationInvokeIndication&) = default;
};

struct ConductorAssignIndication {
    UserId conducting_node;

    friend bool operator==(const ConductorAssignIndication&, const ConductorAssignIndication&) = default;
};
using ConductorReleaseIndication = EmptyPdu<struct ConductorReleaseIndicationTag>;
struct ConductorPermissionAskIndication {
    bool grant_flag = false;  ///< true asks for permission, false gives it back

    friend bool operator==(const ConductorPermissionAskIndication&, const ConductorPermissionAskIndication&) = default;
};
struct ConductorPermissionGrantIndication {
    std::vector<UserId> permission_list;              ///< up to 65535
    std::optional<std::vector<UserId>> waiting_list;  ///< 1 to 65536

    friend bool operator==(const ConductorPermissionGrantIndication&,
                           const ConductorPermissionGrantIndication&) = default;
};

struct ConferenceTimeRemainingIndication {
    Seconds time_remaining = 0;
    std::optional<UserId> node_id;  ///< of one node; absent means of the conference

    friend bool operator==(const ConferenceTimeRemainingIndication&,
                           const ConferenceTimeRemainingIndication&) = default;
};
struct ConferenceTimeInquireIndication {
    bool node_specific_time_flag = false;

    friend bool operator==(const ConferenceTimeInquireIndication&, const ConferenceTimeInquireIndication&) = default;
};
struct ConferenceTimeExtendIndication {
    Seconds time_to_extend = 0;
    bool node_specific_time_flag = false;

    friend bool operator==(const ConferenceTimeExtendIndication&, const ConferenceTimeExtendIndication&) = default;
};

struct ConferenceAssistanceIndication {
    std::optional<UserData> user_data;

    friend bool operator==(const ConferenceAssistanceIndication&, const ConferenceAssistanceIndication&) = default;
};
struct TextMessageIndication {
    std::u16string message;  ///< up to 255 characters

    friend bool operator==(const TextMessageIndication&, const TextMessageIndication&) = default;
};

struct NonStandardPdu {
    NonStandardParameter data;

    friend bool operator==(const NonStandardPdu&, const NonStandardPdu&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::UserIdIndication> = sequence(field("tag", &gcc::UserIdIndication::tag, AnyInteger{}),
                                                               extensible);
template <>
inline constexpr auto schema<gcc::ApplicationInvokeIndication> =
    sequence(field("applicationProtocolEntiyList", &gcc::ApplicationInvokeIndication::application_protocol_entity_list,
                   SetOf<1, 65536>{}),
             field("destinationNodes", &gcc::ApplicationInvokeIndication::destination_nodes,
                   SetOf<1, 65536, gcc::UserIdRange>{}),
             extensible);
template <>
inline constexpr auto schema<gcc::ConductorAssignIndication> =
    sequence(field("conductingNode", &gcc::ConductorAssignIndication::conducting_node, gcc::UserIdRange{}), extensible);
template <>
inline constexpr auto schema<gcc::ConductorPermissionAskIndication> =
    sequence(field("grantFlag", &gcc::ConductorPermissionAskIndication::grant_flag), extensible);
template <>
inline constexpr auto schema<gcc::ConductorPermissionGrantIndication> =
    sequence(field("permissionList", &gcc::ConductorPermissionGrantIndication::permission_list,
                   SequenceOf<0, 65535, gcc::UserIdRange>{}),
             field("waitingList", &gcc::ConductorPermissionGrantIndication::waiting_list,
                   SequenceOf<1, 65536, gcc::UserIdRange>{}),
             extensible);
template <>
inline constexpr auto schema<gcc::ConferenceTimeRemainingIndication> =
    sequence(field("timeRemaining", &gcc::ConferenceTimeRemainingIndication::time_remaining, gcc::TimeRange{}),
             field("nodeID", &gcc::ConferenceTimeRemainingIndication::node_id, gcc::UserIdRange{}), extensible);
template <>
inline constexpr auto schema<gcc::ConferenceTimeInquireIndication> =
    sequence(field("nodeSpecificTimeFlag", &gcc::ConferenceTimeInquireIndication::node_specific_time_flag), extensible);
template <>
inline constexpr auto schema<gcc::ConferenceTimeExtendIndication> =
    sequence(field("timeToExtend", &gcc::ConferenceTimeExtendIndication::time_to_extend, gcc::TimeRange{}),
             field("nodeSpecificTimeFlag", &gcc::ConferenceTimeExtendIndication::node_specific_time_flag), extensible);
template <>
inline constexpr auto schema<gcc::ConferenceAssistanceIndication> =
    sequence(field("userData", &gcc::ConferenceAssistanceIndication::user_data), extensible);
template <>
inline constexpr auto schema<gcc::TextMessageIndication> =
    sequence(field("message", &gcc::TextMessageIndication::message, gcc::TextString{}), extensible);
template <>
inline constexpr auto schema<gcc::NonStandardPdu> = sequence(field("data", &gcc::NonStandardPdu::data), extensible);

}  // namespace convene::asn1
