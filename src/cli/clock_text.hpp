/// Moments of the calendar, in words.
#pragma once

#include <chrono>
#include <string>

namespace convene::cli {

/// "2026-11-22T14:05:09Z", for programs.
std::string utc_text(std::chrono::system_clock::time_point time);
/// Where this machine stands, for people; `format` is one of strftime() whose result has at most 31 octets.
std::string local_text(std::chrono::system_clock::time_point time, const char* format);

}  // namespace convene::cli
