#include "bench/peers/latency.hpp"

#include <algorithm>
#include <vector>

namespace convene::bench::peers {
namespace {

constexpr double kWarmUp = 0.2;             // of the time that counts
constexpr std::uint64_t kMostWindows = 16;  // ahead of the slowest receiver, then a late publisher waits

void run(Crowd& crowd, const Work& work, double rate, double seconds, Histogram& latencies) {
    std::size_t batch = batch_of(work);
    std::uint64_t start = now_ns(), end = start + static_cast<std::uint64_t>(seconds * 1e9);
    std::vector<std::uint64_t> sent(crowd.conferences()), due(batch);
    for (std::uint64_t now = start; now < end; now = now_ns()) {
        auto expected = static_cast<std::uint64_t>(1e-9 * static_cast<double>(now - start) * rate);
        for (std::size_t c = 0; c < crowd.conferences(); ++c) {
            if (sent[c] >= expected || !crowd.written(c)) continue;
            if (crowd.ahead(c) + batch > kMostWindows * window_of(work)) continue;
            auto count = std::min<std::size_t>(expected - sent[c], batch);
            for (std::size_t i = 0; i < count; ++i)
                due[i] = start + static_cast<std::uint64_t>(1e9 * static_cast<double>(sent[c] + i + 1) / rate);
            crowd.publish(c, count, due.data());
            sent[c] += count;
        }
        crowd.turn(0, &latencies);
    }
}

}  // namespace

Latency measure_latency(Crowd& crowd, const Work& work, double deliveries, double seconds) {
    double rate = deliveries / static_cast<double>(crowd.receivers());
    Histogram warm_up, latencies;
    run(crowd, work, rate, seconds * kWarmUp, warm_up);
    run(crowd, work, rate, seconds, latencies);
    return {latencies.percentile(0.5), latencies.percentile(0.99), latencies.percentile(0.999), crowd.settle()};
}

}  // namespace convene::bench::peers
