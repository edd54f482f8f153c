/// Own operations on their way out: in which order, how fast, and what has come back.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "whiteboard/picture_parts.hpp"
#include "whiteboard/replica.hpp"

namespace convene::whiteboard {

/// Own PDUs that may be on their way to the top and back at one time; what is more waits here and not in MCS.
inline constexpr std::size_t kMaxInFlight = 256;
/// Pieces of pictures among them, so that a stroke is never behind more than so many.
inline constexpr std::size_t kMaxPiecesInFlight = 4;

/// Pictures go piece by piece, one picture after another; everything else overtakes them, but for what is about a
/// picture that is not out yet: that comes behind it. Deleting such a picture takes it off the list.
class Outbox {
public:
    /// What is to be sent now.
    struct Outgoing {
        OwnId own = 0;
        Operation operation;
        bool is_last = true;  ///< with it, all of the own operation is out
        bool is_piece = false;
    };
    using MaySend = std::function<bool(const Replica::Pending&)>;

    /// Returns own operations that will never be sent because of this one.
    [[nodiscard]] std::vector<OwnId> add(OwnId id, const Replica::Pending& pending);
    /// `may_send` holds back what waits for something else; what is behind it passes.
    std::vector<Outgoing> take(const Replica& replica, const MaySend& may_send, bool may_send_pictures);
    /// The number of PDUs that one Outgoing became.
    void sent(const Outgoing& outgoing, std::size_t pdus);
    /// One PDU has come back.
    void on_echo(bool was_piece);
    /// The connection is gone: nothing is under way any more.
    void clear();

    bool has_pictures(const Replica& replica, const MaySend& may_send) const;
    bool is_empty() const { return waiting_.empty() && pictures_.empty() && in_flight_ == 0; }

private:
    struct Waiting {
        OwnId id = 0;
        bool aborts = false;  ///< a deletion that says so as bitmapAbort, because the picture is half out
    };
    struct Job {
        OwnId id = 0;
        ItemId picture;
        std::optional<PictureParts> parts;  ///< made when its turn comes
        std::vector<OwnId> after;
    };

    std::deque<Waiting> waiting_;
    std::deque<Job> pictures_;
    std::size_t in_flight_ = 0;
    std::size_t pieces_in_flight_ = 0;
};

}  // namespace convene::whiteboard
