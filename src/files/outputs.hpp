/// What the file transfer entity asks of its owner, and what it tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/sha256.hpp"
#include "base/slice.hpp"
#include "files/file_name.hpp"
#include "files/file_time.hpp"
#include "files/mbft_pdu.hpp"
#include "gcc/records.hpp"
#include "mcs/enums.hpp"

namespace convene::files {

/// A transfer at this node, in either direction; chosen by the entity, never used twice, never sent.
using TransferId = StrongId<struct TransferIdTag, std::uint64_t>;
/// A request of another node for a file, to be answered by the owner; likewise.
using RequestId = StrongId<struct RequestIdTag, std::uint64_t>;

/// A file to be sent. It must not change meanwhile.
struct OutgoingFile {
    std::string name;  ///< UTF-8; a path is stripped
    std::uint64_t size = 0;
    std::optional<FileTime> modified;
};

/// What of a file got here before the connection was lost; what resuming needs. The owner keeps the octets.
struct Partial {
    std::string name;
    std::optional<std::uint64_t> size;  ///< of the whole file, as announced
    std::uint64_t octets = 0;           ///< of its beginning, that were given to the owner
    Sha256 hash;                        ///< over these
};

// --- what the owner is asked to do with MCS and GCC ---

struct Join {
    ChannelId channel;  ///< mcs::kAssignChannel for any that is free
};
struct Leave {
    ChannelId channel;
};
struct Convene {};  ///< a private channel; on_convened() follows
struct Admit {
    ChannelId channel;
    std::vector<UserId> users;
};
struct Disband {
    ChannelId channel;
};
struct GrabToken {
    TokenId token;
};
struct ReleaseToken {
    TokenId token;
};
struct Enrol {
    gcc::SessionKey session;
    gcc::ApplicationRecord record;
};
struct Send {
    ChannelId channel;
    mcs::DataPriority priority{};
    bool uniform = false;
    Bytes octets;
};

// --- what the owner is asked to do with files ---

/// Answer with on_read() or on_read_failed(). One at a time for a transfer.
struct ReadMore {
    TransferId transfer;
    std::uint64_t offset = 0;
    std::size_t size = 0;  ///< at least 1, within the size that the file was said to have
};
/// Confirm with on_stored() or on_write_failed(). What was written before at or behind `offset` is void.
struct Write {
    TransferId transfer;
    std::uint64_t offset = 0;
    Slice octets;
};

// --- what happened ---

/// The entity may send.
struct Ready {};

/// Somebody offers a file. When `requested` it is accepted already; else call accept() or reject().
struct Offered {
    TransferId transfer;
    UserId from;  ///< the sender's attachment, not its node
    FileName name;
    std::optional<std::uint64_t> size;  ///< as announced, which nobody has checked
    std::optional<FileTime> modified;
    bool is_broadcast = false;  ///< it comes whether wanted or not
    bool is_private = false;    ///< by invitation to a private session
    bool requested = false;
    std::optional<ChannelId> session;  ///< private: the control channel, to which its receivers are admitted
};
/// An offer that was refused without asking: against a limit, compressed, malformed.
struct Declined {
    UserId from;
    FileName name;
    std::string_view why;  ///< a phrase; static storage
};
/// At the sender: a receiver has answered.
struct Accepted {
    TransferId transfer;
    UserId by;
};
struct Rejected {
    TransferId transfer;
    UserId by;
    RejectReason reason{};
};
/// At the sender: a receiver has given up, or is gone; the others go on.
struct ReceiverLost {
    TransferId transfer;
    UserId receiver;
    std::string why;  ///< UTF-8, in part the receiver's words
};
/// At both sides, now and then.
struct Progress {
    TransferId transfer;
    std::uint64_t done = 0;
    std::optional<std::uint64_t> total;
};

enum class Verified : std::uint8_t {
    yes,      ///< the sender's SHA-256 of the whole file and ours are the same
    no,       ///< something does not fit: the announced size, the CRC, or a digest that should have come
    unknown,  ///< the sender gave nothing to check with
};
/// A receiver has all of the file and the owner has stored it. `octets` is its size: cut off what is behind.
struct Received {
    TransferId transfer;
    std::uint64_t octets = 0;
    Verified verified{};
    std::optional<Sha256Digest> digest;  ///< ours; absent after a start in the middle
};
/// A sender is done.
struct Sent {
    TransferId transfer;
    std::uint64_t octets = 0;
    std::vector<UserId> confirmed;    ///< receivers that said they have stored it
    std::vector<UserId> unconfirmed;  ///< receivers that accepted and said nothing more
};

enum class FailureReason : std::uint8_t {
    cancelled,        ///< by this side
    aborted,          ///< by the sender, or by the conductor
    rejected,         ///< by everybody
    no_receivers,     ///< nobody is there, or none is left
    peer_gone,        ///< the sender has left
    disconnected,     ///< this node has
    timed_out,        ///< no answer, no start, or no more data
    damaged,          ///< octets came that cannot be part of it
    digest_mismatch,  ///< all came, and it is not the file that was sent
    too_large,        ///< more than the owner's limit
    cannot_store,     ///< the owner could not write, or not fast enough
    cannot_read,      ///< the owner could not read
    no_channel,       ///< MCS gave none
    superseded,       ///< the sender has begun something else under its handle
    denied,           ///< the holder of a requested file refused
};
/// "rejected by everybody" …
std::string_view to_string(FailureReason reason);

/// A transfer is over. What was written of a received file is to be removed, unless `partial` is there and the owner
/// wants to resume with it.
struct Failed {
    TransferId transfer;
    FailureReason reason{};
    std::string detail;  ///< more in words, UTF-8; may be empty
    std::optional<Partial> partial;
};

/// Somebody wants a file: answer_request() or deny_request(); later than kRequestTime is too late.
struct Requested {
    RequestId request;
    UserId from;
    FileName name;
    std::optional<std::uint64_t> size;  ///< when it knows
    std::uint64_t offset = 0;           ///< octets it has
};
/// Somebody wants to know what files there are: list_directory(). Only if the owner said it has a directory.
struct DirectoryAsked {
    UserId from;
    std::vector<FileName> path;  ///< none is the default directory
};
struct DirectoryLine {
    FileName name;
    std::optional<std::uint64_t> size;
    std::optional<FileTime> modified;
    bool is_directory = false;
};
struct DirectoryListed {
    UserId from;
    DirectoryResult result{};
    std::vector<DirectoryLine> entries;
};
/// At the conductor: assign_privileges() grants.
struct PrivilegeAsked {
    UserId from;
    std::vector<Privilege> privileges;
};
/// What this node may do has changed: nobody restricts it, or exactly these.
struct PrivilegesChanged {
    bool is_conducted = false;
    std::vector<Privilege> privileges;
};

using Output = std::variant<Join, Leave, Convene, Admit, Disband, GrabToken, ReleaseToken, Enrol, Send, ReadMore, Write,
                            Ready, Offered, Declined, Accepted, Rejected, ReceiverLost, Progress, Received, Sent,
                            Failed, Requested, DirectoryAsked, DirectoryListed, PrivilegeAsked, PrivilegesChanged>;

/// Why something cannot be begun.
enum class Refusal : std::uint8_t {
    no_privilege,  ///< the conference is conducted, and the conductor has not allowed it
    too_many,      ///< transfers or requests at once
    too_large,     ///< for the protocol
    nobody,        ///< an empty list of recipients, or only this node
    unknown,       ///< there is no such transfer or request, or not any more
    no_session,    ///< not possible in this session
};
std::string_view to_string(Refusal refusal);

}  // namespace convene::files
