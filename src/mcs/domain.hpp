/// One MCS domain at one provider: the information base and all the procedures of T.125.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asn1/for_size.hpp"
#include "base/time.hpp"
#include "mcs/channel_table.hpp"
#include "mcs/connection.hpp"
#include "mcs/data_counts.hpp"
#include "mcs/domain_config.hpp"
#include "mcs/domain_output.hpp"
#include "mcs/flow_counts.hpp"
#include "mcs/id_allocator.hpp"
#include "mcs/link_codec.hpp"
#include "mcs/merge.hpp"
#include "mcs/pending_joins.hpp"
#include "mcs/relay_header.hpp"
#include "mcs/slot_map.hpp"
#include "mcs/token_table.hpp"
#include "mcs/user_events.hpp"

namespace convene::mcs {

/// The provider's part for one domain, at any place in the tree: top while it has no connection above, else
/// subordinate.
///
/// Everything that happens comes in through a function; what is to be done about it is in take_outputs() afterwards, in
/// order. Nothing calls back. Not thread-safe: a domain lives on one thread.
///
/// Inside, a PDU that climbs is dealt with by `rise(from, pdu)`: authorise, validate, then either pass it on or decide
/// as top. What a decision leads to, and what comes from above, is dealt with by `descend(pdu)`: change the information
/// base, then tell those below. So the top provider is its own superior, and each procedure is written once.
class Domain {
public:
    explicit Domain(DomainConfig config = {});
    Domain(const Domain&) = delete;
    Domain& operator=(const Domain&) = delete;

    // --- connections, after their connect phase ---

    /// A connection above makes this provider a subordinate, and its domain merges into the larger one; it must be the
    /// only one (is_top() was true).
    ConnectionId add_connection(const ConnectionSettings& settings, Instant now);
    /// One TSDU from `transport`. What is not right about it ends in a reject and a Close, or in an Incident.
    void receive(ConnectionId id, unsigned transport, t123::Tsdu tsdu, Instant now);
    /// The same for TSDUs whose whole data frames stand side by side in `frames`, as t123::ReceivedRun has them.
    void receive_run(ConnectionId id, unsigned transport, const Slice& frames, Instant now);
    /// All its transports are gone.
    void connection_lost(ConnectionId id, Instant now);
    /// Ends a connection with a DisconnectProviderUltimatum and a Close.
    void disconnect(ConnectionId id, Reason reason);
    /// The writer of a transport has sent `pdus` since the last report and still holds `octets_still_queued`.
    void on_transmitted(ConnectionId id, unsigned transport, std::size_t pdus, std::size_t octets_still_queued,
                        Instant now);
    /// What the users below `id` may not do from now on; nothing: they may do everything. Tokens that they hold and may
    /// not use are taken from them, each with a TokenReleaseConfirm.
    void restrict(ConnectionId id, SharedRestriction restriction);
    void on_time(Instant now);
    /// When on_time() is wanted next.
    std::optional<Instant> deadline() const;

    // --- the service of T.122. What an attachment may not do (yet) is ignored. ---

    /// The AttachConfirm follows as an event.
    AttachmentId attach();
    /// The user is gone when it receives the DetachIndication of its own id; an attachment that has no user yet, at
    /// once. What it asks for in between is ignored, but for leave(): its id may be another user's by the time that
    /// arrives.
    void detach(AttachmentId id);
    void join(AttachmentId id, ChannelId channel);  ///< kAssignChannel for any that is free
    void leave(AttachmentId id, ChannelId channel);
    void convene(AttachmentId id);
    void disband(AttachmentId id, ChannelId channel);
    void admit(AttachmentId id, ChannelId channel, std::vector<UserId> users);
    void expel(AttachmentId id, ChannelId channel, std::vector<UserId> users);
    /// Cut into PDUs of at most maxMCSPDUsize. Uniform data comes back to the sender if it has joined, other data not.
    void send(AttachmentId id, ChannelId channel, DataPriority priority, bool uniform, const Slice& data);
    void token_grab(AttachmentId id, TokenId token);
    void token_inhibit(AttachmentId id, TokenId token);
    void token_give(AttachmentId id, TokenId token, UserId recipient);
    /// `result`: successful, or user_rejected.
    void token_give_response(AttachmentId id, TokenId token, Result result);
    void token_please(AttachmentId id, TokenId token);
    void token_release(AttachmentId id, TokenId token);
    void token_test(AttachmentId id, TokenId token);

