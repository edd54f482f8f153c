#include <nlohmann/json.hpp>

#include "bench/peers/report.hpp"

namespace convene::bench::peers {
namespace {

nlohmann::json json_of(const Median& median) { return {{"median", median.value}, {"spread", median.spread}}; }

nlohmann::json json_of(const LatencyPoint& point) {
    return {{"share", point.share},
            {"of", point.pace == Pace::own ? "own" : "best broker"},
            {"p50_ns", json_of(point.p50)},
            {"p99_ns", json_of(point.p99)},
            {"p999_ns", json_of(point.p999)}};
}

nlohmann::json json_of(const Row& row) {
    nlohmann::json out{{"server", row.server},
                       {"receivers", row.work.receivers},
                       {"payload", row.work.payload},
                       {"conferences", row.work.conferences},
                       {"one_core", row.one_core},
                       {"per_second", json_of(row.per_second)},
                       {"per_cpu_second", json_of(row.per_cpu_second)},
                       {"each_per_cpu_second", row.each_per_cpu_second},
                       {"server_load", json_of(row.server_load)},
                       {"complete", row.complete}};
    for (const auto& point : row.latencies) out["latencies"].push_back(json_of(point));
    return out;
}

}  // namespace

std::string json_of(const Results& results) {
    nlohmann::json out;
    out["machine"] = results.machine;
    out["load_before"] = results.load_before;
    out["repetitions"] = results.repetitions;
    out["seconds"] = results.seconds;
    out["servers"] = results.servers;
    out["missing"] = results.missing;
    out["window_octets"] = kWindowOctets;
    out["batch_octets"] = kBatchOctets;
    for (const auto& row : results.rows) out["rows"].push_back(json_of(row));
    for (const auto& row : results.memory)
        out["memory"].push_back({{"server", row.server},
                                 {"empty", row.empty},
                                 {"connections", results.connections},
                                 {"per_connection", row.per_connection},
                                 {"peak", row.peak}});
    for (const auto& row : results.comparisons)
        out["comparisons"].push_back(
            {{"what", row.what}, {"beside", row.beside}, {"ratio", json_of(row.ratio)}, {"goal", row.goal}});
    return out.dump(1) + "\n";
}

}  // namespace convene::bench::peers
