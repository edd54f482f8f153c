/// The whiteboard's application protocol entity (SICE) of one node.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/time.hpp"
#include "whiteboard/entity_io.hpp"
#include "whiteboard/handle_pool.hpp"
#include "whiteboard/newcomer.hpp"
#include "whiteboard/outbox.hpp"
#include "whiteboard/refresher.hpp"
#include "whiteboard/replica.hpp"

namespace convene::whiteboard {

/// A page's creator waits for everybody's acknowledgement, but no longer than this. T.126 §8.1
inline constexpr Duration kAcknowledgeTime = std::chrono::seconds{10};
/// A pointer is sent this often at most. T.126 §6.2
inline constexpr Duration kPointerTime = std::chrono::milliseconds{100};
/// Who has the board waits up to this long before it wants to become the refresher; the keeper does not wait.
inline constexpr Duration kTakeOverTime = std::chrono::seconds{1};
/// A refusal of the refresh token means that somebody has it; if nobody says so, it is tried again after this long.
inline constexpr Duration kTakeOverAgain = std::chrono::seconds{3};
/// A newcomer that is not served wants the token itself after this long: when it gets it, there is nobody who has a
/// board. A keeper waits for half of it.
inline constexpr Duration kOrphanTime = std::chrono::seconds{4};
/// After somebody has gone, the refresher looks again for what it left unfinished: its last data may come later than
/// the word that it has gone.
inline constexpr Duration kTidyTime = std::chrono::seconds{3};
/// And then it looks ever again.
inline constexpr Duration kTidyAgain = std::chrono::seconds{10};
/// A busy token for pictures is tried again after up to this long.
inline constexpr Duration kPictureTokenTime = std::chrono::milliseconds{500};
/// Own operations that have not come back; more are refused.
inline constexpr std::size_t kMaxPending = 65'536;
/// Tokens held back for others' pictures at one time (T.126 §6.1); more checkpoints are passed over.
inline constexpr std::size_t kMaxInhibited = 256;

/// T.126 over T.121's enrolment, folded to one active enrolment once the channels are joined.
///
///   idle ── on_attached ──▶ joining own ──▶ waiting for the roster ──▶ joining the session ──▶ active
///
/// and, once active, a newcomer until it has the board. Everything that changes the board is sent by uniform data at
/// one priority, so the top provider puts it into one order: docs/whiteboard.md says why all boards are then the same.
/// Give it what happens, then take_outputs() and act on each in order. One owner, no threads. Survives on_lost(): what
/// its user did and nobody has confirmed is sent again when it is back.
class Entity {
public:
    explicit Entity(EntityConfig config);

    // --- what happens ---

    void on_attached(mcs::UserId self, Instant now);
    /// The own attachment is gone, with its channels and tokens.
    void on_lost(Instant now);
    void on_joined(mcs::ChannelId channel, bool successful, Instant now);
    /// The application roster has arrived or changed; `lines` are those with the whiteboard's key.
    void on_roster(const std::vector<RosterLine>& lines, std::uint32_t instance, Instant now);
    void on_data(mcs::UserId from, mcs::ChannelId channel, bool uniform, ByteView octets, Instant now);
    /// The answer to GrabToken.
    void on_token(mcs::TokenId token, bool successful, Instant now);
    /// The answer to AllocateHandles; a count of 0 says that there are none.
    void on_handles(ItemId first, std::uint32_t count, Instant now);
    /// MCS says that somebody has gone.
    void on_detached(mcs::UserId user, Instant now);
    /// Which node conducts, if any; `is_self` when it is this one.
    void on_conductor(std::optional<mcs::UserId> node, bool is_self, Instant now);
    void on_time(Instant now);
    std::optional<Instant> deadline() const;
    void take_outputs(std::vector<Output>& into);

    // --- what its user does ---

    /// A new handle for a page, a view or an object; nothing while the registry has not answered yet.
    std::optional<ItemId> take_handle();
    /// Does all of it, at once on board(), and later everywhere; or the operations before the first that is refused.
    std::optional<Refusal> perform(const std::vector<Operation>& operations, Instant now);
    /// Shows where the user points; as often as wanted.
    std::optional<Refusal> point_at(ItemId page, Point at, Instant now);
    void stop_pointing(Instant now);
    /// Asks the conductor.
    void request_privileges(const Privileges& privileges);
    /// As conductor: all that `user` may do from now on; at least one.
    void grant_privileges(mcs::UserId user, const Privileges& privileges);
    /// Hands on what others rely on and leaves the session.
    void leave();
    /// A board from the store, before anything else happens.
    void restore(Board board);

    // --- questions ---

