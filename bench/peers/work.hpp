/// The work that all servers get alike, and how far ahead of it a publisher may be.
#pragma once

#include <algorithm>
#include <cstddef>

namespace convene::bench::peers {

struct Work {
    std::size_t receivers = 8;  ///< of each conference
    std::size_t payload = 64;   ///< octets
    std::size_t conferences = 1;
};

constexpr std::size_t kMostConferences = 16;        ///< that the servers are prepared for
constexpr std::size_t kWindowOctets = 1024 * 1024;  ///< of payload, that a publisher is ahead of its slowest receiver
constexpr std::size_t kMostUnderWay = 512 * 1024;   ///< messages to all receivers together
constexpr std::size_t kBatchOctets = 32 * 1024;     ///< of payload, that are written at once

inline std::size_t batch_of(const Work& work) { return kBatchOctets / work.payload; }
/// Messages that a publisher is ahead of its slowest receiver, at most; the same for every server.
inline std::size_t window_of(const Work& work) {
    std::size_t fair = std::min(kWindowOctets / work.payload, kMostUnderWay / (work.receivers * work.conferences));
    return std::max(fair, 2 * batch_of(work));
}

}  // namespace convene::bench::peers
