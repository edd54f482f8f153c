/// The connect phase: what is answered to those who query, create, join or invite. No state, no MCS.
///
/// A refusal travels in a Connect-Response with result rt-user-rejected, after which the connection closes; so does
/// every answer to a query, because a query never leaves a connection behind.
#pragma once

#include <functional>
#include <optional>

#include "gcc/connect_pdu.hpp"
#include "gcc/directory.hpp"

namespace convene::gcc {

/// Node ids in answers that carry no valid one: the lowest that can be encoded.
inline constexpr UserId kNoNode{1001};

struct QueryPolicy {
    bool allowed = true;
    NodeType node_type = NodeType::mcu;
    bool wait_for_invitation = false;
    bool no_unlisted_conferences = false;
    /// Whether the asker reads the extensions of the second edition. Old peers are sent none.
    bool second_edition = false;
};
/// The listed conferences, the default one first. Of several defaults only the first is marked.
ConferenceQueryResponse answer_query(const ConferenceQueryRequest& request, const ConferenceDirectory& directory,
                                     const QueryPolicy& policy);

/// The result of two nodes that called each other, seen from here: whether this node counts as the caller. Two equal
/// random numbers decide nothing: nothing comes back, and both try again with new ones.
std::optional<bool> is_caller(const AsymmetryIndicator& own, const AsymmetryIndicator& theirs);

struct CreatePolicy {
    bool allowed = true;
    bool has_room = true;  ///< resources for one more conference
    bool can_lock = true;
    bool already_creating = false;  ///< this node is just creating one at the caller, and is the caller of the two
    bool same_name_allowed = true;  ///< conferences of one name get modifiers, else the second is refused
};
struct CreateDecision {
    CreateResult result{};
    ConferenceProfile profile;  ///< to create, when successful; with a modifier where the name is taken
};
CreateDecision decide_create(const ConferenceCreateRequest& request, const ConferenceDirectory& directory,
                             const CreatePolicy& policy);
ConferenceCreateResponse create_response(CreateResult result, UserId node, Tag tag);

/// What the passwords in a join request are worth.
struct AccessVerdict {
    JoinResult result{};       ///< success, or one of those about passwords and challenges
    bool as_convener = false;  ///< the convener password was right
    std::optional<PasswordChallengeRequestResponse> answer{};  ///< a challenge, or the proof that was asked for
};
/// Looks at the passwords in a request for one conference.
using AccessCheck = std::function<AccessVerdict(ConferenceId, const ConferenceEntry&, const ConferenceJoinRequest&)>;

struct JoinPolicy {
    bool allowed = true;
    /// Whether a name that nothing has leads to the lobby, as no name does.
    bool unknown_name_to_lobby = false;
};
struct JoinDecision {
    enum class Kind : std::uint8_t {
        refused,  ///< answer with join_response(…) and rt-user-rejected
        granted,  ///< let Conference::admit() make the response
        relay,    ///< let Conference::relay_join() ask the top GCC provider
    };
    Kind kind{};
    JoinResult result{};
    std::optional<ConferenceId> conference{};
    bool as_convener = false;
    std::optional<PasswordChallengeRequestResponse> password_answer{};
    std::optional<ConferenceNameSelector> alias{};  ///< the name here, if it is not the one asked for
};
/// A locked or full conference refuses with userRejected, for which the standard has no better result; that is said
/// only to those who know the password. Whoever wants to be convener while there is one is refused with
/// invalidConvenerPassword, and may join without.
JoinDecision decide_join(const ConferenceJoinRequest& request, const ConferenceDirectory& directory,
                         const JoinPolicy& policy, const AccessCheck& access);
/// The same at a top GCC provider for a request that another node relays: the conference is known.
JoinDecision decide_join(const ConferenceJoinRequest& request, ConferenceId id, const ConferenceEntry& entry,
                         const AccessCheck& access);

/// The answer to a request that was not granted. What the asker learns of a conference is only whether it takes a
/// password.
ConferenceJoinResponse join_refusal(const JoinDecision& decision, const ConferenceEntry* entry);

ConferenceInviteResponse invite_response(bool accepted);

}  // namespace convene::gcc
