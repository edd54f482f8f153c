/// How much and how long: every limit of file transfer in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/time.hpp"

namespace convene::files {

// --- sizes ---

inline constexpr std::size_t kDefaultChunk = 8192;   ///< octets of a File-Data PDU
inline constexpr std::size_t kChunkOverhead = 64;    ///< what MCS and T.127 put around a chunk, and some air
inline constexpr std::size_t kHashedAtOnce = 65536;  ///< octets of a file that is read only to be hashed
/// Octets of files that may wait to be written to the network, or are being read; then the sender waits.
inline constexpr std::size_t kWindow = 256 * 1024;
/// Octets of one received file that its owner may have taken and not yet stored; then the transfer fails.
inline constexpr std::size_t kMaxUnstored = 16 * 1024 * 1024;
/// Octets of broadcast files that wait in memory until somebody decides whether they are wanted; all transfers.
inline constexpr std::size_t kMaxHeld = 4 * 1024 * 1024;
inline constexpr std::size_t kMaxNameOctets = 255;     ///< of a file's name in UTF-8; what common file systems take
inline constexpr std::size_t kMaxHeaderOctets = 8192;  ///< of a PDU without its data; more is not looked at
inline constexpr std::size_t kMaxDirectoryOctets = 1024 * 1024;  ///< of a Directory-ResponsePDU
inline constexpr std::size_t kMaxDirectoryEntries = 4096;        ///< told and shown; the rest is left out
inline constexpr std::uint64_t kMaxFileSize = std::numeric_limits<std::int64_t>::max();  ///< a header holds no more
/// Progress is told when so much more is done, or a 200th of the file where that is more.
inline constexpr std::uint64_t kProgressOctets = 64 * 1024;

// --- counts ---

inline constexpr std::size_t kMaxOutgoing = 64;           ///< files that this node sends at one time
inline constexpr std::size_t kMaxIncoming = 256;          ///< offers and transfers from others
inline constexpr std::size_t kMaxIncomingPerPeer = 16;    ///< the same, from one of them
inline constexpr std::size_t kMaxSubSessions = 64;        ///< private sessions this node is in by invitation
inline constexpr std::size_t kMaxSubSessionsPerPeer = 8;  ///< the same, invited by one node
inline constexpr std::size_t kMaxRequests = 64;           ///< of files, by this node
inline constexpr std::size_t kMaxRequestsWaiting = 64;    ///< of others, not yet answered by the owner
inline constexpr std::size_t kMaxRequestsPerPeer = 8;     ///< the same, from one of them
inline constexpr std::size_t kMaxPeers = 4096;            ///< of whom something is remembered
inline constexpr std::size_t kMaxResumeNotes = 64;        ///< digests of partial files that wait for their request

// --- times ---

inline constexpr Duration kAnswerTime = std::chrono::seconds{120};  ///< a person may have to answer an offer
inline constexpr Duration kNobodyTime = std::chrono::seconds{3};    ///< the same, when the roster names no receiver
inline constexpr Duration kInviteTime =
    std::chrono::seconds{10};  ///< to answer an invitation, which nobody is asked about
inline constexpr Duration kChannelTime = std::chrono::seconds{10};    ///< to get a channel
inline constexpr Duration kTokenPatience = std::chrono::seconds{30};  ///< then the token is no longer waited for
inline constexpr Duration kTokenRetry = std::chrono::seconds{1};      ///< between two attempts to grab it
inline constexpr Duration kQuietData = std::chrono::seconds{5};       ///< a data channel nobody sends on
inline constexpr Duration kRequestTime = std::chrono::seconds{30};    ///< for a holder to offer what was requested
inline constexpr Duration kStartTime =
    std::chrono::seconds{150};  ///< from an accept to the start: others may still think
inline constexpr Duration kStallTime = std::chrono::seconds{300};   ///< without an octet of a started file
inline constexpr Duration kFileEndTime = std::chrono::seconds{10};  ///< for receivers to confirm the end
inline constexpr Duration kDigestTime = std::chrono::seconds{5};    ///< for the digest, when it comes after the end
inline constexpr Duration kLinger = std::chrono::seconds{3};        ///< in a private session after its last transfer
inline constexpr Duration kIdleSubSession = std::chrono::seconds{180};  ///< a private session without any transfer

}  // namespace convene::files
