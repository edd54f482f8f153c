#include "bench/peers/comparisons.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

#include "bench/peers/crowd.hpp"
#include "bench/peers/format.hpp"
#include "bench/peers/latency.hpp"
#include "bench/peers/server.hpp"
#include "bench/peers/throughput.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::size_t kReceivers = 8;
constexpr std::size_t kPayloads[] = {64, 1024, 16384};
constexpr std::size_t kConferences = 16;         // that many cores share
constexpr double kHalfLoad = 0.5;                // of what it carries, where latencies are taken
constexpr std::uint64_t kFilling = 500'000'000;  // nanoseconds in which the queue of who reads nothing fills up

/// Writes frames as long as the server takes any.
class Flood {
public:
    explicit Flood(Publisher publisher) : publisher_(std::move(publisher)) { publisher_.socket.make_nonblocking(); }

    void write() {
        const auto& octets = publisher_.frame.octets;
        while (true) {
            const auto count =
                ::send(publisher_.socket.descriptor(), octets.data() + at_, octets.size() - at_, MSG_NOSIGNAL);
            if (count <= 0) return;
            at_ = (at_ + static_cast<std::size_t>(count)) % octets.size();
        }
    }

private:
    Publisher publisher_;
    std::size_t at_ = 0;
};

Launch one_core() { return {{}, kConferences, 1, true}; }

/// A server, by the manner of its nodes and how it is started.
struct Side {
    std::string name;
    ConveneManner manner;
    Launch launch;
};

/// The same work for both sides in turn, with every payload: the ratio of each turn.
void compare_sides(const Options& options, const Side& side, const Side& other, std::size_t conferences, double goal,
                   std::vector<Comparison>& into) {
    auto driver = make_convene(options.convene, {}, side.manner),
         other_driver = make_convene(options.convene, {}, other.manner);
    Server server(*driver, side.launch), other_server(*other_driver, other.launch);
    keep_to_last_core(side.launch.one_core);
    for (std::size_t payload : kPayloads) {
        const Work work{kReceivers, payload, conferences};
        Crowd crowd(*driver, work), other_crowd(*other_driver, work);
        std::vector<double> ratios;
        for (int repetition = 0; repetition < options.repetitions; ++repetition) {
            const auto first = measure_throughput(crowd, work, server.process(), options.seconds);
            const auto second = measure_throughput(other_crowd, work, other_server.process(), options.seconds);
            ratios.push_back(first.per_cpu_second / second.per_cpu_second);
        }
        into.push_back({side.name + ", " + size_name(payload) + " to " + std::to_string(kReceivers) + " in " +
                            std::to_string(conferences) + (conferences == 1 ? " conference" : " conferences"),
                        other.name + ", deliveries per CPU second", median_of(ratios), goal, true});
    }
}

/// Data that reaches everybody in one order passes the top provider, and its sender too gets it.
void compare_order(const Options& options, std::vector<Comparison>& into) {
    compare_sides(options, {"UniformSendData", {true, true}, one_core()}, {"SendData", {}, one_core()}, 1, 0.8, into);
}

/// The generator has no core of its own then. What a second core brings is therefore how little a delivery costs more
/// where two threads relay: 1 would be twice the work on two cores that do nothing else.
void compare_cores(const Options& options, std::vector<Comparison>& into) {
    const auto workers = [](std::size_t count) { return Launch{{}, kConferences, count, false}; };
    compare_sides(options, {"two workers", {}, workers(2)}, {"one worker", {}, workers(1)}, kConferences, 0.9, into);
}

/// Somebody of another conference on the same thread reads nothing, while its publisher writes what it may.
void compare_stalled(const Options& options, std::vector<Comparison>& into) {
    auto driver = make_convene(options.convene, {}, {false, false});
    Server server(*driver, one_core());
    keep_to_last_core(true);
    const Work work{kReceivers, 1024, 1};
    Crowd crowd(*driver, work);
    std::vector<double> throughput, p99, memory;
    for (int repetition = 0; repetition < options.repetitions; ++repetition) {
        const auto alone = measure_throughput(crowd, work, server.process(), options.seconds);
        const auto quick = measure_latency(crowd, work, kHalfLoad * alone.per_second, options.seconds);
        const auto before = static_cast<double>(server.process().resident_octets());
        const auto stalled = driver->connect_receiver(1);
        Flood flood(driver->connect_publisher(1, work.payload));
        for (const auto end = now_ns() + kFilling; now_ns() < end; ::usleep(1000)) flood.write();
        const auto beside = measure_throughput(crowd, work, server.process(), options.seconds);
        const auto slow = measure_latency(crowd, work, kHalfLoad * alone.per_second, options.seconds);
        throughput.push_back(beside.per_cpu_second / alone.per_cpu_second);
        p99.push_back(slow.p99 / quick.p99);
        memory.push_back((static_cast<double>(server.process().resident_octets()) - before) / (1024 * 1024));
    }
    const std::string beside = "beside a receiver that reads nothing";
    into.push_back(
        {"1 KiB to 8, " + beside, "without it, deliveries per CPU second", median_of(throughput), 0.95, true});
    into.push_back({"p99 at half load, " + beside, "without it", median_of(p99), 1.1, false});
    into.push_back(
        {"memory that it takes, MiB", "its bound: flow_high and what was read meanwhile", median_of(memory), 2, false});
}

}  // namespace

std::vector<Comparison> compare(const Options& options) {
    std::vector<Comparison> all;
    std::fputs("peers: Convene beside itself\n", stderr);
    compare_order(options, all);
    compare_cores(options, all);
    compare_stalled(options, all);
    keep_to_last_core(false);
    return all;
}

}  // namespace convene::bench::peers
