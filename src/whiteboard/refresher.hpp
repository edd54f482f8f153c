/// The one who brings late joiners up to date: who is to be served, and what they are sent, a little at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "base/time.hpp"
#include "whiteboard/refresh_mark.hpp"
#include "whiteboard/snapshot.hpp"

namespace convene::whiteboard {

/// Newcomers served at one time; the others wait for the next moment.
inline constexpr std::size_t kMaxServed = 4;
/// What a copy sends at one time, so that live strokes come between, and how long it rests then.
inline constexpr std::size_t kCopyOctets = 65'536;
inline constexpr Duration kCopyRest = std::chrono::milliseconds{5};

/// Everybody who has the board keeps such a list, so that any of them can take over; only the one who holds the
/// refresh token acts on it.
class Refresher {
public:
    /// Who is known to have the board, or to have been served.
    void assume_served(mcs::UserId user) { served_.insert(user); }
    bool is_served(mcs::UserId user) const { return served_.count(user) != 0; }
    /// Whether a copy for it is under way.
    bool is_serving(mcs::UserId user) const;
    void want(mcs::UserId user) { wanted_.insert(user); }
    void on_gone(mcs::UserId user);
    /// Nobody is served any more, and nobody is known.
    void clear();
    /// The role is lost or given up; the list stays.
    void stop();

    /// A moment to be marked now for those who wait, if there are any.
    std::optional<RefreshMark> next_mark();
    /// Somebody's mark has come, be it the own one.
    void on_mark(const RefreshMark& mark);
    /// The own mark has come: its targets get this board.
    void serve(const RefreshMark& mark, const Board& board, Instant now);

    struct Copy {
        mcs::UserId target;
        std::uint32_t serial = 0;
        SnapshotReader reader;
        Instant next;  ///< when it may send again
        bool is_begun = false;
    };
    std::vector<Copy>& copies() { return copies_; }
    std::optional<Instant> deadline() const;

private:
    std::set<mcs::UserId> served_;
    std::set<mcs::UserId> wanted_;
    std::optional<RefreshMark> marked_;  ///< on its way round
    std::vector<Copy> copies_;
    std::uint32_t next_serial_ = 1;
};

}  // namespace convene::whiteboard
