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

/// One measurement of each side, in turn, and the ratio of every turn.
template <class First, class Second>
Median ratio_of(const Options& options, First first, Second second) {
    std::vector<double> ratios;
    for (int repetition = 0; repetition < options.repetitions; ++repetition) {
        const double one = first(), other = second();
        if (other > 0) ratios.push_back(one / other);
    }
    return median_of(ratios);
}

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

/// Data that reaches everybody in one order passes the top provider, and its sender too gets it.
void compare_order(const Options& options, std::vector<Comparison>& into) {
    auto plain = make_convene(options.convene, {}), uniform = make_convene(options.convene, {}, {true, true});
    Server plain_server(*plain, one_core()), uniform_server(*uniform, one_core());
    keep_to_last_core(true);
    for (std::size_t payload : kPayloads) {
        const Work work{kReceivers, payload, 1};
        Crowd to_plain(*plain, work), to_uniform(*uniform, work);
        const auto of = [&](Crowd& crowd, Server& server) {
            return measure_throughput(crowd, work, server.process(), options.seconds).per_cpu_second;
        };
        into.push_back(
            {"UniformSendData, " + size_name(payload) + " to " + std::to_string(kReceivers),
             "SendData, deliveries per CPU second",
             ratio_of(
                 options, [&] { return of(to_uniform, uniform_server); }, [&] { return of(to_plain, plain_server); }),
             0.8, true});
    }
}

/// The generator has no core of its own then. What a second core brings is therefore how little a delivery costs more
/// where two threads relay: 1 would be twice the work on two cores that do nothing else.
void compare_cores(const Options& options, std::vector<Comparison>& into) {
    auto one = make_convene(options.convene, {}), two = make_convene(options.convene, {});
    Server one_server(*one, {{}, kConferences, 1, false}), two_server(*two, {{}, kConferences, 2, false});
    keep_to_last_core(false);
    for (std::size_t payload : kPayloads) {
        const Work work{kReceivers, payload, kConferences};
        Crowd to_one(*one, work), to_two(*two, work);
        const auto of = [&](Crowd& crowd, Server& server) {
            return measure_throughput(crowd, work, server.process(), options.seconds).per_cpu_second;
        };
        into.push_back({"two workers, " + size_name(payload) + " to " + std::to_string(kReceivers) + " in " +
                            std::to_string(kConferences) + " conferences",
                        "one worker, deliveries per CPU second",
                        ratio_of(
                            options, [&] { return of(to_two, two_server); }, [&] { return of(to_one, one_server); }),
                        0.9, true});
    }
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