    /// Replaces the content of `out` by what is to be done, oldest first. Its capacity is used again.
    void take_outputs(std::vector<Output>& out);
    bool has_outputs() const { return !outputs_.empty() || run_ || !doomed_.empty(); }

    // --- questions ---

    bool is_top() const { return !asn1::kForSize && !above_; }  // small programs join alone
    bool is_merging() const { return !asn1::kForSize && merge_; }
    /// Empty: no users, no connections; the parameters are free to be negotiated.
    bool is_frozen() const { return !connections_.empty() || !attachments_.empty(); }
    const DomainParameters& parameters() const { return parameters_; }
    /// 0 for a leaf.
    std::uint64_t height() const { return height_; }
    /// The own throughput enforcement interval in milliseconds; 0 without enforcement.
    std::uint64_t interval() const { return interval_; }
    /// Nothing for a local user, or one that is not in this subtree.
    std::optional<ConnectionId> connection_of(UserId user) const;
    std::optional<UserId> user_of(AttachmentId id) const;
    std::vector<UserId> users_below(ConnectionId id) const;
    std::optional<ConnectionId> above() const { return above_; }
    /// Whether some receiver of `channel` has more queued than the high-water mark on the transport for that priority:
    /// a polite local sender waits.
    bool is_congested(ChannelId channel, DataPriority priority) const;
    /// Whether `user` may join the private channel `channel`, as its manager or as one who is admitted. Only the top
    /// provider knows of everybody; false for what is no private channel.
    bool is_admitted(UserId user, ChannelId channel) const;
    /// Data PDUs and requests for tokens that a restriction has dropped.
    std::uint64_t denied() const { return denied_; }
    /// Without a run that is not over yet: taking the outputs ends it.
    const DataCounts& data_counts() const { return data_counts_; }
    const FlowCounts& flow_counts() const { return flow_counts_; }
    /// Transports that are not to be read from now.
    std::size_t paused() const;

    // For tests and simulations.
    const ChannelTable& channels() const { return channels_; }
    const TokenTable& tokens() const { return tokens_; }
    const SlotMap<ConnectionId, Connection>& connections() const { return connections_; }
    /// Requests whose answer is awaited, PDUs held back by a merge, and leaves held back by joins.
    std::size_t pending() const;

private:
    struct Attachment {
        AttachmentId id;
        std::optional<UserId> user;  ///< once confirmed
        bool leaving = false;        ///< its detachment is under way: it has nothing more to say
    };
    /// Input that waits for the end of a merge.
    struct Held {
        Hop from;
        std::uint8_t transport = 0;
        std::variant<t123::Tsdu, DomainPdu> pdu;
    };
    /// A request to merge channels that was passed on.
    struct ChannelMerge {
        ConnectionId from;
        std::vector<ChannelId> channels;
    };
    /// What follows from users having been taken out of the base.
    struct Aftermath {
        FlatSet<UserId> gone_here;    ///< of local attachments
        std::vector<ChannelId> left;  ///< channels that nobody below has joined any more
        std::vector<ChannelId> without_manager;
        std::vector<TokenTable::Failed> failed_givings;
    };
    /// A data PDU on its way through.
    struct Datum {
        RelayHeader header;
        Slice user_data;  ///< empty while header.fragmented; then `octets` has to be decoded for it
        Slice octets;
    };

    /// Data PDUs of one user to one channel, as they were received: relayed together, so that what a delivery costs is
    /// paid once for many.
    struct Run {
        Incoming from;
        RelayHeader header;  ///< of the first one, as it came
        Slice frames;        ///< already indications
        std::uint32_t count = 0;
        std::uint32_t longest = 0;  ///< octets of the longest frame
        std::size_t octets = 0;     ///< of user data
    };

    // domain.cpp: input, and where it goes
    void process(Connection& from, std::uint8_t transport, t123::Tsdu tsdu);
    void dispatch(Connection& from, DomainPdu pdu);
    void rise_any(Hop from, const DomainPdu& pdu);
    bool hold(Hop from, std::uint8_t transport, std::variant<t123::Tsdu, DomainPdu> pdu);
    void finish();

    // domain_output.cpp: what goes out
    void send_up(DomainPdu pdu);
    void send_down(ConnectionId to, DomainPdu pdu);
    void send_all_down(DomainPdu pdu);
    void transmit(Connection& to, PduCopies& copies);
    void transmit_data(Connection& to, PduCopies& copies, DataPriority priority);
    void put(Connection& to, std::uint8_t transport, DataPriority priority, const t123::Tsdu& tsdu);
    void tell(AttachmentId to, UserEventKind event);
    void ignore(std::string_view clause, std::string_view why);
    void report(Incident::Severity severity, std::string_view clause, std::string_view what);

