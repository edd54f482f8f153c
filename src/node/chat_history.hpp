/// What was said before somebody came, as a node that remembers tells it to a newcomer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "gcc/records.hpp"

namespace convene::node {

/// A line of chat that somebody said some time ago.
struct PastLine {
    std::string author;        ///< the name of the node that said it, UTF-8
    std::uint64_t time_ms{0};  ///< milliseconds since 1970-01-01T00:00:00Z
    std::string text;          ///< UTF-8

    friend bool operator==(const PastLine&, const PastLine&) = default;
};

/// A part of what was said before; the newest lines come last. Travels in the non-standard PDU of T.134, to a newcomer
/// alone whose record in the roster has memory_capability().
struct HistoryPiece {
    std::vector<PastLine> lines;
    bool is_last = false;

    friend bool operator==(const HistoryPiece&, const HistoryPiece&) = default;
};

inline constexpr std::size_t kMaxHistoryLines = 10'000;        ///< that are told to one newcomer
inline constexpr std::size_t kMaxHistoryPiece = 16 * 1024;     ///< octets of names and texts in one piece, about
inline constexpr std::size_t kMaxLinesOfPiece = 1'024;         ///< more are not read
inline constexpr std::size_t kMaxPastTextOctets = 64 * 1024;   ///< of one line; more is not read
inline constexpr std::size_t kMaxPastAuthorOctets = 4 * 1024;  ///< the same

/// The H.221 key of pieces.
gcc::Key history_key();
/// In the chat record of a node that understands pieces, and receipts for what it says.
gcc::CapabilityId memory_capability();
Bytes encode(const HistoryPiece& piece);
/// Nothing for what is no piece. Lines whose text is no UTF-8 are left out.
std::optional<HistoryPiece> decode_history_piece(ByteView octets);
/// The newest lines in pieces, at least one.
std::vector<HistoryPiece> pieces_of(const std::vector<PastLine>& lines);

}  // namespace convene::node
