#include "bench/peers/format.hpp"

#include <cmath>
#include <cstdio>

namespace convene::bench::peers {
namespace {

/// `value` with as many decimals as three digits that count need.
std::string three_digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

}  // namespace

std::string millions(double value) { return three_digits(value / 1e6) + " M"; }
std::string percent(double share) {
    if (share < 0.01 && share > 0) return three_digits(100 * share).substr(0, 3) + " %";
    return std::to_string(std::lround(100 * share)) + " %";
}
std::string times(double ratio) {
    char text[32];
    std::snprintf(text, sizeof text, ratio >= 100 ? "%.0f" : ratio >= 10 ? "%.1f" : "%.2f", ratio);
    return text;
}
std::string milliseconds(double nanoseconds) { return three_digits(nanoseconds / 1e6); }
std::string kibibytes(double octets) { return three_digits(octets / 1024) + " KiB"; }
std::string size_name(std::size_t octets) {
    return octets < 1024 ? std::to_string(octets) + " B" : std::to_string(octets / 1024) + " KiB";
}

}  // namespace convene::bench::peers
