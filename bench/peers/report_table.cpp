#include <cstdarg>
#include <cstdio>

#include "bench/peers/report.hpp"

namespace convene::bench::peers {
namespace {

__attribute__((format(printf, 2, 3))) void add(std::string& out, const char* format, ...) {
    char line[512];
    va_list values;
    va_start(values, format);
    std::vsnprintf(line, sizeof line, format, values);
    va_end(values);
    out += line;
}

/// How `row` stands to `other`, as "0.53 x"; a dash where there is nothing to compare with.
std::string ratio(const Row& row, const Row* other) {
    if (other == nullptr || other->per_cpu_second.value <= 0) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.2f x", row.per_cpu_second.value / other->per_cpu_second.value);
    return text;
}

}  // namespace

std::string table_of(const Results& results) {
    std::string out;
    add(out, "%s; load before: %.1f; medians of %d times %.2f s\n\n", results.machine.c_str(), results.load_before,
        results.repetitions, results.seconds);
    add(out, "%9s %7s %5s  %-10s %14s %14s %7s %6s %10s %12s\n", "receivers", "payload", "conf.", "server",
        "deliveries/s", "/CPU second", "spread", "CPU", "of bare", "best broker");
    for (const auto& row : results.rows) {
        bool convene = row.server == kConvene;
        add(out, "%9zu %7zu %5zu  %-10s %14.0f %14.0f %6.0f%% %5.0f%% %10s %12s%s\n", row.work.receivers,
            row.work.payload, row.work.conferences, row.server.c_str(), row.per_second.value, row.per_cpu_second.value,
            100 * row.per_cpu_second.spread, 100 * row.server_load.value,
            ratio(row, row_of(results, kBare, row)).c_str(),
            convene ? ratio(row, best_broker(results, row)).c_str() : "", row.complete ? "" : "  LOST MESSAGES");
    }
    return out;
}

}  // namespace convene::bench::peers
