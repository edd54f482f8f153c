/// The file transfer application protocol entity of one node: T.127 on T.121's enrolment.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/expected.hpp"
#include "base/time.hpp"
#include "files/conduct.hpp"
#include "files/directory.hpp"
#include "files/outputs.hpp"
#include "files/receiver.hpp"
#include "files/requests.hpp"
#include "files/sender.hpp"
#include "files/session.hpp"
#include "gcc/enrolment.hpp"

namespace convene::files {

/// T.127 application protocol key {0 0 20 127 0 1}.
gcc::Key file_protocol_key();

using gcc::RosterLine;

/// T.127, folded to one active enrolment once the channels are joined.
///
///   idle ── on_attached ──▶ own channel ──▶ waiting for the roster ──▶ joining control, data ──▶ active
///
/// Give it what happens, then take_outputs() and act on each in order. One owner, no threads. Files stay with the
/// owner: it is asked for pieces (ReadMore) and given pieces (Write), and holds at most a window of what it sends.
class FileEntity {
public:
    explicit FileEntity(EntityConfig config = {});
    FileEntity(const FileEntity&) = delete;  // its parts refer to each other
    FileEntity& operator=(const FileEntity&) = delete;

    // --- what happens in MCS and GCC ---

    void on_attached(UserId self);
    /// As asked for and as it is; they differ where any channel was asked for. `channel` is empty when it was refused.
    void on_joined(ChannelId requested, std::optional<ChannelId> channel, Instant now);
    /// The application roster has arrived or changed; `lines` are those with the file transfer key. `instance` is its
    /// number, of which the low 16 bits are told to peers.
    void on_roster(const std::vector<RosterLine>& lines, std::uint32_t instance, Instant now);
    /// One whole SDU.
    void on_data(UserId from, ChannelId channel, ByteView octets, Instant now);
    void on_token(TokenId token, bool successful, Instant now);
    void on_convened(std::optional<ChannelId> channel, Instant now);
    /// MCS-CHANNEL-ADMIT indication. Nothing happens before the invitation that follows it.
    void on_admitted(UserId, ChannelId) {}
    /// MCS-CHANNEL-EXPEL and -LEAVE indications.
    void on_expelled(ChannelId channel, Instant now);
    /// A user of the domain has left. With this entity's own user id, or when the connection is lost, all transfers end
    /// and the entity is idle again.
    void on_detached(UserId user, Instant now);
    void on_disconnected();
    /// The conductor's node id, if there is one, and whether that is this node.
    void on_conductor(std::optional<UserId> node, bool is_self) { conduct_.on_conductor(node, is_self); }
    void on_time(Instant now);
    std::optional<Instant> deadline() const;

    // --- what happens to files and queues ---

    /// How many octets wait in this node to be written to the network, of whatever kind. To be told whenever that
    /// falls, and after acting on Send: what was sent counts as waiting until then.
    void on_flow(std::size_t octets_waiting, Instant now);
    /// Some file is going out, or waits to.
    bool is_sending() const { return sender_.size() > 0; }
    void on_read(TransferId transfer, const Slice& octets, Instant now);
    void on_read_failed(TransferId transfer, Instant now);
    void on_stored(TransferId transfer, std::size_t octets, Instant now);
    void on_write_failed(TransferId transfer, Instant now);

    // --- what the owner wants ---

    /// Begins to send, as soon as the entity is active. Sent or Failed ends it.
    Expected<TransferId, Refusal> send(OutgoingFile file, SendOptions options, Instant now);
    /// These answer Offered. Received or Failed ends what was accepted; nothing follows a rejection.
    Expected<void, Refusal> accept(TransferId transfer, Instant now);
    Expected<void, Refusal> reject(TransferId transfer, RejectReason reason, Instant now);
    /// Ends a transfer of either direction, or a request. Failed follows, but for an offer that was not yet answered.
    Expected<void, Refusal> cancel(TransferId transfer, Instant now);
    /// Asks for a file. When somebody offers it, Offered and so on follow under the same id; else Failed.
    Expected<TransferId, Refusal> request(WantedFile file, Instant now);
    /// These answer Requested; without a reason the asker is not told, as is right when all were asked.
    Expected<TransferId, Refusal> answer_request(RequestId request, OutgoingFile file, Instant now);
    Expected<void, Refusal> deny_request(RequestId request, std::optional<DenyReason> reason);
    /// DirectoryListed follows, if there is an answer.
    Expected<void, Refusal> ask_directory(UserId of, const std::vector<std::string>& path);
    /// Answers DirectoryAsked.
    void list_directory(UserId to, DirectoryResult result, const std::vector<DirectoryLine>& lines);
    /// While another node conducts: PrivilegesChanged follows, if it agrees.
    Expected<void, Refusal> request_privileges(const std::vector<Privilege>& privileges);
    /// While this node conducts.
    Expected<void, Refusal> assign_privileges(std::vector<UserPrivileges> list);

    bool is_active() const { return session_.is_active; }
    bool may(Privilege privilege) const { return conduct_.may(privilege); }
    std::optional<UserId> user() const { return session_.self; }
    ChannelId channel() const { return session_.control; }
    const std::map<UserId, Member>& members() const { return session_.members; }

    void take_outputs(std::vector<Output>& into);

    // For tests of limits.
    std::size_t outgoing() const { return sender_.size(); }
    std::size_t incoming() const { return receiver_.size(); }
    std::size_t sub_sessions() const { return receiver_.sub_sessions(); }

private:
    enum class State : std::uint8_t { idle, joining_own, waiting_for_roster, joining_control, joining_data, active };

    static ChannelId session_in(const std::vector<RosterLine>& lines);
    void join_session();
    void activate(Instant now);
    void on_gone(UserId user, Instant now);
    void dispatch(UserId from, ChannelId channel, const MbftPdu& pdu, Instant now);
    void on_extra(UserId from, ChannelId channel, const MbftNonStandard& pdu, Instant now);

    State state_ = State::idle;
    std::optional<ChannelId> there_;  ///< the session, by the last roster
    Session session_;
    Sender sender_;
    Receiver receiver_;
    Requests requests_;
    Conduct conduct_;
    std::set<UserId> directories_asked_;
};

}  // namespace convene::files
