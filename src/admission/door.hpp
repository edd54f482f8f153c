/// The door of one conference: who may come in, who waits, and what everybody inside may do.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "admission/ejections.hpp"
#include "admission/entry.hpp"
#include "admission/invitations.hpp"
#include "admission/moment.hpp"
#include "admission/refusal.hpp"
#include "gcc/attempt_limiter.hpp"
#include "gcc/names.hpp"

namespace convene::admission {

inline constexpr std::size_t kMaxPersonOctets = 255;  ///< of a person's name
inline constexpr std::size_t kMaxWaiting = 200;       ///< in one waiting room
inline constexpr std::size_t kMaxEntries = 20'000;    ///< of one conference
inline constexpr std::size_t kRoomForOwners = 16;     ///< entries that only owners may have, beyond every limit
inline constexpr Duration kStayTime = std::chrono::minutes(10);    ///< of somebody whose connection is lost
inline constexpr Duration kWaitTime = std::chrono::minutes(1);     ///< of somebody who waits and does not listen
inline constexpr Duration kArrivalTime = std::chrono::minutes(1);  ///< in which who was let in has its place kept
inline constexpr Duration kFinalTime = std::chrono::seconds(30);   ///< in which a page may learn that it was put out

/// What a conference wants of its door.
struct DoorRules {
    bool waiting_room = false;
    bool locked = false;
    Right default_right = Right::draw;  ///< never moderate
    std::uint64_t max_people = 0;       ///< 0: as many as come

    friend bool operator==(const DoorRules&, const DoorRules&) = default;
};

/// What opens the door besides invitations.
struct DoorKeys {
    std::optional<gcc::Password> password{};           ///< none: everybody may come in
    std::optional<gcc::Password> convener_password{};  ///< makes an owner
    gcc::AttemptLimits wrong_secrets{};                ///< of one source: passwords and invitations
};

/// Who comes.
struct Arrival {
    std::string name;        ///< UTF-8
    std::string invitation;  ///< the secret of one, or empty
    std::string password;    ///< of the conference or of its convener, or empty
    std::string source;      ///< one guesser, such as an address without its port
};
struct Arrived {
    std::string entry;
    std::string token;
};

// --- what is to be done ---

/// A node has another right from now on.
struct RightChanged {
    mcs::UserId node;
    Right right{};
};
/// A node has to go.
struct PutOut {
    mcs::UserId node;
};
/// The rules, or an invitation, are to be written down anew, where they are; one that is no more, to be removed.
struct RulesChanged {};
struct InvitationChanged {
    std::string id;
};
/// Nobody asks for this entry any more.
struct EntryGone {
    std::string id;
};
using DoorOutput = std::variant<RightChanged, PutOut, RulesChanged, InvitationChanged, EntryGone>;

/// A node of the conference, whatever its program.
struct Present {
    std::string name;
    Right right{};
    std::optional<std::string> entry{};
    bool is_owner = false;
    std::string source{};  ///< see Arrival; empty when it is not known
};

/// Admission never depends on who came first: where there is a waiting room, everybody waits but owners and those who
/// were invited to moderate, and nobody becomes more by waiting. Owners come in at any time: locked, full, or waiting
/// room.
///
/// Who was put out stays out: whoever comes from the same address, or by the same invitation, waits for a moderator,
/// also where there is no waiting room. An address may be many people's, so those who were invited to moderate do not
/// wait for it alone.
///
/// Give it what happens, then take_outputs(). `has_news()` says that what anybody sees of it may be another. One owner,
/// no threads.
class Door {
public:
    Door(DoorRules rules, DoorKeys keys, RandomOctets random);

    // --- coming in ---

    /// Errors: invalid, not_found (the invitation), expired, used_up, revoked, password_needed, password_wrong, locked,
    /// full, too_many.
    Expected<Arrived, Refusal> enter(const Arrival& arrival, const Moment& now);
    /// The entry, when `token` is its own and it is there.
    const Entry* entry_by(std::string_view token) const;
    const Entry* find(const std::string& id) const;
    /// Its person has opened or closed a stream of events.
    void listening(const std::string& entry, bool begins, const Moment& now);
    /// Its person leaves for good.
    void leave(const std::string& entry, const Moment& now);

