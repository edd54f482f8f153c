/// One node's part in one conference: the GCC provider of T.124, over one attachment to an MCS domain.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "asn1/for_size.hpp"
#include "base/time.hpp"
#include "gcc/child_table.hpp"
#include "gcc/conductor_state.hpp"
#include "gcc/conference_events.hpp"
#include "gcc/conference_settings.hpp"
#include "gcc/connect_decisions.hpp"
#include "gcc/entity_ids.hpp"
#include "gcc/registry.hpp"
#include "gcc/roster_exchange.hpp"
#include "mcs/domain.hpp"
#include "mcs/reassembly.hpp"

namespace convene::gcc {

/// A node in a conference: the top GCC provider, a leaf, or anything between; a node may have others below it at any
/// time. It attaches to the domain when it is made. The owner hands it the user events of attachment(), calls
/// on_time(), and after every call takes the domain's outputs and take_events(), in which everything that happens is
/// told.
///
/// The domain must outlive it. Calls before Joined that need the conference are ignored, but enrolments are kept and
/// announced then. What the standard lets only certain nodes do, the top checks for all of them, itself included;
/// answers come as events. Not thread-safe: a conference lives on one thread.
class Conference {
public:
    Conference(mcs::Domain& domain, ConferenceSettings settings, Instant now);
    Conference(const Conference&) = delete;
    Conference& operator=(const Conference&) = delete;
    ~Conference();

    void on_event(const mcs::UserEventKind& event, Instant now);
    void on_time(Instant now);
    /// When on_time() is wanted next.
    std::optional<Instant> deadline() const;
    /// Replaces the content of `out` by what has happened, oldest first.
    void take_events(std::vector<Event>& out);

    // --- connect phase: conference_children.cpp ---

    /// Whether somebody can be let in now: this node has joined, and the conference neither ends nor is full.
    bool can_admit() const;
    /// The answer to a join that was granted; makes a tag for it. After can_admit().
    ConferenceJoinResponse admit(const JoinDecision& decision, Instant now);
    /// The answer to the create request that led to this conference; its sender becomes the convener. After
    /// can_admit().
    ConferenceCreateResponse admit_creator(Instant now);
    /// An invitation for a node to be called. After can_admit().
    ConferenceInviteRequest invite(Instant now);
    /// The connect phase that carried `tag` has led to a connection below.
    void bind(Tag tag, mcs::ConnectionId connection) { children_.bind(tag, connection); }
    /// The connect phase that carried `tag` has failed.
    void withdraw(Tag tag) { children_.withdraw(tag); }
    /// Asks the top whether somebody may join below this node; JoinAnswered follows. Returns what that will name;
    /// nothing when too many are waiting or this node is the top.
    std::optional<Tag> relay_join(const ConferenceJoinRequest& request, Instant now);
    /// At the top: the answer to JoinRelayed. What is granted here may still be refused: the top learns who its
    /// convener is only by the next node that appears below `node`, and so lets in nobody else there until then.
    void answer_relayed_join(UserId node, Tag tag, const JoinDecision& decision, Instant now);
    /// How this conference stands in the directory of its node.
    ConferenceEntry entry() const;

    // --- presence and applications: conference_roster.cpp ---

    /// Presents this node anew; the superior node is filled in.
    void announce(NodeRecord self, Instant now);
    /// Enrols an entity of this node in a session. Its capabilities count while the record is active.
    Expected<EntityId, EnrolRefusal> enrol(const SessionKey& session, const ApplicationRecord& record,
                                           const std::vector<Capability>& capabilities, Instant now);
    /// Replaces what was enrolled.
    void update(EntityId entity, const ApplicationRecord& record, const std::vector<Capability>& capabilities,
                Instant now);
    void unenrol(EntityId entity, Instant now);
    /// As broadcast by the top; at the top itself, as broadcast last.
    const RosterCopies& roster() const { return copies_; }

    // --- registry; answers are RegistryAnswered and HandlesAllocated ---

    void request(const RegistryRegisterChannelRequest& request, Instant now);
    void request(const RegistryAssignTokenRequest& request, Instant now);
    void request(const RegistrySetParameterRequest& request, Instant now);
    void request(const RegistryRetrieveEntryRequest& request, Instant now);
    void request(const RegistryDeleteEntryRequest& request, Instant now);
    void request(const RegistryMonitorEntryRequest& request, Instant now);
    void request(const RegistryAllocateHandleRequest& request, Instant now);
    /// At the top: every handle from this one on has not been given out.
    std::uint64_t next_handle() const { return registry_.next_handle(); }

    // --- privileged operations: conference_control.cpp, conference_move.cpp; the answer is RequestAnswered ---

