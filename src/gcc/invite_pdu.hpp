/// ConferenceInvite: a node in a conference pulls the called node in. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "asn1/schema.hpp"
#include "gcc/conference_types.hpp"
#include "gcc/names.hpp"
#include "gcc/numbers.hpp"

namespace convene::gcc {

struct ConferenceInviteRequest {
    ConferenceName conference_name;
    UserId node_id;  ///< of the sender
    UserId top_node_id;
    Tag tag = 0;
    bool password_in_the_clear_required = false;
    bool locked_conference = false;
    bool listed_conference = false;
    bool conductible_conference = false;
    TerminationMethod termination_method{};
    std::optional<PrivilegeList> conductor_privileges;
    std::optional<PrivilegeList> conducted_privileges;
    std::optional<PrivilegeList> non_conducted_privileges;
    std::optional<std::u16string> conference_description;
    std::optional<std::u16string> caller_identifier;
    std::optional<UserData> user_data;
    std::optional<ConferencePriority> conference_priority;
    std::optional<NodeCategory> node_category;
    std::optional<ConferenceMode> conference_mode;

    friend bool operator==(const ConferenceInviteRequest&, const ConferenceInviteRequest&) = default;
};

enum class InviteResult : std::uint8_t { success, user_rejected };

struct ConferenceInviteResponse {
    InviteResult result{};
    std::optional<UserData> user_data;

    friend bool operator==(const ConferenceInviteResponse&, const ConferenceInviteResponse&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ConferenceInviteRequest> =
    sequence(field("conferenceName", &gcc::ConferenceInviteRequest::conference_name),
             field("nodeID", &gcc::ConferenceInviteRequest::node_id, gcc::UserIdRange{}),
             field("topNodeID", &gcc::ConferenceInviteRequest::top_node_id, gcc::UserIdRange{}),
             field("tag", &gcc::ConferenceInviteRequest::tag, AnyInteger{}),
             field("passwordInTheClearRequired", &gcc::ConferenceInviteRequest::password_in_the_clear_required),
             field("lockedConference", &gcc::ConferenceInviteRequest::locked_conference),
             field("listedConference", &gcc::ConferenceInviteRequest::listed_conference),
             field("conductibleConference", &gcc::ConferenceInviteRequest::conductible_conference),
             field("terminationMethod", &gcc::ConferenceInviteRequest::termination_method),
             field("conductorPrivileges", &gcc::ConferenceInviteRequest::conductor_privileges),
             field("conductedPrivileges", &gcc::ConferenceInviteRequest::conducted_privileges),
             field("nonConductedPrivileges", &gcc::ConferenceInviteRequest::non_conducted_privileges),
             field("conferenceDescription", &gcc::ConferenceInviteRequest::conference_description, gcc::TextString{}),
             field("callerIdentifier", &gcc::ConferenceInviteRequest::caller_identifier, gcc::TextString{}),
             field("userData", &gcc::ConferenceInviteRequest::user_data), extensible,
             field("conferencePriority", &gcc::ConferenceInviteRequest::conference_priority),
             field("nodeCategory", &gcc::ConferenceInviteRequest::node_category),
             field("conferenceMode", &gcc::ConferenceInviteRequest::conference_mode));
template <>
inline constexpr auto schema<gcc::InviteResult> = enumerated("success", "userRejected", extensible);
template <>
inline constexpr auto schema<gcc::ConferenceInviteResponse> =
    sequence(field("result", &gcc::ConferenceInviteResponse::result),
             field("userData", &gcc::ConferenceInviteResponse::user_data), extensible);

}  // namespace convene::asn1
