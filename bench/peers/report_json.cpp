#include <nlohmann/json.hpp>

#include "bench/peers/report.hpp"

namespace convene::bench::peers {
namespace {

nlohmann::json json_of(const Median& median) { return {{"median", median.value}, {"spread", median.spread}}; }

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
    for (const auto& row : results.rows) {
        out["throughput"].push_back({{"server", row.server},
                                     {"receivers", row.work.receivers},
                                     {"payload", row.work.payload},
                                     {"conferences", row.work.conferences},
                                     {"one_core", row.one_core},
                                     {"per_second", json_of(row.per_second)},
                                     {"per_cpu_second", json_of(row.per_cpu_second)},
                                     {"server_load", json_of(row.server_load)},
                                     {"complete", row.complete}});
    }
    return out.dump(1) + "\n";
}

}  // namespace convene::bench::peers
