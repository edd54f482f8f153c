/// Slows down whoever guesses passwords: a token bucket for each source.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/time.hpp"

namespace convene::gcc {

/// How many failures a source may have at once, and how fast it earns the next.
struct AttemptLimits {
    unsigned burst = 5;                          ///< failures in a row; at least 1
    Duration refill = std::chrono::seconds{10};  ///< time to earn one more
    std::size_t max_sources = 10'000;            ///< remembered at once; at least 1
};

/// Counts failures by source, which is whatever text the caller takes for one guesser, such as an address without its
/// port (for IPv6 better its /64). Only failures cost; while a source has none left, even a right password is not
/// looked at, so that guessing learns nothing.
class AttemptLimiter {
public:
    explicit AttemptLimiter(AttemptLimits limits = {}) : limits_(limits) {}

    bool may_try(const std::string& source, Instant now) const;
    void failed(const std::string& source, Instant now);
    std::size_t remembered() const { return full_at_.size(); }

private:
    void make_room(Instant now);

    AttemptLimits limits_;
    /// When the source's bucket is full again; a source that is not here, or whose time has passed, has all its
    /// attempts.
    std::unordered_map<std::string, Instant> full_at_;
};

}  // namespace convene::gcc
