/// Watches whether one receiver takes data fast enough while something is queued for it. T.125 §13.3.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"

namespace convene::mcs {

/// Idle while nothing is queued; earns no credit for a fast past.
class ThroughputMonitor {
public:
    /// Something was queued.
    void on_queued(Instant now, Duration interval) {
        if (deadline_) return;
        deadline_ = now + interval;
        pdus_ = 0;
    }
    /// With the `needed` ones of an interval the next begins at once, so that nobody can hang for nearly two of them.
    void on_transmitted(std::uint64_t pdus, bool queue_empty, Instant now, Duration interval, std::uint64_t needed) {
        pdus_ += pdus;
        if (queue_empty) return deadline_.reset();
        if (!deadline_ || pdus_ < needed) return;
        deadline_ = now + interval;
        pdus_ = 0;
    }
    /// False when fewer PDUs than needed have left in the interval.
    bool passes(Instant now) const { return !deadline_ || now < *deadline_; }
    std::optional<Instant> deadline() const { return deadline_; }

private:
    std::optional<Instant> deadline_;
    std::uint64_t pdus_ = 0;
};

}  // namespace convene::mcs
