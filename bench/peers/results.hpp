/// What was measured, as the reports need it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/peers/work.hpp"

namespace convene::bench::peers {

/// The middle one of several repetitions, and how far they lie apart.
struct Median {
    double value = 0;
    double spread = 0;  ///< largest less smallest, as a share of the middle one
};
Median median_of(std::vector<double> values);

/// What the rate of a measurement of latency is a share of.
enum class Pace : std::uint8_t {
    own,     ///< the server's own maximum at this work
    common,  ///< the best broker's, for all alike
};

struct LatencyPoint {
    double share = 0;
    Pace pace = Pace::own;
    Median p50, p99, p999;  ///< nanoseconds
};

/// One server at one work.
struct Row {
    std::string server;
    Work work;
    bool one_core = true;
    Median per_second;
    Median per_cpu_second;
    std::vector<double> each_per_cpu_second;  ///< one for each repetition
    Median server_load;
    bool complete = true;  ///< nobody has lost a message
    std::vector<LatencyPoint> latencies;
};

/// The memory of one server.
struct MemoryRow {
    std::string server;
    double empty = 0;           ///< octets when it has come up
    double per_connection = 0;  ///< octets for each idle connection
    double peak = 0;            ///< octets, the most while it relayed
};

/// Two ways of the same server at the same work.
struct Comparison {
    std::string what, beside;  ///< this, beside that
    Median ratio;
    double goal = 0;
    bool is_least = true;  ///< the goal is the least that is wanted, else the most
};

struct Results {
    std::vector<std::string> servers;  ///< in the order of the report
    std::vector<std::string> missing;  ///< why others are not among them
    std::vector<Row> rows;
    std::vector<MemoryRow> memory;
    std::vector<Comparison> comparisons;
    std::size_t connections = 0;  ///< idle ones, whose memory was measured
    std::string machine;
    double load_before = 0;  ///< of others, as the average of a minute when the run began
    int repetitions = 0;
    double seconds = 0;  ///< of each repetition
};

/// The row of `server` at the work of `like`, or nullptr.
const Row* row_of(const Results& results, const std::string& server, const Row& like);
/// Deliveries per CPU second of `row` beside those of `other`: the median of the ratios of each repetition, in which
/// one was measured right after the other. So a machine that is slower for a while does not show. 0: of nothing.
double ratio_of(const Row& row, const Row& other);
/// NATS, Mosquitto or Redis.
bool is_broker(const std::string& server);
/// The best of NATS, Mosquitto and Redis at the work of `like` in deliveries per CPU second, or nullptr.
const Row* best_broker(const Results& results, const Row& like);

constexpr const char* kConvene = "convene";
constexpr const char* kBare = "bare relay";
constexpr const char* kUring = "io_uring relay";

}  // namespace convene::bench::peers
