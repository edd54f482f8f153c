/// What a Conference tells the layers above it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gcc/application_roster.hpp"
#include "gcc/node_roster.hpp"
#include "gcc/pdu.hpp"
#include "mcs/enums.hpp"

namespace convene::gcc {

// --- this node ---

/// This node has its node id, has joined the channels and has announced itself.
struct Joined {
    UserId node;
};
/// The conference is over for this node; the last event.
struct Ended {
    enum class Why : std::uint8_t {
        attach_failed,  ///< MCS had no user id or refused a channel
        disconnected,   ///< the connection upward is gone, or MCS took the user id away
        left,           ///< this node wanted to
        terminated,     ///< the conference was terminated
        ejected,        ///< this node was ejected
        emptied,        ///< at the top: the last participant has left and the conference ends automatically
    };
    Why why{};
};

// --- rosters ---

/// The conference roster has changed: from the top's broadcast or because MCS said that a node is gone.
struct RosterChanged {
    NodeChanges nodes;
};
struct ApplicationRosterChanged {
    SessionKey session;
};
/// At the top: no other node is left.
struct Emptied {};
/// A node directly below has identified itself.
struct ChildIdentified {
    UserId node;
    mcs::ConnectionId connection;
    bool is_convener = false;
};
/// A node that was let in never identified itself. MCS still serves it; it stands in no roster.
struct ChildTimedOut {
    Tag tag = 0;
    std::optional<mcs::ConnectionId> connection;
};
/// An entity could not be enrolled after all.
struct EnrolmentRefused {
    EntityId entity;
    EnrolRefusal why{};
};
/// A key seen for the first time in this conference: of an application, or of user data.
struct KeySeen {
    Key key;
    UserId node;  ///< who used it
};

// --- connect phase in the tree ---

/// At the top: a node relays the request of somebody who wants to join below it. Answer with answer_relayed_join().
struct JoinRelayed {
    UserId node;
    ConferenceJoinRequest request;  ///< with its tag
};
/// The top has answered a request that relay_join() sent. The response is ready for the joiner.
struct JoinAnswered {
    Tag relay = 0;  ///< as relay_join() returned it
    ConferenceJoinResponse response;
};

// --- the conference ---

struct LockChanged {
    bool locked = false;
};
/// The conference ends: this node leaves when those below it have left.
struct Terminating {
    TerminateReason reason{};
};
/// Somebody is ejected; this node itself, when it is `node`, leaves.
struct Ejecting {
    UserId node;
    EjectReason reason{};
};
/// This node is asked to leave and to join another conference.
struct TransferOrdered {
    ConferenceTransferIndication order;
};
/// This node is asked to invite somebody, and the requester may. Answer with answer_add().
struct AddRequested {
    UserId requester;
    ConferenceAddRequest request;
};
/// The top, or an adding node, has answered a request of this node.
struct RequestAnswered {
    ResponsePdu response;  ///< add, lock, unlock, terminate, eject, transfer, functionNotSupported
};

// --- registry ---

struct RegistryAnswered {
    RegistryResponse response;
};
struct HandlesAllocated {
    RegistryAllocateHandleResponse response;
};
struct RegistryChanged {
    RegistryMonitorEntryIndication change;
};

// --- conductorship ---

/// Who conducts now, or that nobody does.
struct ConductorChanged {
    std::optional<UserId> conductor;
};
/// This node could not become the conductor.
struct ConductRefused {};
/// This node conducts, and another wants to.
struct ConductorPleased {
    UserId node;
};
/// The conductor hands over to this node. Answer with answer_offer().
struct ConductorOffered {
    UserId from;
};
/// The node to which this one wanted to hand over has answered.
struct ConductorGiven {
    bool accepted = false;
};
/// Somebody asks for permission to act in conducted mode, or gives it back.
struct PermissionAsked {
    UserId node;
    bool wants = false;
};
/// The lists of those with permission and those waiting have changed.
struct PermissionsChanged {};

// --- messages ---

struct TextMessage {
    UserId from;
    std::u16string message;
    bool to_all = false;
};
struct Assistance {
    UserId from;
    std::optional<UserData> user_data;
};
struct Invoked {
    UserId from;
    std::vector<ApplicationInvokeSpecifier> applications;
};
struct TimeRemaining {
    UserId from;
    Seconds seconds = 0;
    std::optional<UserId> node;  ///< of one node; absent means of the conference
};
/// At the convener: somebody asks how much time is left. Where a limit is set, the answer is sent already.
struct TimeInquired {
    UserId from;
    bool for_node = false;
};
/// At the convener: somebody asks for more time. extend_time() grants it.
struct TimeExtensionAsked {
    UserId from;
    Seconds seconds = 0;
    bool for_node = false;
};
struct NonStandardReceived {
    enum class Kind : std::uint8_t { request, response, indication };
    UserId from;
    Kind kind{};
    NonStandardParameter parameter;
    bool to_all = false;
};

/// Something that a log should know and that the protocol has no answer for.
struct Incident {
    static constexpr std::size_t kFirstOctets = 32;

    std::optional<UserId> from;
    std::string_view clause;  ///< such as "T.124 §7"; static storage
    std::string text;
    Bytes first_octets;
};

using Event =
    std::variant<Joined, Ended, RosterChanged, ApplicationRosterChanged, Emptied, ChildIdentified, ChildTimedOut,
                 EnrolmentRefused, KeySeen, JoinRelayed, JoinAnswered, LockChanged, Terminating, Ejecting,
                 TransferOrdered, AddRequested, RequestAnswered, RegistryAnswered, HandlesAllocated, RegistryChanged,
                 ConductorChanged, ConductRefused, ConductorPleased, ConductorOffered, ConductorGiven, PermissionAsked,
                 PermissionsChanged, TextMessage, Assistance, Invoked, TimeRemaining, TimeInquired, TimeExtensionAsked,
                 NonStandardReceived, Incident>;

}  // namespace convene::gcc
