/// What a node tells the program that runs it: calls, chat, and everything GCC has to say.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "files/outputs.hpp"
#include "gcc/conference_events.hpp"
#include "gcc/connect_pdu.hpp"
#include "mcs/connect_pdu.hpp"
#include "node/chat_history.hpp"
#include "node/links.hpp"
#include "node/presence.hpp"
#include "whiteboard/entity_io.hpp"

namespace convene::node {

/// Somebody calls this node. Answer with one of Node::admit(), admit_creator(), accept_invitation() or reject().
struct CallArrived {
    TransportId transport;
    std::string peer;
    mcs::ConnectInitial initial;
    gcc::ConnectGccPdu request;
};

/// The answer to Node::query().
struct QueryAnswered {
    CallId call;
    gcc::ConferenceQueryResponse response;
};

/// A join was refused; `response` says how, and carries the challenge where one is wanted.
struct JoinRefused {
    CallId call;
    mcs::Result result{};
    std::optional<gcc::ConferenceJoinResponse> response;
};
struct CreateRefused {
    CallId call;
    mcs::Result result{};
    std::optional<gcc::ConferenceCreateResponse> response;
};
/// The invited node has answered.
struct InviteAnswered {
    CallId call;
    bool accepted = false;
};
/// No answer at all: nobody there, another protocol, or the connection broke.
struct CallBroken {
    CallId call;
    std::string why;
};

/// A line of chat. `node` is known once the application roster has told whose attachment it came from.
struct ChatLine {
    enum class Protocol : std::uint8_t { t134, netmeeting };
    mcs::UserId from;                 ///< the sender's chat attachment
    std::optional<mcs::UserId> node;  ///< the sender's node
    std::string name;                 ///< the sender's name, or its number
    std::string text;                 ///< UTF-8
    bool is_private = false;
    Protocol protocol{};
    /// At a keeper, of a public line of T.134: how many data units of this sender it takes to have all of it.
    std::uint32_t number = 0;
};
/// At a keeper: somebody has come who wants to know what was said before. ChatDesk::tell_history() answers.
struct ChatNewcomer {
    mcs::UserId user;  ///< a chat attachment
};
/// What was said before this node came, a part of it; each follows the one before.
struct ChatHistory {
    std::vector<PastLine> lines;
    bool is_last = false;
};
/// The keeper has written down more of what this user said; `left` of it is not known to be safe yet.
struct ChatSaved {
    std::uint32_t left = 0;
};
/// Somebody rang the bell.
struct ChatAttention {
    mcs::UserId from;
    std::optional<mcs::UserId> node;
};
/// What is typed now reaches the others.
struct ChatReady {};

/// What the whiteboard's entity tells: docs/whiteboard.md.
using WhiteboardEvent = std::variant<whiteboard::BoardChanged, whiteboard::ActionRefused, whiteboard::Converged,
                                     whiteboard::RefresherChanged, whiteboard::PrivilegesRequested,
                                     whiteboard::PrivilegesGranted, whiteboard::PermissionChanged>;
/// At a keeper: a PDU that everybody has seen, in the order of all. `number` counts what came from this sender in that
/// order; what did not come in it has the number before.
struct WhiteboardTraffic {
    mcs::UserId from;  ///< a whiteboard attachment
    std::uint32_t number = 0;
    Bytes octets;
};
/// The keeper has written down more of what this user did; `left` of it is not known to be safe yet.
struct WhiteboardSaved {
    std::uint32_t left = 0;
};
/// Where somebody is on the board has changed; nothing: it looks at none any more, or has gone.
struct WhiteboardPresence {
    mcs::UserId from;  ///< a whiteboard attachment
    std::optional<Presence> presence;
};

/// What the file transfer entity tells, and what it asks of the program: docs/files.md.
using FilesEvent = std::variant<files::ReadMore, files::Write, files::Ready, files::Offered, files::Declined,
                                files::Accepted, files::Rejected, files::ReceiverLost, files::Progress, files::Received,
                                files::Sent, files::Failed, files::Requested, files::DirectoryAsked,
                                files::DirectoryListed, files::PrivilegeAsked, files::PrivilegesChanged>;

using Event = std::variant<CallArrived, QueryAnswered, JoinRefused, CreateRefused, InviteAnswered, CallBroken, ChatLine,
                           ChatAttention, ChatReady, ChatNewcomer, ChatHistory, ChatSaved, WhiteboardEvent,
                           WhiteboardTraffic, WhiteboardSaved, WhiteboardPresence, FilesEvent, gcc::Event>;

template <class T, class Variant>
struct IsAlternative;
template <class T, class... Alternatives>
struct IsAlternative<T, std::variant<Alternatives...>> : std::disjunction<std::is_same<T, Alternatives>...> {};

/// The event as a T, one of Event or of gcc::Event; nullptr when it is something else.
template <class T>
const T* event_as(const Event& event) {
    if constexpr (IsAlternative<T, Event>::value) {
        return std::get_if<T>(&event);
    } else {
        const auto* inner = std::get_if<gcc::Event>(&event);
        return inner != nullptr ? std::get_if<T>(inner) : nullptr;
    }
}

}  // namespace convene::node
