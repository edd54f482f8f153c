/// ConferenceCreate: makes a conference at the called node. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "asn1/schema.hpp"
#include "gcc/conference_types.hpp"
#include "gcc/names.hpp"
#include "gcc/numbers.hpp"

namespace convene::gcc {

struct ConferenceCreateRequest {
    ConferenceName conference_name;
    std::optional<Password> convener_password;
    std::optional<Password> password;
    bool locked_conference = false;
    bool listed_conference = false;
    bool conductible_conference = false;
    TerminationMethod termination_method{};
    std::optional<PrivilegeList> conductor_privileges;      ///< of the conductor
    std::optional<PrivilegeList> conducted_privileges;      ///< of the others while there is a conductor
    std::optional<PrivilegeList> non_conducted_privileges;  ///< of all while there is none
    std::optional<std::u16string> conference_description;
    std::optional<std::u16string> caller_identifier;
    std::optional<UserData> user_data;
    std::optional<ConferencePriority> conference_priority;
    std::optional<ConferenceMode> conference_mode;

    friend bool operator==(const ConferenceCreateRequest&, const ConferenceCreateRequest&) = default;
};

enum class CreateResult : std::uint8_t {
    success,
    user_rejected,
    resources_not_available,
    rejected_for_symmetry_breaking,
    locked_conference_not_supported,
};

struct ConferenceCreateResponse {
    UserId node_id;  ///< of the sender
    Tag tag = 0;
    CreateResult result{};
    std::optional<UserData> user_data;

    friend bool operator==(const ConferenceCreateResponse&, const ConferenceCreateResponse&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ConferenceCreateRequest> =
    sequence(field("conferenceName", &gcc::ConferenceCreateRequest::conference_name),
             field("convenerPassword", &gcc::ConferenceCreateRequest::convener_password),
             field("password", &gcc::ConferenceCreateRequest::password),
             field("lockedConference", &gcc::ConferenceCreateRequest::locked_conference),
             field("listedConference", &gcc::ConferenceCreateRequest::listed_conference),
             field("conductibleConference", &gcc::ConferenceCreateRequest::conductible_conference),
             field("terminationMethod", &gcc::ConferenceCreateRequest::termination_method),
             field("conductorPrivileges", &gcc::ConferenceCreateRequest::conductor_privileges),
             field("conductedPrivileges", &gcc::ConferenceCreateRequest::conducted_privileges),
             field("nonConductedPrivileges", &gcc::ConferenceCreateRequest::non_conducted_privileges),
             field("conferenceDescription", &gcc::ConferenceCreateRequest::conference_description, gcc::TextString{}),
             field("callerIdentifier", &gcc::ConferenceCreateRequest::caller_identifier, gcc::TextString{}),
             field("userData", &gcc::ConferenceCreateRequest::user_data), extensible,
             field("conferencePriority", &gcc::ConferenceCreateRequest::conference_priority),
             field("conferenceMode", &gcc::ConferenceCreateRequest::conference_mode));
template <>
inline constexpr auto schema<gcc::CreateResult> = enumerated("success", "userRejected", "resourcesNotAvailable",
                                                             "rejectedForSymmetryBreaking",
                                                             "lockedConferenceNotSupported", extensible);
template <>
inline constexpr auto schema<gcc::ConferenceCreateResponse> =
    sequence(field("nodeID", &gcc::ConferenceCreateResponse::node_id, gcc::UserIdRange{}),
             field("tag", &gcc::ConferenceCreateResponse::tag, AnyInteger{}),
             field("result", &gcc::ConferenceCreateResponse::result),
             field("userData", &gcc::ConferenceCreateResponse::user_data), extensible);

}  // namespace convene::asn1
