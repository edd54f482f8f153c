/// The files that this node sends, from the offer to the last confirmation. T.127 procedures, sender's side; within the
/// room only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "files/session.hpp"

namespace convene::files {

/// How a file gets to its receivers.
enum class Via : std::uint8_t {
    broadcast,     ///< on the session's data channel, to everybody, asking nobody
    acknowledged,  ///< on a channel of its own, to those who accept
    sub_session,   ///< on private channels, to those who are invited: the way of NetMeeting
};

struct SendOptions {
    /// The attachments of the receivers; none is everybody in the session.
    std::vector<UserId> recipients;
    /// Absent: a private session where there are recipients or a NetMeeting is among all, else acknowledged.
    std::optional<Via> via;
};

/// The request that a transfer answers.
struct AnsweredRequest {
    UserId from;
    RequestHandle handle;
    std::uint64_t offset = 0;            ///< what the requester has
    std::optional<Sha256Digest> digest;  ///< of that; without it, nothing is resumed
};

/// All outgoing transfers. The entity checks privileges, and calls pump() when everything of an input is done.
///
///   queued ─ broadcast ──▶ token ─────────────────────────────▶ sending ─▶ closing
///          ├ acknowledged ─▶ channel ────────▶ offered ─▶ (hashing) ─▶ sending ─▶ closing
///          └ sub-session ──▶ channels ─▶ inviting ─▶ offered ─▶ …
class Sender {
public:
    explicit Sender(Session& session) : session_(session) {}

    Expected<TransferId, Refusal> send(OutgoingFile file, SendOptions options,
                                       const std::optional<AnsweredRequest>& request, Instant now);
    /// False when there is no such transfer.
    bool cancel(TransferId transfer);

    void on_active(Instant now);
    void on_read(TransferId transfer, const Slice& octets, Instant now);
    void on_read_failed(TransferId transfer);
    void on_token(TokenId token, bool successful, Instant now);
    /// The answer to a join of any channel.
    void on_channel_assigned(std::optional<ChannelId> channel, Instant now);
    void on_convened(std::optional<ChannelId> channel, Instant now);
    void on_gone(UserId user, Instant now);
    void on_disconnected();
    void on_time(Instant now);
    std::optional<Instant> deadline() const;
    /// Something has arrived on the session's data channel from somebody else.
    void on_foreign_data(Instant now) { foreign_data_ = now; }

    void on(UserId from, const FileAccept& pdu, Instant now);
    void on(UserId from, const FileReject& pdu, Instant now);
    void on(UserId from, const FileError& pdu, Instant now);
    /// `by_conductor` stops whatever it names; others stop what goes to themselves.
    void on(UserId from, const FileAbort& pdu, bool by_conductor, Instant now);
    void on(UserId from, const JoinResponse& pdu, Instant now);
    void on(UserId from, ChannelId channel, const FileEnd& end);
    void on(UserId from, ChannelId channel, const ChannelLeave& leave, Instant now);

    /// Asks for as much of the files as may be on its way.
    void pump(Instant now);

    std::size_t size() const { return transfers_.size(); }

private:
    enum class State : std::uint8_t { queued, token, channels, inviting, offered, hashing, sending, closing };
    enum class Answer : std::uint8_t { invited, waiting, accepted, left, confirmed };
    struct Outgoing {
        TransferId id;
        FileHandle handle;
        OutgoingFile file;
        Via via{};
        std::vector<UserId> recipients;  ///< none is everybody
        std::optional<AnsweredRequest> request;
        HeaderForm form{};
        State state = State::queued;
        std::optional<ChannelId> control;  ///< of a private session
        std::optional<ChannelId> data;
        std::map<UserId, Answer> receivers;  ///< who has declined or is gone is not in it any more
        bool was_accepted = false;
        bool holds_token = false;
        std::optional<Instant> retry;  ///< of the token
        std::optional<Instant> deadline;
        std::uint64_t offset = 0;  ///< of the next octet to be read
        std::size_t reading = 0;   ///< octets asked for
        bool is_started = false;
        bool is_at_end = false;
        bool is_hashed = true;  ///< `hash` has seen everything before `offset`
        Sha256 hash;
        ProgressSteps progress;
    };
    using Transfers = std::map<TransferId, Outgoing>;

    void begin(Outgoing& each, Instant now);
    void invite(Outgoing& each, Instant now);
    void offer(Outgoing& each, Instant now);
    void answered(Outgoing& each, Instant now);
    void start(Outgoing& each);
    void send_chunk(Outgoing& each, const Slice& octets, Instant now);
    void send_digest(Outgoing& each);
    void close(Outgoing& each, Instant now);
    /// These take the transfer out of the table; the reference is void afterwards.
    void finish(Outgoing& each);
    void fail(Outgoing& each, FailureReason reason, std::string detail = {});
    void stop(Outgoing& each, FailureReason reason, AbortReason said, std::string detail = {});
    void lose(Outgoing& each, UserId user, std::string why, Instant now);
    void remove(Outgoing& each);
    void check_invited(Outgoing& each, Instant now);
    void check_closed(Outgoing& each);
    void end_hashing(Outgoing& each);

    FileHeader header_of(const Outgoing& each) const;
    ChannelId control_of(const Outgoing& each) const { return each.control.value_or(session_.control); }
    bool has_waiting(const Outgoing& each, Answer answer) const;
    HeaderForm form_for(const Outgoing& each) const;
    std::optional<FileHandle> free_handle();
    Outgoing* find(FileHandle handle);
    /// Ids at this moment, so that transfers may go while they are visited.
    std::vector<TransferId> ids() const;
    Outgoing* find(TransferId id);
    Outgoing* first_waiting_for_channel(Via via);

    Session& session_;
    Transfers transfers_;
    std::uint16_t last_handle_ = 0;
    std::optional<TransferId> last_pumped_;
    std::optional<Instant> foreign_data_;
};

}  // namespace convene::files
