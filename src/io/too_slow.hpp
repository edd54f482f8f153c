/// Why a receiver is given up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace convene::io {

enum class TooSlow : std::uint8_t {
    queue,       ///< too much waits for it
    stall,       ///< it has stopped reading
    conference,  ///< too much waits for all of its conference together, and for it the most
};
inline constexpr std::size_t kTooSlowReasons = 3;

/// For logs and for the peers of a node.
constexpr std::string_view describe(TooSlow why) {
    switch (why) {
        case TooSlow::queue:
            return "too much output waits for it";
        case TooSlow::stall:
            return "it has stopped reading";
        case TooSlow::conference:
            return "too much output waits in its conference, and for it the most";
    }
    return "it is too slow";
}

}  // namespace convene::io
