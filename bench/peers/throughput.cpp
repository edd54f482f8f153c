#include "bench/peers/throughput.hpp"

#include <algorithm>

namespace convene::bench::peers {
namespace {

constexpr double kWarmUp = 0.2;  // of the time that counts
constexpr int kWaitMilliseconds = 100;
constexpr double kLeastCpu = 1e-4;  // seconds

void run(Crowd& crowd, const Work& work, double seconds) {
    std::size_t window = window_of(work), batch = batch_of(work);
    std::uint64_t end = now_ns() + static_cast<std::uint64_t>(seconds * 1e9);
    while (now_ns() < end) {
        bool published = false;
        for (std::size_t c = 0; c < crowd.conferences(); ++c) {
            if (!crowd.written(c) || crowd.ahead(c) + batch > window) continue;
            crowd.publish(c, batch);
            published = true;
        }
        // Who may have room for more does not wait for what comes back: that would be a message at a time.
        crowd.turn(published ? 0 : kWaitMilliseconds);
    }
}

}  // namespace

Throughput measure_throughput(Crowd& crowd, const Work& work, const Process& server, double seconds) {
    run(crowd, work, seconds * kWarmUp);
    std::uint64_t delivered = crowd.delivered(), begin = now_ns();
    double cpu = server.cpu_seconds();
    run(crowd, work, seconds);
    double took = 1e-9 * static_cast<double>(now_ns() - begin), used = server.cpu_seconds() - cpu;
    auto count = static_cast<double>(crowd.delivered() - delivered);
    Throughput result;
    result.per_second = count / took;
    result.per_cpu_second = count / std::max(used, kLeastCpu);
    result.server_load = used / took;
    result.complete = crowd.settle();
    return result;
}

}  // namespace convene::bench::peers
