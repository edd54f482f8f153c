#include <algorithm>

#include "bench/peers/format.hpp"
#include "bench/peers/markdown.hpp"
#include "bench/peers/report.hpp"

namespace convene::bench::peers {
namespace {

using Table = std::vector<std::vector<std::string>>;

/// One row for each work: the first server's stands for those of all.
std::vector<const Row*> works_of(const Results& results) {
    std::vector<const Row*> works;
    for (const auto& row : results.rows) {
        if (row.server == results.servers.front()) works.push_back(&row);
    }
    return works;
}

void add_servers(std::vector<std::string>& heading, const Results& results) {
    heading.insert(heading.end(), results.servers.begin(), results.servers.end());
}

std::vector<std::string> work_cells(const Row& row) {
    return {std::to_string(row.work.receivers), size_name(row.work.payload), std::to_string(row.work.conferences),
            row.one_core ? "one" : "all"};
}

std::string ratio(const Row* row, const Row* other) {
    const double value = row == nullptr || other == nullptr ? 0 : ratio_of(*row, *other);
    return value > 0 ? times(value) : "-";
}

std::string table_of_deliveries(const Results& results, Median Row::*figure, bool ratios) {
    Table table{{"receivers", "payload", "conferences", "cores"}};
    add_servers(table[0], results);
    if (ratios) table[0].insert(table[0].end(), {"convene / bare", "convene / best broker"});
    for (const auto* work : works_of(results)) {
        table.push_back(work_cells(*work));
        for (const auto& server : results.servers) {
            const auto* row = row_of(results, server, *work);
            table.back().push_back(row == nullptr   ? "-"
                                   : !row->complete ? "lost messages"
                                                    : millions((row->*figure).value));
        }
        if (!ratios) continue;
        const auto* convene = row_of(results, kConvene, *work);
        table.back().push_back(ratio(convene, row_of(results, kBare, *work)));
        table.back().push_back(ratio(convene, best_broker(results, *work)));
    }
    return markdown_table(table);
}

const LatencyPoint* point_of(const Row* row, double share, Pace pace) {
    if (row == nullptr) return nullptr;
    for (const auto& point : row->latencies) {
        if (point.share == share && point.pace == pace) return &point;
    }
    return nullptr;
}

std::string table_of_latencies(const Results& results, Pace pace) {
    Table table{{"receivers", "payload", "load"}};
    add_servers(table[0], results);
    for (const auto* work : works_of(results)) {
        for (double share : {0.1, 0.5, 0.9}) {
            std::vector<std::string> cells{std::to_string(work->work.receivers), size_name(work->work.payload),
                                           percent(share)};
            bool some = false;
            for (const auto& server : results.servers) {
                const auto* point = point_of(row_of(results, server, *work), share, pace);
                some = some || point != nullptr;
                cells.push_back(point == nullptr
                                    ? "-"
                                    : milliseconds(point->p50.value) + " / " + milliseconds(point->p99.value) + " / " +
                                          milliseconds(point->p999.value));
            }
            if (some) table.push_back(cells);
        }
    }
    return table.size() > 1 ? markdown_table(table) : "";
}

std::string table_of_memory(const Results& results) {
    Table table{{"", "when it has come up", "for each idle connection", "at most while relaying"}};
    for (const auto& row : results.memory)
        table.push_back({row.server, kibibytes(row.empty), kibibytes(row.per_connection),
                         row.peak > 0 ? kibibytes(row.peak) : "-"});
    return markdown_table(table);
}

std::string table_of_comparisons(const Results& results) {
    Table table{{"Convene", "beside", "ratio", "goal", "spread"}};
    for (const auto& row : results.comparisons)
        table.push_back({row.what, row.beside, times(row.ratio.value),
                         (row.is_least ? "at least " : "at most ") + times(row.goal), percent(row.ratio.spread)});
    return markdown_table(table);
}

std::string noise_of(const Results& results) {
    if (results.rows.empty()) return {};
    std::vector<double> spreads;
    for (const auto& row : results.rows) spreads.push_back(row.per_cpu_second.spread);
    auto middle = median_of(spreads).value;
    return " Between the repetitions of one figure per CPU second lay " + percent(middle) + " (median) and " +
           percent(*std::max_element(spreads.begin(), spreads.end())) + " (at worst).";
}

}  // namespace

std::string text_of(const Results& results) {
    char load[32];
    std::snprintf(load, sizeof load, "%.1f", results.load_before);
    std::string out = results.machine + ". Load average before the run: " + load + ". Medians of " +
                      std::to_string(results.repetitions) + " times " + times(results.seconds) + " s." +
                      noise_of(results) + "\n";
    for (const auto& missing : results.missing) out += "Left out: " + missing + ".\n";
    if (!results.rows.empty()) {
        out += "\nDeliveries for each CPU second of the server, and the median of the ratios in each repetition:\n\n" +
               table_of_deliveries(results, &Row::per_cpu_second, true);
        out += "\nDeliveries a second:\n\n" + table_of_deliveries(results, &Row::per_second, false);
    }
    if (!results.comparisons.empty()) out += "\nConvene beside itself:\n\n" + table_of_comparisons(results);
    auto own = table_of_latencies(results, Pace::own), common = table_of_latencies(results, Pace::common);
    if (!own.empty())
        out +=
            "\nLatency in milliseconds, p50 / p99 / p99.9, with each server at a share of its own maximum:\n\n" + own;
    if (!common.empty()) out += "\nThe same with all at half of the best broker's maximum:\n\n" + common;
    if (results.connections > 0)
        out += "\nResident memory, with " + std::to_string(results.connections) + " idle connections:\n\n" +
               table_of_memory(results);
    return out;
}

}  // namespace convene::bench::peers
