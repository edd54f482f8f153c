/// What was measured, as the reports need it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/peers/crowd.hpp"

namespace convene::bench::peers {

/// The middle one of several repetitions, and how far they lie apart.
struct Median {
    double value = 0;
    double spread = 0;  ///< largest less smallest, as a share of the middle one
};
Median median_of(std::vector<double> values);

/// One server at one work.
struct Row {
    std::string server;
    Work work;
    bool one_core = true;
    Median per_second;
    Median per_cpu_second;
    Median server_load;
    bool complete = true;  ///< nobody has lost a message
};

struct Results {
    std::vector<std::string> servers;  ///< in the order of the report
    std::vector<std::string> missing;  ///< why others are not among them
    std::vector<Row> rows;
    std::string machine;
    double load_before = 0;  ///< of others, as the average of a minute when the run began
    int repetitions = 0;
    double seconds = 0;  ///< of each repetition
};

/// The row of `server` at the work of `like`, or nullptr.
const Row* row_of(const Results& results, const std::string& server, const Row& like);
/// The best of NATS, Mosquitto and Redis at the work of `like` in deliveries per CPU second, or nullptr.
const Row* best_broker(const Results& results, const Row& like);

constexpr const char* kConvene = "convene";
constexpr const char* kBare = "bare relay";

}  // namespace convene::bench::peers
