#include "bench/peers/results.hpp"

#include <algorithm>

namespace convene::bench::peers {

Median median_of(std::vector<double> values) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    double middle = values[values.size() / 2];
    return {middle, middle > 0 ? (values.back() - values.front()) / middle : 0};
}

namespace {

bool same_work(const Row& one, const Row& other) {
    return one.work.receivers == other.work.receivers && one.work.payload == other.work.payload &&
           one.work.conferences == other.work.conferences && one.one_core == other.one_core;
}

}  // namespace

const Row* row_of(const Results& results, const std::string& server, const Row& like) {
    for (const auto& row : results.rows) {
        if (row.server == server && same_work(row, like)) return &row;
    }
    return nullptr;
}

double ratio_of(const Row& row, const Row& other) {
    std::vector<double> ratios;
    const std::size_t count = std::min(row.each_per_cpu_second.size(), other.each_per_cpu_second.size());
    for (std::size_t i = 0; i < count; ++i)
        if (other.each_per_cpu_second[i] > 0)
            ratios.push_back(row.each_per_cpu_second[i] / other.each_per_cpu_second[i]);
    return median_of(std::move(ratios)).value;
}

bool is_broker(const std::string& server) { return server != kConvene && server != kBare && server != kUring; }

const Row* best_broker(const Results& results, const Row& like) {
    const Row* best = nullptr;
    for (const auto& row : results.rows) {
        if (!is_broker(row.server) || !same_work(row, like)) continue;
        if (best == nullptr || row.per_cpu_second.value > best->per_cpu_second.value) best = &row;
    }
    return best;
}

}  // namespace convene::bench::peers
