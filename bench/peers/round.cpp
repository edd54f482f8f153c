#include "bench/peers/round.hpp"

#include <algorithm>

#include "bench/peers/latency.hpp"
#include "bench/peers/throughput.hpp"

namespace convene::bench::peers {
namespace {

using Crowds = std::vector<std::unique_ptr<Crowd>>;

constexpr std::pair<double, Pace> kPoints[] = {
    {0.1, Pace::own}, {0.5, Pace::own}, {0.9, Pace::own}, {0.5, Pace::common}};

/// The medians of one figure of all measurements.
template <class Measured>
Median median_of(const std::vector<Measured>& all, double Measured::*figure) {
    std::vector<double> values;
    for (const auto& one : all) values.push_back(one.*figure);
    return peers::median_of(values);
}

Row make_row(const Server& server, const Round& round, const std::vector<Throughput>& measured) {
    Row row;
    row.server = server.driver().name();
    row.work = round.work;
    row.one_core = round.one_core;
    row.per_second = median_of(measured, &Throughput::per_second);
    row.per_cpu_second = median_of(measured, &Throughput::per_cpu_second);
    for (const auto& one : measured) row.each_per_cpu_second.push_back(one.per_cpu_second);
    row.server_load = median_of(measured, &Throughput::server_load);
    row.complete = std::all_of(measured.begin(), measured.end(), [](const auto& one) { return one.complete; });
    return row;
}

void add_latencies(const Options& options, const Round& round, Crowds& crowds, std::vector<Row>& rows) {
    double common = 0;
    for (const auto& row : rows) {
        if (is_broker(row.server)) common = std::max(common, row.per_second.value);
    }
    for (auto [share, pace] : kPoints) {
        if (pace == Pace::common && common == 0) continue;
        std::vector<std::vector<Latency>> measured(rows.size());
        for (int repetition = 0; repetition < options.repetitions; ++repetition) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (!rows[i].complete) continue;
                // What it cannot carry is not worth waiting for.
                double maximum = rows[i].per_second.value, rate = share * (pace == Pace::own ? maximum : common);
                if (rate > maximum) continue;
                measured[i].push_back(measure_latency(*crowds[i], round.work, rate, options.seconds));
                rows[i].complete = rows[i].complete && measured[i].back().complete;
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (measured[i].empty()) continue;
            rows[i].latencies.push_back({share, pace, median_of(measured[i], &Latency::p50),
                                         median_of(measured[i], &Latency::p99),
                                         median_of(measured[i], &Latency::p999)});
        }
    }
}

}  // namespace

std::vector<Row> measure_round(const Options& options, const Round& round, Servers& servers) {
    Crowds crowds;
    for (auto& server : servers) crowds.push_back(std::make_unique<Crowd>(server->driver(), round.work));
    std::vector<std::vector<Throughput>> measured(servers.size());
    for (int repetition = 0; repetition < options.repetitions; ++repetition) {
        for (std::size_t i = 0; i < servers.size(); ++i) {
            if (!measured[i].empty() && !measured[i].back().complete) continue;
            measured[i].push_back(measure_throughput(*crowds[i], round.work, servers[i]->process(), options.seconds));
        }
    }
    std::vector<Row> rows;
    for (std::size_t i = 0; i < servers.size(); ++i) rows.push_back(make_row(*servers[i], round, measured[i]));
    if (round.latency) add_latencies(options, round, crowds, rows);
    return rows;
}

}  // namespace convene::bench::peers
