/// RosterRefreshRequest: declared by the standard, but in none of its CHOICEs, so never sent. T.124, GCC-PROTOCOL
/// part 2.
#pragma once

#include <optional>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/records.hpp"

namespace convene::gcc {

struct ApplicationKeyItem {
    Key application_protocol_key;
    std::optional<NonStandardParameter> non_standard_parameter;

    friend bool operator==(const ApplicationKeyItem&, const ApplicationKeyItem&) = default;
};
struct ApplicationKeyList {
    std::vector<ApplicationKeyItem> application_key_list;
    std::optional<NonStandardParameter> non_standard_parameter;

    friend bool operator==(const ApplicationKeyList&, const ApplicationKeyList&) = default;
};
struct SessionKeyItem {
    SessionKey session_key;
    std::optional<NonStandardParameter> non_standard_parameter;

    friend bool operator==(const SessionKeyItem&, const SessionKeyItem&) = default;
};
struct SessionKeyList {
    std::vector<SessionKeyItem> session_key_list;
    std::optional<NonStandardParameter> non_standard_parameter;

    friend bool operator==(const SessionKeyList&, const SessionKeyList&) = default;
};

struct RosterRefreshRequest {
    UserId node_id;
    NodeCategory node_category;
    bool full_refresh = false;
    std::optional<bool> send_conference_roster;
    std::optional<ApplicationKeyList> application_list;
    std::optional<SessionKeyList> session_list;
    std::optional<NonStandardParameter> non_standard_parameter;

    friend bool operator==(const RosterRefreshRequest&, const RosterRefreshRequest&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ApplicationKeyItem> =
    sequence(field("applicationProtocolKey", &gcc::ApplicationKeyItem::application_protocol_key),
             field("nonStandardParameter", &gcc::ApplicationKeyItem::non_standard_parameter), extensible);
template <>
inline constexpr auto schema<gcc::ApplicationKeyList> =
    sequence(field("applicationKeyList", &gcc::ApplicationKeyList::application_key_list, SetOf<>{}),
             field("nonStandardParameter", &gcc::ApplicationKeyList::non_standard_parameter), extensible);
template <>
inline constexpr auto schema<gcc::SessionKeyItem> = sequence(field("sessionKey", &gcc::SessionKeyItem::session_key),
                                                             field("nonStandardParameter",
                                                                   &gcc::SessionKeyItem::non_standard_parameter),
                                                             extensible);
template <>
inline constexpr auto schema<gcc::SessionKeyList> =
    sequence(field("sessionKeyList", &gcc::SessionKeyList::session_key_list, SetOf<>{}),
             field("nonStandardParameter", &gcc::SessionKeyList::non_standard_parameter), extensible);
template <>
inline constexpr auto schema<gcc::RosterRefreshRequest> =
    sequence(field("nodeID", &gcc::RosterRefreshRequest::node_id, gcc::UserIdRange{}),
             field("nodeCategory", &gcc::RosterRefreshRequest::node_category),
             field("fullRefresh", &gcc::RosterRefreshRequest::full_refresh),
             field("sendConferenceRoster", &gcc::RosterRefreshRequest::send_conference_roster),
             field("applicationList", &gcc::RosterRefreshRequest::application_list),
             field("sessionList", &gcc::RosterRefreshRequest::session_list),
             field("nonStandardParameter", &gcc::RosterRefreshRequest::non_standard_parameter), extensible);

}  // namespace convene::asn1