    // domain_user_requests.cpp
    template <class Pdu>
    void from_user(AttachmentId id, Pdu pdu);

    // domain_connections.cpp
    void freeze(const DomainParameters& parameters);
    void drop(ConnectionId id, Reason reason, std::string why, bool tell_peer = true);
    void reject(Diagnostic diagnostic, std::string_view why);
    void lose(ConnectionId id);
    void lose_below(Hop gone);
    void collapse();
    void descend(const DisconnectProviderUltimatum& pdu, ConnectionId from);
    void descend(const RejectMcspduUltimatum& pdu, ConnectionId from);

    // domain_hierarchy.cpp
    void rise(Hop from, const ErectDomainRequest& pdu);
    void descend(const PlumbDomainIndication& pdu);
    void measure(bool always_tell);
    std::uint64_t least_interval() const;
    std::uint64_t interval_for(const Connection& below) const;

    // domain_users.cpp
    void rise(Hop from, const AttachUserRequest& pdu);
    void rise(Hop from, const DetachUserRequest& pdu);
    void descend(const AttachUserConfirm& pdu);
    void descend(const DetachUserIndication& pdu);
    void request_detach(Reason reason, std::vector<UserId> users);
    void add_user(UserId user, Hop direction);
    Aftermath remove_users(const FlatSet<UserId>& users);
    void remove_from_managed(ChannelId id, const FlatSet<UserId>& users, const FlatSet<Hop>& gone, Aftermath& after);
    void tell_detached(Reason reason, const FlatSet<UserId>& users, const Aftermath& after);
    void settle(const Aftermath& after);

    // domain_channels.cpp
    void rise(Hop from, const ChannelJoinRequest& pdu);
    void rise(Hop from, const ChannelLeaveRequest& pdu);
    void descend(const ChannelJoinConfirm& pdu);
    std::optional<Result> decide_join(const ChannelJoinRequest& pdu) const;
    void join_as_top(const ChannelJoinRequest& pdu);
    void confirm_join(const ChannelJoinConfirm& pdu);
    void unjoin(ChannelId id, Hop hop, std::vector<ChannelId>& left);
    void on_unjoined(ChannelId id, std::vector<ChannelId>& left);
    void leave_above(const std::vector<ChannelId>& channels);

    // domain_private_channels.cpp
    void rise(Hop from, const ChannelConveneRequest& pdu);
    void rise(Hop from, const ChannelDisbandRequest& pdu);
    void rise(Hop from, const ChannelAdmitRequest& pdu);
    void rise(Hop from, const ChannelExpelRequest& pdu);
    void descend(const ChannelConveneConfirm& pdu);
    void descend(const ChannelDisbandIndication& pdu);
    void descend(const ChannelAdmitIndication& pdu);
    void descend(const ChannelExpelIndication& pdu);
    const Channel* managed_by(UserId user, ChannelId id) const;
    void forget_branches_without_admitted(Channel& channel);

    // domain_data.cpp
    void relay(Connection& from, std::uint8_t transport, t123::Tsdu tsdu);
    void relay_up(Connection& from, std::uint8_t transport, t123::Tsdu tsdu, const RelayHeader& header);
    template <class Pdu>
    void rise_data(Hop from, const Pdu& pdu);
    template <class Pdu>
    void descend_data(const Pdu& pdu);
    bool may_send(Hop from, UserId initiator, ChannelId channel);
    bool goes_up(ChannelId channel) const;
    void distribute(const Datum& datum, PduCopies& copies, std::optional<Hop> except);
    void count(const Channel& channel, DataPriority priority, std::size_t pdus, std::size_t octets);

    // domain_runs.cpp
    bool begin_run(const Connection& from, std::uint8_t transport, t123::Tsdu& tsdu, const RelayHeader& header);
    std::size_t extend_run(Incoming from, Slice frames);
    void end_run();

    // domain_restrictions.cpp
    bool is_denied(const Connection& from, const RelayHeader& header, const Slice& octets);
    bool is_denied(Hop from, ChannelId channel, Segmentation segment, const Slice& user_data);
    bool is_denied_tokens(Hop from);
    void deny(std::string_view clause, std::string_view why);
    void take_tokens_from(ConnectionId id);