    /// What this user sees: with what it did, and is not confirmed yet.
    const Board& board() const { return replica_.board(); }
    /// What everybody has seen; for digests and for what is to be kept.
    const Board& confirmed() const { return replica_.confirmed(); }
    bool is_active() const { return state_ == State::active; }
    bool has_converged() const { return state_ == State::active && !newcomer_.is_waiting(); }
    bool is_refresher() const { return holds_refresh_token_; }
    /// Nothing of its user is on its way any more.
    bool is_settled() const { return replica_.pending().empty(); }
    /// How many operations of its user are.
    std::size_t pending() const { return replica_.pending().size(); }
    std::optional<mcs::UserId> user() const { return self_; }
    mcs::ChannelId channel() const { return channel_; }
    /// The other whiteboard attachments of the session, and their nodes.
    const std::map<mcs::UserId, mcs::UserId>& others() const { return actives_; }
    bool may(Privilege privilege) const;
    /// Whose whiteboard attachment points with this pointer.
    std::optional<mcs::UserId> owner_of(ItemId pointer) const;

private:
    enum class State : std::uint8_t { idle, joining_own, waiting_for_roster, joining_session, active };
    /// An own uniform PDU that has not come back.
    struct Flight {
        std::optional<OwnId> own;  ///< nothing: of the protocol
        bool is_last = false;
        bool is_piece = false;
    };
    struct Acknowledgements {
        std::set<mcs::UserId> missing;
        Instant until;
    };
    struct Pointing {
        ItemId id;
        ItemId page;
        Point at;
        bool is_sent = true;
        bool is_created = false;
        std::optional<Instant> next;  ///< not before
    };

    // entity.cpp: enrolment and time
    void choose_session(const std::vector<RosterLine>& lines);
    void tend(Instant now);
    Duration lot(Duration most);
    bool is_here(mcs::UserId user) const { return actives_.count(user) != 0; }
    void changed(Changes changes);

    // entity_receive.cpp: what others send
    void on_session_pdu(mcs::UserId from, const SiPdu& pdu, Instant now);
    void on_private_pdu(mcs::UserId from, const SiPdu& pdu, Instant now);
    void on_extra(mcs::UserId from, bool is_private, const SiPdu& pdu);
    void on_echo(const SiPdu& pdu, Instant now);
    void on_operation(mcs::UserId from, const Operation& operation);
    void on_checkpoints(const Operation& operation);
    void release_checkpoints(ItemId picture);

    // entity_send.cpp: what this node sends
    bool send(mcs::ChannelId channel, bool uniform, const SiPdu& pdu);
    bool send_uniform(const SiPdu& pdu, Flight flight);
    void send_operation(const Operation& operation);
    void enqueue(OwnId id);
    void dispatch(Outbox::Outgoing outgoing, Instant now);
    bool may_send(const Replica::Pending& pending) const;
    void pump(Instant now);
    void pump_pointer(Instant now);
    std::optional<Refusal> forbids(const Operation& operation) const;
    void expect_acknowledgements(const Page& page, Instant now);
    void check_acknowledgements(Instant now);

    // entity_refresh.cpp: late joiners, and who serves them
    void on_status(mcs::UserId from, const WorkspaceRefreshStatusPdu& pdu, Instant now);
    void on_refresh_token(bool successful, Instant now);
    void plan_to_take_over(Instant now);
    void take_over();
    bool has_refresher() const;
    void converge(bool is_first, bool has_given_up, Instant now);
    void resend_pending();
    void look_after_newcomer(Instant now);
    void pump_copies(Instant now);
    void tidy_up();
    void drop_lost_pointers();

    EntityConfig config_;
    bool is_restored_ = false;  ///< the board came out of a store, and this is the first time in a session with it
    State state_ = State::idle;
    std::optional<mcs::UserId> self_;
    mcs::ChannelId channel_{};
    std::map<mcs::UserId, mcs::UserId> actives_;  ///< active whiteboard attachments of the session, and their nodes
    std::uint16_t roster_instance_ = 0;
    Replica replica_;
    Outbox outbox_;
    std::deque<Flight> flights_;
    HandlePool handles_;
    std::map<ItemId, Acknowledgements> acknowledgements_;
    std::optional<Pointing> pointing_;
    std::map<ItemId, std::vector<mcs::TokenId>> checkpoints_;  ///< inhibited, by picture
    std::size_t inhibited_ = 0;

    bool holds_picture_token_ = false;
    bool asked_for_picture_token_ = false;
    std::optional<Instant> picture_token_at_;

    Newcomer newcomer_;
    Refresher refresher_;
    std::optional<mcs::UserId> serving_;  ///< who has said that it is the refresher
    bool holds_refresh_token_ = false;
    bool asked_for_refresh_token_ = false;
    std::optional<Instant> take_over_at_;
    std::optional<Instant> tidy_at_;

    std::optional<mcs::UserId> conductor_;  ///< its node
    bool is_conductor_ = false;
    Privileges privileges_;

    std::uint64_t lots_;
    std::vector<Output> out_;
};

}  // namespace convene::whiteboard
