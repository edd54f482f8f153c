/// Somebody who has come late: waits for a copy of the board, and keeps what happens meanwhile.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "whiteboard/board.hpp"
#include "whiteboard/refresh_mark.hpp"

namespace convene::whiteboard {

/// Without any part of a copy for so long, a newcomer goes on with what it has. T.126 §8.3
inline constexpr Duration kCopyPatience = std::chrono::seconds{30};
/// A copy from a refresher that does not say where it ends has ended when its pages are ready and nothing has come for
/// so long.
inline constexpr Duration kCopyQuiet = std::chrono::seconds{2};
/// What may happen while a copy is under way; beyond it, the newcomer has to ask for another one.
inline constexpr std::size_t kMaxMissed = 65'536;
inline constexpr std::size_t kMaxMissedOctets = std::size_t{64} << 20;

class Newcomer {
public:
    struct Missed {
        mcs::UserId from;
        Operation operation;
    };
    struct Result {
        std::optional<Board> copy;  ///< nothing when none came
        std::vector<Missed> missed;
    };

    explicit Newcomer(const BoardLimits& limits) : limits_(limits) {}

    bool is_waiting() const { return waiting_since_.has_value(); }
    /// Whether a part of a copy has come, or the moment of one.
    bool is_being_served() const { return source_.has_value(); }
    std::optional<mcs::UserId> source() const { return source_; }
    void start(mcs::UserId self, Instant now);
    /// Something has happened on the session's channel. When there is too much of it, everything is forgotten: the copy
    /// too, as it would not fit what comes after it.
    void on_operation(Missed missed);
    /// The moment of a copy for this newcomer: what has come until now will be in it.
    void on_mark(mcs::UserId from, const RefreshMark& mark, Instant now);
    /// On the own channel: here begins the copy for that moment. What comes before it is of an older one.
    void on_begin(mcs::UserId from, const RefreshMark& mark);
    void on_copy(mcs::UserId from, const Operation& operation, Instant now);
    /// Whether this is the end of the copy.
    bool is_end(mcs::UserId from, const RefreshMark& mark) const { return copy_ && is_about_copy(from, mark); }
    void on_source_gone();
    /// Whether the copy of somebody who does not mark its end has ended.
    bool has_gone_quiet(Instant now) const;
    bool has_lost_patience(Instant now) const;
    std::optional<Instant> deadline() const;

    /// No newcomer any more.
    Result finish();

private:
    bool may_end_quietly() const;
    bool is_about_copy(mcs::UserId from, const RefreshMark& mark) const;

    BoardLimits limits_;
    mcs::UserId self_;
    std::optional<Instant> waiting_since_;  ///< or the last part of a copy
    std::optional<mcs::UserId> source_;
    std::optional<mcs::UserId> marker_;    ///< the last who has marked a moment, for whomever
    std::optional<std::uint32_t> serial_;  ///< nothing: of somebody who marks nothing
    std::optional<Board> copy_;            ///< once it has begun
    std::vector<Missed> missed_;
    std::size_t missed_octets_ = 0;
};

}  // namespace convene::whiteboard
