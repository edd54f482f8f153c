/// Joins segmented MCS data to the SDUs that were sent. T.125 §9, T.122 §10.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>

#include "mcs/user_events.hpp"

namespace convene::mcs {

struct ReassemblyLimits {
    std::size_t sdu_octets = 16 * 1024 * 1024;    ///< of one SDU; what grows beyond it is given up
    std::size_t total_octets = 64 * 1024 * 1024;  ///< of all unfinished ones together; then the largest is given up
    std::size_t streams = 4096;                   ///< unfinished SDUs at one time
};

/// Segments of different senders, channels, priorities and kinds interleave; those of one such stream come in order.
/// One owner, no threads.
class Reassembler {
public:
    explicit Reassembler(ReassemblyLimits limits = {}) : limits_(limits) {}

    /// The next segment. Returns the SDU that it completes; one that came in a single segment shares its buffer.
    /// A segment without its beginning is dropped, an unfinished SDU that is begun anew is, too.
    std::optional<Slice> add(const DataIndication& data);
    /// The user is gone: so is what it has not finished.
    void forget(UserId initiator);

    /// SDUs given up or dropped in part so far.
    std::size_t dropped() const { return dropped_; }
    std::size_t octets() const { return octets_; }

private:
    using Stream = std::tuple<UserId, ChannelId, DataPriority, bool>;
    using Unfinished = std::map<Stream, Bytes>;

    void drop(Unfinished::iterator stream);

    ReassemblyLimits limits_;
    Unfinished unfinished_;
    std::size_t octets_ = 0;
    std::size_t dropped_ = 0;
};

}  // namespace convene::mcs