    // --- what the conference says ---

    /// `entry` is empty for who came without the web, or below somebody else; `has_right` is what is enforced for its
    /// connection by now. `source` as in Arrival, empty for who came below somebody else.
    void node_joined(mcs::UserId node, std::string_view entry, std::string name, bool is_convener, Right has_right,
                     std::string source, const Moment& now);
    void node_gone(mcs::UserId node, const Moment& now);
    void node_renamed(mcs::UserId node, std::string name);
    void locked(bool is_locked);

    // --- what a moderator does; `by` is its entry, or empty for an administrator. Errors: forbidden, not_found … ---

    using Outcome = Expected<std::monostate, Refusal>;
    Outcome admit(std::string_view by, const std::string& waiting, const Moment& now);
    Outcome turn_away(std::string_view by, const std::string& waiting, const Moment& now);
    /// The lock is the conference's own: node_joined() … locked() tells when it has changed.
    Outcome set_waiting_room(std::string_view by, bool on);
    Outcome set_default_right(std::string_view by, Right right);
    Outcome set_right(std::string_view by, mcs::UserId node, Right right);
    Outcome eject(std::string_view by, mcs::UserId node, const Moment& now);
    /// May that moderator do this to that node? Nothing is changed.
    Outcome may_touch(std::string_view by, mcs::UserId node) const;
    Outcome may_moderate(std::string_view by) const;
    Expected<NewInvitation, Refusal> invite(std::string_view by, const InvitationWish& wish, const Moment& now);
    /// Those who came by it fall back to the default right, or with `and_eject` have to go.
    Outcome revoke(std::string_view by, const std::string& invitation, bool and_eject, const Moment& now);

    // --- time ---

    /// Every now and then: who has stayed away too long is forgotten.
    void on_time(const Moment& now);

    // --- questions ---

    const DoorRules& rules() const { return rules_; }
    /// The right of a node that comes without an entry.
    Right right_of_strangers() const { return rules_.default_right; }
    const std::map<mcs::UserId, Present>& present() const { return present_; }
    const std::map<std::string, Entry>& entries() const { return entries_; }
    const Invitations& invitations() const { return invitations_; }
    Invitations& invitations() { return invitations_; }
    bool needs_password() const { return keys_.password.has_value(); }
    /// Whether who comes from there without an entry has to wait, which T.120 does not know.
    bool keeps_out(std::string_view source, Instant now) const {
        return rules_.waiting_room || ejections_.has_source(source, now);
    }
    /// Somebody is on the way or waits: the conference must not end for being empty.
    bool is_expecting(Instant now) const;
    void set_rules(const DoorRules& rules);

    /// Replaces the content of `out` by what is to be done, oldest first.
    void take_outputs(std::vector<DoorOutput>& out);
    /// Whether anything has changed since it was asked last.
    bool has_news() { return std::exchange(news_, false); }

private:
    struct Welcome {
        Right right{};
        bool is_owner = false;
        std::optional<std::string> invitation{};
    };
    Expected<Welcome, Refusal> judge(const Arrival& arrival, const Moment& now);
    Expected<Welcome, Refusal> judge_password(const Arrival& arrival, const Moment& now);
    bool must_ask(const Welcome& welcome, std::string_view source, Instant now) const;
    std::optional<Refusal> no_room_for(const Welcome& welcome, bool waits, Instant now) const;
    std::size_t people(Instant now) const;
    Entry* entry(std::string_view id);
    void forget(const Entry& stay);
    void change_right(Entry& entry, Right right);
    void remove(Entry& entry, Entry::State state, const Moment& now);
    void tell(DoorOutput output);

    DoorRules rules_;
    DoorKeys keys_;
    gcc::AttemptLimiter wrong_secrets_;
    RandomOctets random_;
    Invitations invitations_;
    Ejections ejections_;
    std::map<std::string, Entry> entries_;
    std::map<mcs::UserId, Present> present_;
    std::vector<DoorOutput> out_;
    bool news_ = false;
};

}  // namespace convene::admission
