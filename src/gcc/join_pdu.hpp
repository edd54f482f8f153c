/// ConferenceJoin: a node asks to be let in, in connect data or relayed to the top. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "asn1/schema.hpp"
#include "gcc/conference_types.hpp"
#include "gcc/credentials.hpp"
#include "gcc/names.hpp"
#include "gcc/numbers.hpp"

namespace convene::gcc {

struct ConferenceJoinRequest {
    std::optional<ConferenceNameSelector> conference_name;  ///< required in connect data
    std::optional<ConferenceNameModifier> conference_name_modifier;
    std::optional<Tag> tag;  ///< filled in when relayed to the top GCC provider
    std::optional<PasswordChallengeRequestResponse> password;
    std::optional<PasswordSelector> convener_password;
    std::optional<std::u16string> caller_identifier;
    std::optional<UserData> user_data;
    std::optional<NodeCategory> node_category;

    friend bool operator==(const ConferenceJoinRequest&, const ConferenceJoinRequest&) = default;
};

enum class JoinResult : std::uint8_t {
    success,
    user_rejected,
    invalid_conference,
    invalid_password,
    invalid_convener_password,
    challenge_response_required,
    invalid_challenge_response,
};

struct ConferenceJoinResponse {
    std::optional<UserId> node_id;  ///< of the node to which the joiner is connected
    UserId top_node_id;
    Tag tag = 0;
    std::optional<ConferenceNameSelector> conference_name_alias;  ///< when it is named otherwise here
    bool password_in_the_clear_required = false;
    bool locked_conference = false;
    bool listed_conference = false;
    bool conductible_conference = false;
    TerminationMethod termination_method{};
    std::optional<PrivilegeList> conductor_privileges;
    std::optional<PrivilegeList> conducted_privileges;
    std::optional<PrivilegeList> non_conducted_privileges;
    std::optional<std::u16string> conference_description;
    std::optional<PasswordChallengeRequestResponse> password;
    JoinResult result{};
    std::optional<UserData> user_data;
    std::optional<NodeCategory> node_category;
    std::optional<ConferenceMode> conference_mode;

    friend bool operator==(const ConferenceJoinResponse&, const ConferenceJoinResponse&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ConferenceJoinRequest> = sequence(
    field("conferenceName", &gcc::ConferenceJoinRequest::conference_name),
    field("conferenceNameModifier", &gcc::ConferenceJoinRequest::conference_name_modifier, gcc::SimpleNumericString{}),
    field("tag", &gcc::ConferenceJoinRequest::tag, AnyInteger{}),
    field("password", &gcc::ConferenceJoinRequest::password),
    field("convenerPassword", &gcc::ConferenceJoinRequest::convener_password),
    field("callerIdentifier", &gcc::ConferenceJoinRequest::caller_identifier, gcc::TextString{}),
    field("userData", &gcc::ConferenceJoinRequest::user_data), extensible,
    field("nodeCategory", &gcc::ConferenceJoinRequest::node_category));
template <>
inline constexpr auto schema<gcc::JoinResult> = enumerated("success", "userRejected", "invalidConference",
                                                           "invalidPassword", "invalidConvenerPassword",
                                                           "challengeResponseRequired", "invalidChallengeResponse",
                                                           extensible);
template <>
inline constexpr auto schema<gcc::ConferenceJoinResponse> = sequence(
    field("nodeID", &gcc::ConferenceJoinResponse::node_id, gcc::UserIdRange{}),
    field("topNodeID", &gcc::ConferenceJoinResponse::top_node_id, gcc::UserIdRange{}),
    field("tag", &gcc::ConferenceJoinResponse::tag, AnyInteger{}),
    field("conferenceNameAlias", &gcc::ConferenceJoinResponse::conference_name_alias),
    field("passwordInTheClearRequired", &gcc::ConferenceJoinResponse::password_in_the_clear_required),
    field("lockedConference", &gcc::ConferenceJoinResponse::locked_conference),
    field("listedConference", &gcc::ConferenceJoinResponse::listed_conference),
    field("conductibleConference", &gcc::ConferenceJoinResponse::conductible_conference),
    field("terminationMethod", &gcc::ConferenceJoinResponse::termination_method),
    field("conductorPrivileges", &gcc::ConferenceJoinResponse::conductor_privileges),
    field("conductedPrivileges", &gcc::ConferenceJoinResponse::conducted_privileges),
    field("nonConductedPrivileges", &gcc::ConferenceJoinResponse::non_conducted_privileges),
    field("conferenceDescription", &gcc::ConferenceJoinResponse::conference_description, gcc::TextString{}),
    field("password", &gcc::ConferenceJoinResponse::password), field("result", &gcc::ConferenceJoinResponse::result),
    field("userData", &gcc::ConferenceJoinResponse::user_data), extensible,
    field("nodeCategory", &gcc::ConferenceJoinResponse::node_category),
    field("conferenceMode", &gcc::ConferenceJoinResponse::conference_mode));

}  // namespace convene::asn1
