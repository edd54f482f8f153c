// Flow control and the enforcement of throughput: T.125 §13.2, §13.3.
#include <algorithm>

#include "base/earliest.hpp"
#include "mcs/domain.hpp"

namespace convene::mcs {

using std::chrono::milliseconds;

namespace {
constexpr std::size_t kMostTrickling = 64;  ///< transports that may trickle into one full queue at a time
}  // namespace

/// Something was put into a queue. A full one stops the transports that fill it.
void Domain::account(Connection& to, std::uint8_t transport, DataPriority priority, std::size_t octets, bool data) {
    OutgoingQueue& queue = to.queues[transport];
    if (queue.batch != batch_) {
        // What was handed out before has been taken: it is the writer's now.
        queue.reported += queue.since;
        queue.since = 0;
        queue.batch = batch_;
    }
    queue.since += octets;
    if (parameters_.min_throughput > 0) to.monitor.on_queued(now_, milliseconds(interval_for(to)));

    if (queue.level() > config_.queue_limit && !to.doomed) {
        to.doomed = true;
        doomed_.push_back(to.id);
    }
    if (queue.level() <= config_.high_water || !incoming_) return;
    // What control leads to downward stays with those who asked for it. Upward all share one queue, which a single
    // child could fill until the connection breaks for everybody. The superior itself is always read: two that wait for
    // each other would wait for ever.
    bool from_below = to.is_above() && incoming_->connection != to.id;
    if (!data && !from_below) return;
    // The initial transport also carries control: it must not wait for data of lower priority (T.125 §13.2).
    if (incoming_->transport == 0 && transport != 0) return;
    // A merge waits for confirms from above, and everybody below for the merge: a single receiver must not stop it.
    if (is_merging() && incoming_->transport == 0 && incoming_->connection == *above_) return;
    auto feeder = std::find_if(queue.feeders.begin(), queue.feeders.end(),
                               [&](const Feeder& each) { return each.incoming == *incoming_; });
    if (feeder == queue.feeders.end()) feeder = queue.feeders.insert(feeder, {*incoming_});
    feeder->octets += octets;
    const bool trickles = feeder->octets <= config_.high_water / kTrickleShare &&
                          queue.feeders.size() <= kMostTrickling && queue.level() <= 2 * config_.high_water;
    if (feeder->is_held || trickles) return;
    feeder->is_held = true;
    if (hold_reading(*incoming_)) ++flow_counts_.of(priority);
}

void Domain::on_transmitted(ConnectionId id, unsigned transport, std::size_t pdus, std::size_t octets_still_queued,
                            Instant now) {
    end_run();
    now_ = now;
    Connection* to = connections_.find(id);
    if (to == nullptr || transport >= to->transports) return;
    OutgoingQueue& queue = to->queues[transport];
    queue.reported = octets_still_queued;
    if (queue.batch != batch_) queue.since = 0;
    if (parameters_.min_throughput > 0) {
        const std::uint64_t interval = interval_for(*to);
        to->monitor.on_transmitted(pdus, to->nothing_queued(), now, milliseconds(interval), needed_pdus(interval));
    }
    if (queue.level() <= low_water()) release_waiting(queue);
}

/// Octets at which a queue lets those go on that it made wait. Where a throughput is demanded, a receiver that is just
/// fast enough must not make this provider pause for so long that the one above takes it for slow (T.125 §13.3).
std::size_t Domain::low_water() const {
    if (parameters_.min_throughput == 0) return config_.low_water;
    const std::uint64_t pause = parameters_.min_throughput * (interval_ / 1000) / 4;
    const auto gap = static_cast<std::size_t>(std::min<std::uint64_t>(pause, config_.high_water));
    return std::max(config_.low_water, config_.high_water - gap);
}

void Domain::release_waiting(OutgoingQueue& queue) {
    std::vector<Feeder> feeders;
    feeders.swap(queue.feeders);
    for (const Feeder& feeder : feeders)
        if (feeder.is_held) release_reading(feeder.incoming);
}

/// True when the transport was read from before.
bool Domain::hold_reading(Incoming incoming) {
    Connection* from = connections_.find(incoming.connection);
    if (from == nullptr || from->holds[incoming.transport]++ > 0) return false;
    outputs_.push_back(Pause{incoming.connection, incoming.transport});
    return true;
}

void Domain::release_reading(Incoming incoming) {
    Connection* from = connections_.find(incoming.connection);
    if (from == nullptr || --from->holds[incoming.transport] > 0) return;
    ++flow_counts_.resumes;
    outputs_.push_back(Resume{incoming.connection, incoming.transport});
}

std::size_t Domain::paused() const {
    std::size_t out = 0;
    connections_.for_each([&](const Connection& connection) {
        out += static_cast<std::size_t>(
            std::count_if(connection.holds.begin(), connection.holds.end(), [](unsigned holds) { return holds > 0; }));
    });
    return out;
}

bool Domain::is_congested(ChannelId id, DataPriority priority) const {
    auto full = [&](ConnectionId connection) {
        const Connection* to = connections_.find(connection);
        return to != nullptr && to->queues[to->transport_for(priority)].level() > config_.high_water;
    };
    if (above_ && full(*above_)) return true;
    const Channel* channel = channels_.find(id);
    return channel != nullptr && std::any_of(channel->joined.begin(), channel->joined.end(), [&](const Hop& hop) {
               return !hop.is_attachment() && full(hop.connection());
           });
}

/// PDUs that must leave in an interval of so many milliseconds, each counted as one of the largest size.
std::uint64_t Domain::needed_pdus(std::uint64_t interval) const {
    std::uint64_t size = std::max<std::uint64_t>(parameters_.max_mcspdu_size, 1);
    std::uint64_t octets = parameters_.min_throughput * (interval / 1000);
    return (octets + size - 1) / size;
}

void Domain::on_time(Instant now) {
    end_run();
    now_ = now;
    for (ConnectionId id : connections_.ids()) {
        Connection* to = connections_.find(id);
        if (to == nullptr || to->is_above()) continue;
        if (to->monitor.passes(now)) continue;
        ++flow_counts_.too_slow;
        drop(id, Reason::provider_initiated, "it receives more slowly than the domain demands");
    }
    finish();
}

std::optional<Instant> Domain::deadline() const {
    std::optional<Instant> first;
    if (parameters_.min_throughput == 0) return first;
    connections_.for_each([&](const Connection& connection) {
        if (!connection.is_above()) earliest(first, connection.monitor.deadline());
    });
    return first;
}

}  // namespace convene::mcs
