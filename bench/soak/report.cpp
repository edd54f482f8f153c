#include "bench/soak/report.hpp"

#include <algorithm>
#include <cstdio>

namespace convene::bench {
namespace {

constexpr double kMostMemoryGrowth = 0.05;
constexpr double kMostLatencyGrowth = 0.5;  // a neighbour on the machine is enough for less
constexpr std::size_t kRows = 15;

template <class Value>
double median_of(const std::vector<SoakSample>& samples, std::size_t from, std::size_t to, Value value) {
    std::vector<double> values;
    for (std::size_t i = from; i < to; ++i) values.push_back(static_cast<double>(value(samples[i])));
    return percentile(values, 0.5);
}

/// From the second quarter to the last.
template <class Value>
double growth(const std::vector<SoakSample>& samples, Value value) {
    const std::size_t size = samples.size();
    if (size < 4) return 0;
    const double before = median_of(samples, size / 4, size / 2, value);
    return before > 0 ? median_of(samples, size - size / 4, size, value) / before - 1 : 0;
}

template <class... Values>
void line(std::string& out, const char* format, Values... values) {
    char text[256];
    std::snprintf(text, sizeof text, format, values...);
    out += text;
    out += '\n';
}

}  // namespace

SoakVerdict judge(const std::vector<SoakSample>& samples, const SoakCounts& counts, bool agrees) {
    SoakVerdict out;
    out.memory_growth = growth(samples, [](const SoakSample& each) { return each.server_octets; });
    out.latency_growth = growth(samples, [](const SoakSample& each) { return each.p99_ms; });
    out.agrees = agrees;
    out.is_good = agrees && counts.trouble.empty() && out.memory_growth <= kMostMemoryGrowth &&
                  out.latency_growth <= kMostLatencyGrowth;
    return out;
}

std::string report(const std::vector<SoakSample>& samples, const SoakCounts& counts, const SoakVerdict& verdict,
                   const std::string& what) {
    std::string out = what + "\n\n";
    line(out, "| minute | server memory, MiB | CPU, of a core | stroke p50, ms | p99, ms |");
    line(out, "|---:|---:|---:|---:|---:|");
    const std::size_t step = std::max<std::size_t>(1, samples.size() / kRows);
    for (std::size_t i = step - 1; i < samples.size(); i += step) {
        const auto& each = samples[i];
        line(out, "| %.1f | %.1f | %.0f %% | %.2f | %.2f |", each.minute,
             static_cast<double>(each.server_octets) / (1 << 20), 100 * each.server_cpu, each.p50_ms, each.p99_ms);
    }
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    out += '\n';
    line(out, "%llu strokes, seen %llu times by others; %llu lines, heard %llu times; %llu files, received %llu times.",
         number(counts.strokes), number(counts.strokes_seen), number(counts.lines), number(counts.lines_seen),
         number(counts.files), number(counts.files_received));
    line(out, "%llu joins, %llu departures, %llu broken connections.", number(counts.joins), number(counts.leaves),
         number(counts.breaks));
    line(out,
         "From the second quarter to the last, memory %+.1f %%, median p99 %+.0f %%. At the end everybody in a "
         "conference had %s.",
         100 * verdict.memory_growth, 100 * verdict.latency_growth,
         verdict.agrees ? "the same board, and had heard every line" : "NOT the same");
    for (const auto& [trouble, count] : counts.trouble)
        line(out, "TROUBLE: %s, %llu times.", trouble.c_str(), number(count));
    line(out, "%s", verdict.is_good ? "No trouble." : "NOT good.");
    return out;
}

}  // namespace convene::bench
