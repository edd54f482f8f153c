/// The profile of a conference: what its creator decided, and what joiners are told.
#pragma once

#include <optional>
#include <string>

#include "gcc/create_pdu.hpp"
#include "gcc/invite_pdu.hpp"
#include "gcc/join_pdu.hpp"
#include "gcc/privileges.hpp"

namespace convene::gcc {

struct ConferenceProfile {
    ConferenceName name;
    std::optional<ConferenceNameModifier> modifier{};  ///< tells conferences of one name apart
    std::optional<std::u16string> description{};
    std::optional<Password> password{};           ///< known at the top alone
    std::optional<Password> convener_password{};  ///< known at the top alone
    bool password_required = false;               ///< in the clear, as joiners are told
    bool locked = false;
    bool listed = true;
    bool conductible = true;
    TerminationMethod termination = TerminationMethod::automatic;
    Privileges privileges{};
    std::optional<ConferenceMode> mode{};

    friend bool operator==(const ConferenceProfile&, const ConferenceProfile&) = default;
};

/// What a create request asks for.
ConferenceProfile profile_of(const ConferenceCreateRequest& request);
/// What a joiner learns; its name is the one it asked for unless the response has an alias.
ConferenceProfile profile_of(const ConferenceJoinResponse& response, const ConferenceName& asked_for);
ConferenceProfile profile_of(const ConferenceInviteRequest& request);

/// The create request that asks for `profile`.
ConferenceCreateRequest create_request(const ConferenceProfile& profile);

/// The members of `response` that come from the profile.
void describe(const ConferenceProfile& profile, ConferenceJoinResponse& response);
void describe(const ConferenceProfile& profile, ConferenceInviteRequest& request);

/// A conference name out of a selector; a text gets the number "0", because a name must have one.
ConferenceName name_of(const ConferenceNameSelector& selector);

}  // namespace convene::gcc
