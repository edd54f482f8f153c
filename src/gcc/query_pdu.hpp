/// ConferenceQuery: asks a node for its conferences. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/conference_types.hpp"
#include "gcc/names.hpp"
#include "gcc/network_address.hpp"

namespace convene::gcc {

struct ConferenceDescriptor {
    ConferenceName conference_name;
    std::optional<ConferenceNameModifier> conference_name_modifier;
    std::optional<std::u16string> conference_description;
    bool locked_conference = false;
    bool password_in_the_clear_required = false;
    std::optional<NetworkAddress> network_address;
    std::optional<bool> default_conference_flag;  ///< the one to join without asking; absent means false
    std::optional<ConferenceMode> conference_mode;

    friend bool operator==(const ConferenceDescriptor&, const ConferenceDescriptor&) = default;
};

struct ConferenceQueryRequest {
    NodeType node_type{};
    std::optional<AsymmetryIndicator> asymmetry_indicator;
    std::optional<UserData> user_data;

    friend bool operator==(const ConferenceQueryRequest&, const ConferenceQueryRequest&) = default;
};

enum class QueryResult : std::uint8_t { success, user_rejected };

struct ConferenceQueryResponse {
    NodeType node_type{};
    std::optional<AsymmetryIndicator> asymmetry_indicator;
    std::vector<ConferenceDescriptor> conference_list;
    QueryResult result{};
    std::optional<UserData> user_data;
    std::optional<bool> wait_for_invitation_flag;     ///< do not join, you will be invited
    std::optional<bool> no_unlisted_conference_flag;  ///< there are no others than the listed

    friend bool operator==(const ConferenceQueryResponse&, const ConferenceQueryResponse&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ConferenceDescriptor> = sequence(
    field("conferenceName", &gcc::ConferenceDescriptor::conference_name),
    field("conferenceNameModifier", &gcc::ConferenceDescriptor::conference_name_modifier, gcc::SimpleNumericString{}),
    field("conferenceDescription", &gcc::ConferenceDescriptor::conference_description, gcc::TextString{}),
    field("lockedConference", &gcc::ConferenceDescriptor::locked_conference),
    field("passwordInTheClearRequired", &gcc::ConferenceDescriptor::password_in_the_clear_required),
    field("networkAddress", &gcc::ConferenceDescriptor::network_address), extensible,
    field("defaultConferenceFlag", &gcc::ConferenceDescriptor::default_conference_flag),
    field("conferenceMode", &gcc::ConferenceDescriptor::conference_mode));
template <>
inline constexpr auto schema<gcc::ConferenceQueryRequest> =
    sequence(field("nodeType", &gcc::ConferenceQueryRequest::node_type),
             field("asymmetryIndicator", &gcc::ConferenceQueryRequest::asymmetry_indicator),
             field("userData", &gcc::ConferenceQueryRequest::user_data), extensible);
template <>
inline constexpr auto schema<gcc::QueryResult> = enumerated("success", "userRejected", extensible);
template <>
inline constexpr auto schema<gcc::ConferenceQueryResponse> = sequence(
    field("nodeType", &gcc::ConferenceQueryResponse::node_type),
    field("asymmetryIndicator", &gcc::ConferenceQueryResponse::asymmetry_indicator),
    field("conferenceList", &gcc::ConferenceQueryResponse::conference_list, SetOf<>{}),
    field("result", &gcc::ConferenceQueryResponse::result), field("userData", &gcc::ConferenceQueryResponse::user_data),
    extensible, field("waitForInvitationFlag", &gcc::ConferenceQueryResponse::wait_for_invitation_flag),
    field("noUnlistedConferenceFlag", &gcc::ConferenceQueryResponse::no_unlisted_conference_flag));

}  // namespace convene::asn1
