/// Pages as octets of a format of our own, to be kept in a file and put into another conference.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/expected.hpp"
#include "whiteboard/board.hpp"
#include "whiteboard/extensions.hpp"

namespace convene::whiteboard {

/// An archive is the eight octets of kArchiveMagic, the last of which is the version, and then SIPDUs, each with its
/// length in four octets before it: what a late joiner would get, without pointers. T.126 §8.4 has archives, but no
/// format for them.
inline constexpr char kArchiveMagic[] = {'C', 'o', 'n', 'v', 'W', 'B', '\r', 1};
/// A reader takes no more operations than these.
inline constexpr std::size_t kMaxArchiveOperations = std::size_t{1} << 22;

/// All pages, or one.
Bytes write_archive(const Board& board, const Extensions& extensions, std::optional<ItemId> only = std::nullopt);

enum class ArchiveFault : std::uint8_t {
    not_an_archive,
    other_version,
    damaged,    ///< it ends too early, or something in it is no SIPDU
    too_large,  ///< for the limits
};

/// The board that an archive holds; with the handles that it had.
Expected<Board, ArchiveFault> read_archive(ByteView octets, const Extensions& extensions, const BoardLimits& limits);

/// What puts all of `board` on another board, as new pages after those that are there; `new_id` gives a handle that
/// nobody uses, or none when there is none now. Nothing then. Pictures that are not complete stay behind.
std::optional<std::vector<Operation>> transplant(const Board& board,
                                                 const std::function<std::optional<ItemId>()>& new_id);

}  // namespace convene::whiteboard
