/// Joins the segments in which MCS delivers a user's data. T.125 §11.34.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <optional>

#include "base/bytes.hpp"
#include "mcs/user_events.hpp"

namespace convene::mcs {

/// One service data unit, as its sender handed it over.
struct Sdu {
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    bool uniform = false;
    Slice data;
};

/// One for each attachment. Streams of different sender, channel, priority or uniformity may interleave.
class Reassembler {
public:
    struct Limits {
        std::size_t one = 16 * 1024 * 1024;  ///< octets of one SDU
        std::size_t all = 64 * 1024 * 1024;  ///< octets of all that are under way
        std::size_t streams = 4096;          ///< SDUs under way at once
    };

    Reassembler() = default;
    explicit Reassembler(Limits limits) : limits_(limits) {}

    /// The SDU that this segment completes, if it does. An SDU in one segment shares its octets.
    std::optional<Sdu> add(const DataIndication& segment);
    /// A detached user's partial SDUs will not be completed.
    void forget(UserId user);

    std::size_t octets_under_way() const { return octets_; }
    /// SDUs given up: over a limit, or with a part missing.
    std::size_t discarded() const { return discarded_; }

private:
    struct Stream {
        UserId initiator;
        ChannelId channel;
        DataPriority priority{};
        bool uniform = false;
        friend bool operator==(const Stream&, const Stream&) = default;
        friend auto operator<=>(const Stream&, const Stream&) = default;
    };
    using Partial = std::map<Stream, Bytes>;

    void discard(Partial::iterator at);

    Limits limits_;
    Partial partial_;
    std::size_t octets_ = 0;
    std::size_t discarded_ = 0;
};

}  // namespace convene::mcs