    void lock(Instant now);
    void unlock(Instant now);
    void terminate(TerminateReason reason, Instant now);
    void eject(UserId node, Instant now);
    void transfer(const ConferenceTransferRequest& request, Instant now);
    /// Has the top, or `request.adding_mcu`, invite somebody. The requesting node is filled in.
    void add(ConferenceAddRequest request, Instant now);
    /// The answer to AddRequested.
    void answer_add(UserId requester, Tag tag, AddResult result);
    /// At the top, by order of its administrator, without asking for privileges.
    void force_lock(bool locked);
    void force_terminate(TerminateReason reason, Instant now);
    /// `grace`: how long the node has to leave by itself. Nothing happens when it is not in the roster.
    void force_eject(UserId node, Duration grace, Instant now);
    /// The roster calls `node` by this name from now on, at most 255 characters, whatever it says itself. False when it
    /// is not in the roster, or is this node.
    bool force_rename(UserId node, const std::u16string& name, Instant now);
    /// Leaves the conference: detaches and ends the connection upward.
    void leave();

    // --- conductorship: conference_conductor.cpp ---

    void conduct();  ///< ConductorChanged or ConductRefused follows
    void release_conductor();
    void please_conductor();  ///< asks the conductor to hand over
    void give_conductor(UserId node);
    bool answer_offer(bool accept);  ///< false when nobody has offered
    void ask_permission(bool wants);
    void grant_permission(UserId node);     ///< at the conductor
    void withdraw_permission(UserId node);  ///< at the conductor
    const ConductorState& conductor() const { return conductor_; }
    /// Whether this node conducts; conductor() may learn that a moment later, when all are told.
    bool conducts() const { return self_ && (is_assigned_ || conductor_.is_conductor(*self_)); }

    // --- messages: conference_messages.cpp ---

    /// To one node, or to all. At most 255 characters; longer ones are an Incident.
    void send_text(std::u16string message, std::optional<UserId> to = std::nullopt);
    void ask_assistance(std::optional<UserData> user_data);
    /// To the nodes listed, or to all.
    void invoke(std::vector<ApplicationInvokeSpecifier> applications, std::optional<std::vector<UserId>> nodes);
    void inquire_time(bool for_this_node);
    void ask_for_time(Seconds seconds, bool for_this_node);
    /// At the convener: the conference is to end then. Announced now, to newcomers and to those who ask; when the time
    /// is over the convener terminates the conference. Without `seconds` there is no limit any more.
    void set_time(std::optional<Seconds> seconds, Instant now);
    void extend_time(Seconds seconds, Instant now);
    void send(NonStandardReceived::Kind kind, NonStandardParameter parameter, std::optional<UserId> to);
    /// Gives a request back to its sender: this node has no such function.
    void answer_not_supported(UserId to, RequestPdu request);

    // --- questions ---

    mcs::AttachmentId attachment() const { return attachment_; }
    bool is_top() const { return !asn1::kForSize && !superior_; }
    bool has_joined() const { return state_ == State::joined; }
    bool has_ended() const { return state_ == State::ended; }
    std::optional<UserId> self() const { return self_; }
    UserId top() const { return is_top() ? self_.value_or(kNoNode) : superior_->top; }
    /// At the top, the convener if it is there; elsewhere this node, if it is the convener.
    std::optional<UserId> convener() const { return convener_; }
    /// At the top: there is a convener, or one is on the way in.
    bool has_convener() const;
    const ConferenceProfile& profile() const { return profile_; }
    /// At the top the master, elsewhere this node's subtree.
    const Rosters& subtree() const { return rosters_; }

private:
    enum class State : std::uint8_t { attaching, joining_own, joining_broadcast, joining_convener, joined, ended };
    struct Enrolled {
        SessionKey session;
        ApplicationRecord record;
        std::vector<Capability> capabilities;
    };
    struct RelayedJoin {
        bool as_convener = false;
        Instant expires;
    };
    /// At the top: a join that it has granted to a node which will appear below `relay`.
    struct RelayedGrant {
        UserId relay;
        bool as_convener = false;
        Instant expires;
    };
    /// Where a GCC PDU came from.
    struct Source {
        UserId from;
        bool to_all = false;       ///< on the broadcast channel
        bool to_convener = false;  ///< on the convener channel
        Instant now;
    };

    // conference.cpp: attachment, end, time
    void on(const mcs::AttachConfirm& confirm, Instant now);
    void on(const mcs::JoinConfirm& confirm, Instant now);
    void on(const mcs::DetachIndication& detached, Instant now);
    void on(const mcs::LeaveIndication& left, Instant now);
    void become_joined(Instant now);
    void end(Ended::Why why);
    void disconnect_above();
    void leave_when_alone();

    // conference_send.cpp
    void send(mcs::ChannelId channel, bool uniform, const GccPdu& pdu);
    void broadcast(IndicationPdu pdu);
    void tell(UserId node, IndicationPdu pdu);
    void ask_top(RequestPdu request, Instant now);
    void respond(UserId to, ResponsePdu response);
    void emit(Event event);
    void report(std::optional<UserId> from, std::string_view clause, std::string text, ByteView octets = {});

