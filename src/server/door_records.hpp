/// What is kept of a door, as texts: its rules, its invitations, and what a conference was created with.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "admission/door.hpp"

namespace convene::server {

inline constexpr std::string_view kRulesKey = "door/rules";
inline constexpr std::string_view kInvitationKey = "door/invitation/";  ///< and its id
inline constexpr std::string_view kCreatedKey = "door/created";

/// A conference that was created to stay. The password stands as it is: T.124 proves it by challenge and response, for
/// which a hash is not enough.
struct CreatedConference {
    std::string name;
    std::string number;
    std::string description;
    std::string password;  ///< empty: none
    bool listed = true;
};

/// Not the lock, which is of a meeting.
std::string rules_text(const admission::DoorRules& rules);
/// `rules` with what the text says; as it is where that cannot be read.
admission::DoorRules rules_from(std::string_view text, admission::DoorRules rules);

std::string invitation_text(const admission::Invitation& invitation);
std::optional<admission::Invitation> invitation_from(std::string_view text);

std::string created_text(const CreatedConference& created);
std::optional<CreatedConference> created_from(std::string_view text);

/// As everybody may see it: without what is kept of its secret.
nlohmann::json to_json(const admission::Invitation& invitation);

}  // namespace convene::server
