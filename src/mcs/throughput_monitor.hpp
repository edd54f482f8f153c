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
    void on_transmitted(std::uint64_t pdus, bool queue_empty) {
        pdus_ += pdus;
        if (queue_empty) deadline_.reset();
    }
    /// Call when deadline() has come. False when fewer than `needed` PDUs left in the interval; else it starts again.
    bool passes(Instant now, Duration interval, std::uint64_t needed) {
        if (!deadline_ || now < *deadline_) return true;
        if (pdus_ < needed) return false;
        deadline_ = now + interval;
        pdus_ = 0;
        return true;
    }
    std::optional<Instant> deadline() const { return deadline_; }

private:
    std::optional<Instant> deadline_;
    std::uint64_t pdus_ = 0;
};

}  // namespace convene::mcs
