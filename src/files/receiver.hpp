/// The files that others send: offers, private sessions, octets, and what is wrong with them. T.127 procedures,
/// receiver's side; within the room only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/crc32.hpp"
#include "files/session.hpp"

namespace convene::files {

/// A request of this node that an offer answers.
struct Claim {
    TransferId transfer;
    std::optional<Partial> partial;
};

/// All incoming transfers, known by their sender and its handle.
///
///   offered ─ accept ─▶ (joining) ─▶ waiting ─ File-Start ─▶ receiving ─ eof ─▶ ending ─ stored, digest ─▶ gone
///      └──── reject, or anything wrong ──▶ gone; on a broadcast channel: discarding until its end
class Receiver {
public:
    explicit Receiver(Session& session) : session_(session) {}

    // These are false when there is no such transfer, or it is past that.
    bool accept(TransferId transfer, Instant now);
    bool reject(TransferId transfer, RejectReason reason, Instant now);
    bool cancel(TransferId transfer, Instant now);

    void on_stored(TransferId transfer, std::size_t octets, Instant now);
    void on_write_failed(TransferId transfer, Instant now);
    void on_joined(ChannelId channel, Instant now);
    /// MCS has taken a channel away.
    void on_expelled(ChannelId channel, Instant now);
    void on_gone(UserId user, Instant now);
    void on_disconnected();
    void on_time(Instant now);
    std::optional<Instant> deadline() const;

    void on(UserId from, ChannelId channel, const FileOffer& pdu, std::optional<Claim> claim, Instant now);
    void on(UserId from, ChannelId channel, const FileStart& pdu, Instant now);
    void on(UserId from, ChannelId channel, const FileData& pdu, Instant now);
    void on(UserId from, const FileAbort& pdu, bool by_conductor, Instant now);
    void on(UserId from, const JoinInvite& pdu, Instant now);
    void on(UserId from, const FileDigest& pdu, Instant now);
    /// Octets came that are no PDU.
    void on_damage(UserId from, ChannelId channel, Instant now);

    bool is_control(ChannelId channel) const { return sub_sessions_.contains(channel); }
    std::size_t size() const { return transfers_.size(); }
    std::size_t sub_sessions() const { return sub_sessions_.size(); }

private:
    enum class State : std::uint8_t { offered, joining, waiting, receiving, ending, discarding };
    using Key = std::pair<UserId, FileHandle>;
    struct Incoming {
        TransferId id;
        UserId from;
        FileHandle handle;
        ChannelId data;
        std::optional<ChannelId> sub_session;  ///< its control channel
        bool ack = false;
        bool was_offered = false;  ///< else it began with its start
        bool holds_channel = false;
        State state = State::offered;
        FileName name;
        std::optional<std::uint64_t> size;
        std::optional<Instant> deadline;
        std::uint64_t received = 0;  ///< the next octet's place in the file
        std::uint64_t unstored = 0;  ///< octets given to the owner and not confirmed
        Sha256 hash;
        bool is_hashed = true;  ///< `hash` has seen everything before `received`
        Crc32 crc;
        bool has_crc = false;
        bool is_suspicious = false;
        bool awaits_digest = false;
        std::optional<FileDigest> digest;
        bool is_right = false;  ///< the digest has been compared
        std::optional<FileStart> held_start;
        std::vector<FileData> held_data;
        std::size_t held = 0;
        ProgressSteps progress;
    };
    struct SubSession {
        UserId manager;
        ChannelId data;
        bool is_answered = false;
        Instant deadline;  ///< when it is left, unless a transfer goes on
    };

    /// Why an offer is not even shown; the reason for the sender with it.
    struct Objection {
        RejectReason reason{};
        std::string_view why;
    };
    std::optional<Objection> objection(UserId from, ChannelId data, const FileHeader& header, bool compressed,
                                       const std::optional<ChannelId>& sub_session) const;
    Incoming& add(UserId from, FileHandle handle, ChannelId data, const FileHeader& header, TransferId id);
    void show(const Incoming& each, const FileHeader& header, bool requested);

    void confirm_accept(Incoming& each, Instant now);
    void hold(Incoming& each, std::size_t octets, Instant now);
    void drop_held(Incoming& each);
    void begin(Incoming& each, const FileStart& pdu, Instant now);
    void take(Incoming& each, const Slice& octets, bool eof, std::optional<std::uint32_t> crc, Instant now);
    void end(Incoming& each, std::optional<std::uint32_t> crc, Instant now);
    void compare(Incoming& each, Instant now);
    void check_complete(Incoming& each, Instant now);
    /// These may take the transfer out of the table; the reference is void afterwards.
    void fail(Incoming& each, FailureReason reason, Instant now, std::string detail = {});
    void stop(Incoming& each, Instant now);  ///< by its sender: nothing more comes
    void refuse(Incoming& each, FailureReason reason, ErrorType type, std::string detail, Instant now);
    void remove(Incoming& each, Instant now);
    void discard_or_remove(Incoming& each, Instant now);
    void on_deadline(Incoming& each, Instant now);

    void check_invitation(ChannelId control, Instant now);
    void leave_sub_session(ChannelId control, bool politely, Instant now);
    bool is_used(ChannelId sub_session) const;

    Incoming* find(TransferId id);
    Incoming* find(Key key);
    std::vector<Key> keys() const;

    Session& session_;
    std::map<Key, Incoming> transfers_;
    std::map<TransferId, Key> by_id_;
    std::map<ChannelId, SubSession> sub_sessions_;  ///< by control channel
    std::size_t held_ = 0;
};

}  // namespace convene::files
