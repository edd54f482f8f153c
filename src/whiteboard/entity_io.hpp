/// What the whiteboard's protocol entity wants from outside, and what it has to tell.
#pragma once

#include <cstdint>
#include <set>
#include <variant>
#include <vector>

#include "gcc/enrolment.hpp"
#include "mcs/enums.hpp"
#include "whiteboard/board.hpp"
#include "whiteboard/extensions.hpp"
#include "whiteboard/protocol.hpp"

namespace convene::whiteboard {

struct EntityConfig {
    BoardLimits limits{};
    /// Goes first wherever somebody is to become the refresher: a node that stays.
    bool is_keeper = false;
    std::uint64_t seed = 1;  ///< of the moments that are drawn by lot
    Extensions extensions{};
};

using gcc::RosterLine;

/// What a conductor may let others do (T.126 §9); the order of the standard.
enum class Privilege : std::uint8_t {
    workspace,
    annotation,
    image,
    pointing,
    remote_key_event,
    remote_pointing_event,
    remote_printing,
    archive_create_write,
};
using Privileges = std::set<Privilege>;

// --- what is to be done ---

struct Join {
    mcs::ChannelId channel;
};
struct Leave {
    mcs::ChannelId channel;
};
struct Enrol {
    gcc::SessionKey session;
    gcc::ApplicationRecord record;
};
struct Send {
    mcs::ChannelId channel;
    mcs::DataPriority priority{};
    bool uniform = false;
    Bytes octets;
};
struct GrabToken {
    mcs::TokenId token;
};
struct InhibitToken {
    mcs::TokenId token;
};
struct ReleaseToken {
    mcs::TokenId token;
};
/// GCC-Registry-Allocate-Handle.
struct AllocateHandles {
    std::uint16_t count = 0;
};

// --- what has happened ---

/// What Entity::board() shows has changed.
struct BoardChanged {
    Changes changes;
};
/// Something that this user did was refused by the order of all: it is gone from board() again.
struct ActionRefused {
    Refusal refusal;
};
/// The board is what everybody has; or, after a long wait for a copy, what is known of it.
struct Converged {
    bool is_first = false;      ///< nobody else was there
    bool has_given_up = false;  ///< no copy came
};
/// This node brings late joiners up to date from now on, or does so no more.
struct RefresherChanged {
    bool is_self = false;
};
/// Somebody asks this conductor for privileges.
struct PrivilegesRequested {
    mcs::UserId from;  ///< a whiteboard attachment
    Privileges privileges;
};
/// The conductor has said what somebody may do from now on.
struct PrivilegesGranted {
    mcs::UserId user;  ///< a whiteboard attachment
    Privileges privileges;
};
/// What this user may do has changed.
struct PermissionChanged {
    bool is_conducted = false;
    Privileges privileges;  ///< all of them where nobody conducts
};
/// A nonStandardPDU that is no part of the whiteboard as it is known here.
struct Extra {
    mcs::UserId from;         ///< a whiteboard attachment
    bool is_private = false;  ///< to this node alone
    NonStandardParameter transaction;
};

using Output = std::variant<Join, Leave, Enrol, Send, GrabToken, InhibitToken, ReleaseToken, AllocateHandles,
                            BoardChanged, ActionRefused, Converged, RefresherChanged, PrivilegesRequested,
                            PrivilegesGranted, PermissionChanged, Extra>;

}  // namespace convene::whiteboard