    // domain_tokens.cpp
    void rise(Hop from, const TokenGrabRequest& pdu);
    void rise(Hop from, const TokenInhibitRequest& pdu);
    void rise(Hop from, const TokenGiveRequest& pdu);
    void rise(Hop from, const TokenGiveResponse& pdu);
    void rise(Hop from, const TokenPleaseRequest& pdu);
    void rise(Hop from, const TokenReleaseRequest& pdu);
    void rise(Hop from, const TokenTestRequest& pdu);
    void descend(const TokenGrabConfirm& pdu);
    void descend(const TokenInhibitConfirm& pdu);
    void descend(const TokenGiveIndication& pdu);
    void descend(const TokenGiveConfirm& pdu);
    void descend(const TokenPleaseIndication& pdu);
    void descend(const TokenReleaseConfirm& pdu);
    void descend(const TokenTestConfirm& pdu);
    template <class Pdu>
    void to_user(UserId user, const Pdu& pdu);

    // domain_merge_below.cpp: this provider is the former top
    void start_merge();
    void continue_merge();
    void finish_merge();
    void ask_users();
    void ask_tokens();
    void ask_channels();
    void ask(std::vector<ChannelAttributes> channels);
    void ask(std::vector<TokenAttributes> tokens);
    void on_merge_confirm(const MergeChannelsConfirm& pdu);
    void on_merge_confirm(const MergeTokensConfirm& pdu);

    // domain_purge.cpp
    void descend(const PurgeChannelsIndication& pdu);
    void descend(const PurgeTokensIndication& pdu);
    void purge(const PurgeChannelsIndication& pdu);
    void purge(const PurgeTokensIndication& pdu);
    void purge_channel(ChannelId id);

    // domain_merge_above.cpp: this provider is the superior of a former top
    void rise(Hop from, const MergeChannelsRequest& pdu);
    void rise(Hop from, const MergeTokensRequest& pdu);
    void descend(const MergeChannelsConfirm& pdu);
    void descend(const MergeTokensConfirm& pdu);
    bool fits(const ChannelAttributes& attributes) const;
    bool fits(const TokenAttributes& attributes) const;
    bool conflicts(const ChannelAttributes& attributes) const;
    void enter(const ChannelAttributes& attributes, Hop from);
    void enter(const TokenAttributes& attributes);
    void undo_merge(const MergeChannelsConfirm& pdu);

    // domain_flow.cpp
    void account(Connection& to, std::uint8_t transport, DataPriority priority, std::size_t octets, bool data);
    bool hold_reading(Incoming incoming);
    void release_reading(Incoming incoming);
    void release_waiting(OutgoingQueue& queue);
    std::size_t low_water() const;
    std::uint64_t needed_pdus(std::uint64_t interval) const;

    bool is_towards(UserId user, Hop hop) const { return channels_.direction_of(user) == hop; }
    bool is_alive(Hop hop) const;
    bool is_here(UserId user) const { return channels_.has_user(user); }
    Connection* connection_above() { return above_ ? connections_.find(*above_) : nullptr; }

    DomainConfig config_;
    DomainParameters parameters_;
    IdAllocator allocator_;
    std::uint64_t height_ = 0;
    std::uint64_t interval_ = 0;

    SlotMap<ConnectionId, Connection> connections_;
    SlotMap<AttachmentId, Attachment> attachments_;
    std::optional<ConnectionId> above_;

    ChannelTable channels_;
    TokenTable tokens_;

    // Sources of requests that are confirmed in their order; those that are gone stay as orphans.
    std::deque<Hop> attaching_;
    std::deque<ChannelMerge> merging_channels_;
    std::deque<ConnectionId> merging_tokens_;
    PendingJoins pending_joins_;

    std::optional<Run> run_;  ///< every other input ends it, and so does taking the outputs
    std::optional<Merge> merge_;
    std::deque<Held> held_;

    Instant now_{};
    std::optional<Incoming> incoming_;  ///< where the PDU that is being dealt with came from
    Slice incoming_octets_;             ///< and the PDU
    std::vector<ConnectionId> doomed_;
    std::vector<Output> outputs_;
    std::uint64_t batch_ = 0;    ///< how often outputs were taken
    std::size_t incidents_ = 0;  ///< in this batch
    std::uint64_t denied_ = 0;
    DataCounts data_counts_;
    FlowCounts flow_counts_;
};

}  // namespace convene::mcs
