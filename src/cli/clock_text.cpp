#include "cli/clock_text.hpp"

#include <array>
#include <ctime>

namespace convene::cli {
namespace {

std::string format_time(const std::tm& parts, const char* format) {
    std::array<char, 32> out{};
    return {out.data(), std::strftime(out.data(), out.size(), format, &parts)};
}

}  // namespace

std::string utc_text(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return format_time(parts, "%Y-%m-%dT%H:%M:%SZ");
}

std::string local_text(std::chrono::system_clock::time_point time, const char* format) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return format_time(parts, format);
}

}  // namespace convene::cli