    // conference_receive.cpp: decoding, source checks, dispatch
    void on(const mcs::DataIndication& data, Instant now);
    void on_pdu(const GccPdu& pdu, const Source& source);
    void on_request(const RequestPdu& request, UserId from, Instant now);
    void on_response(const ResponsePdu& response, UserId from, Instant now);
    void on_indication(const IndicationPdu& indication, const Source& source);
    bool is_from_top(const Source& source, std::string_view what);
    void see_key(const Key& key, UserId node);

    // conference_children.cpp
    void on(const UserIdIndication& indication, const Source& source);
    void on(const ConferenceJoinRequest& request, UserId from);
    void on(const ConferenceJoinResponse& response, UserId from, Instant now);
    void adopt(UserId user, const ChildTable::Child& child);
    void settle_grants(const std::vector<UserId>& added);
    void expire_children(Instant now);
    void lose(UserId user, Instant now);

    // conference_roster.cpp
    void on(const RosterUpdateIndication& update, const Source& source);
    void on_report(const RosterUpdateIndication& update, const Source& source);
    void on_broadcast(const RosterUpdateIndication& update, Instant now);
    void put_self();
    std::optional<EnrolRefusal> put(EntityId entity, const Enrolled& enrolled);
    void on_news(Instant now);
    void publish(Instant now);
    void tell_changes(const RosterChanges& changes);
    void welcome(const std::vector<UserId>& nodes, Instant now);
    void see_keys(const NodeChanges& changes);
    void settle_registry(const RosterUpdateIndication& next);
    Duration broadcast_spacing() const;

    // conference_registry.cpp, at the top
    template <class Request>
    void on_registry(const Request& request, UserId from);
    void broadcast_all(std::vector<RegistryMonitorEntryIndication> changes);

    // conference_control.cpp, at the top
    bool is_permitted(Privilege privilege, UserId node) const;
    Standing standing_of(UserId node) const;
    void on(const ConferenceLockRequest& request, UserId from);
    void on(const ConferenceUnlockRequest& request, UserId from);
    void on(const ConferenceTerminateRequest& request, UserId from, Instant now);
    void on(const ConferenceEjectUserRequest& request, UserId from, Instant now);
    void check_emptied(Instant now);
    // and everywhere
    void on(const ConferenceTerminateIndication& indication, Instant now);
    void on(const ConferenceEjectUserIndication& indication, Instant now);
    bool is_above(UserId node) const;
    void begin_end(Ended::Why why, Instant now);
    void enforce_ejections(Instant now);

    // conference_move.cpp
    void on(const ConferenceTransferRequest& request, UserId from);
    void on(const ConferenceTransferIndication& indication);
    void on(const ConferenceAddRequest& request, UserId from);

    // conference_conductor.cpp
    void on(const ConductorAssignIndication& indication, const Source& source);
    void on(const ConductorReleaseIndication& indication, const Source& source);
    void on(const ConductorPermissionAskIndication& indication, const Source& source);
    void on(const ConductorPermissionGrantIndication& indication, const Source& source);
    void on(const mcs::TokenGrabConfirm& confirm);
    void on(const mcs::TokenGiveIndication& indication);
    void on(const mcs::TokenGiveConfirm& confirm);
    void on(const mcs::TokenPleaseIndication& indication);
    void assign_self();
    bool holds_token(UserId node) const;
    void repeat_conductor();
    void broadcast_permissions();

    // conference_messages.cpp
    void on(const ApplicationInvokeIndication& indication, UserId from);
    void on(const ConferenceTimeInquireIndication& indication, const Source& source);
    void on(const ConferenceTimeExtendIndication& indication, const Source& source);
    void on(const ConferenceTimeRemainingIndication& indication, const Source& source);
    void announce_time(Instant now);
    void expire_time(Instant now);

    mcs::Domain& domain_;
    ConferenceLimits limits_;
    ConferenceProfile profile_;
    NodeRecord record_;  ///< of this node
    std::optional<Superior> superior_;
    bool is_convener_;

    mcs::AttachmentId attachment_;
    State state_ = State::attaching;
    std::optional<UserId> self_;
    std::optional<UserId> convener_;

    mcs::Reassembler reassembler_;
    ChildTable children_;
    std::map<Tag, RelayedJoin> relayed_joins_;
    std::vector<RelayedGrant> relayed_grants_;
    Tag next_relay_ = 1;

    Rosters rosters_;
    RosterCopies copies_;
    EntityIds entity_ids_;
    std::map<EntityId, Enrolled> enrolled_;
    std::set<Key, KeyOrder> keys_seen_;
    std::optional<Instant> publish_at_;
    std::optional<Instant> last_published_;
    bool has_reported_ = false;
    bool had_others_ = false;  ///< at the top: somebody else has been in the roster

    Registry registry_;
    ConductorState conductor_;
    bool is_offered_ = false;   ///< the conductor token is offered to this node
    bool is_assigned_ = false;  ///< this node has told all that it conducts, and has not heard it itself yet

    std::optional<Ended::Why> ending_;
    std::optional<Instant> ends_at_;
    std::map<UserId, Instant> ejections_;  ///< children that are to be gone by then
    std::optional<Instant> time_is_up_;

    std::vector<Event> events_;
};

}  // namespace convene::gcc
