/// The time of day.
#pragma once

#include <chrono>
#include <cstdint>

namespace convene::server {

/// Milliseconds since 1970.
inline std::int64_t wall_ms(std::chrono::system_clock::time_point when = std::chrono::system_clock::now()) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count();
}
/// Seconds since 1970.
inline std::int64_t wall_seconds(std::chrono::system_clock::time_point when = std::chrono::system_clock::now()) {
    return std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
}

}  // namespace convene::server
