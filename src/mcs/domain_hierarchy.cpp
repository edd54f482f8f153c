// The height of the tree: T.125 §11.7, §11.8, §13.5.
#include <algorithm>

#include "mcs/domain.hpp"

namespace convene::mcs {
namespace {

// A superior must not lose patience before its subordinates do (T.125 §13.3).
constexpr std::uint64_t kIntervalMargin = 1000;  // ms
// While one of them waits for a receiver of its own to be too slow, it takes nothing itself for a whole interval of its
// own. Before and after that it must have the time to take what is demanded: with this factor it has, when it takes
// half as much more.
constexpr std::uint64_t kIntervalFactor = 4;
constexpr std::uint64_t kMaxReported = 1'000'000'000;  // of what a subordinate says of itself; keeps sums in range

}  // namespace

void Domain::rise(Hop from, const ErectDomainRequest& pdu) {
    Connection* below = connections_.find(from.connection());
    below->sub_height = std::min(pdu.sub_height, kMaxReported);
    below->sub_interval = std::min(pdu.sub_interval, kMaxReported);
    measure(false);
}

/// In milliseconds, long enough for one PDU of the largest size; 0 without enforcement.
std::uint64_t Domain::least_interval() const {
    if (parameters_.min_throughput == 0) return 0;
    return std::min(parameters_.max_mcspdu_size / parameters_.min_throughput + 1, kMaxReported / 1000) * 1000;
}

/// In milliseconds: for a provider with others below it longer, because it may be waiting for one of those.
std::uint64_t Domain::interval_for(const Connection& below) const {
    const std::uint64_t factor = below.sub_height > 0 ? kIntervalFactor : 1;
    return std::max(least_interval(), factor * below.sub_interval + kIntervalMargin);
}

/// Works out the own height and interval, tells the superior when they changed, and as top enforces the limit.
void Domain::measure(bool always_tell) {
    std::uint64_t height = 0;
    std::uint64_t interval = least_interval();
    connections_.for_each([&](const Connection& connection) {
        if (connection.is_above()) return;
        height = std::max(height, connection.sub_height + 1);
        if (interval > 0) interval = std::max(interval, interval_for(connection));
    });
    interval = std::min(interval, kMaxReported);
    bool changed = height != height_ || interval != interval_;
    bool higher = height > height_;
    height_ = height;
    interval_ = interval;
    if (changed || always_tell) send_up(ErectDomainRequest{height_, interval_});
    if (is_top() && higher && height_ > parameters_.max_height)
        send_all_down(PlumbDomainIndication{parameters_.max_height});
}

/// Counts off the levels; whoever is one too deep, or finds the tree to be a ring, leaves with its whole subtree.
void Domain::descend(const PlumbDomainIndication& pdu) {
    if (pdu.height_limit == 0) {
        drop(*above_, Reason::provider_initiated, "the domain would be too high");
        return;
    }
    send_all_down(PlumbDomainIndication{pdu.height_limit - 1});
}

}  // namespace convene::mcs
