/// When the memory that the allocator keeps after a burst is given back to the system: many nodes that join at once
/// need twice of what they take when they are quiet.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/time.hpp"

namespace convene::server {

inline constexpr Duration kSpareMemoryInterval = std::chrono::seconds{1};  ///< between two looks
inline constexpr Duration kQuietTime = kSpareMemoryInterval / 10;          ///< of CPU between two looks, at most
inline constexpr Duration kWorkBetween = std::chrono::milliseconds{20};    ///< of CPU, without which nothing is new
inline constexpr std::size_t kWorthReturning = 4 * 1024 * 1024;            ///< octets

/// What the allocator of this process holds that is in no use, in octets; nothing where it does not say.
std::optional<std::size_t> free_in_allocator();
/// The CPU time of this process so far, all threads.
Duration process_cpu_time();
/// Gives whole pages back. Other threads that allocate wait meanwhile: some milliseconds for 100 MB.
void return_spare_memory();

/// Decides, look by look. `free` is only asked when the answer matters: it walks the lists of the allocator.
class SpareMemory {
public:
    template <class Free>
    bool is_worth_returning(Duration cpu_time, Free free) {
        const bool busy = cpu_time - last_look_ > kQuietTime;
        last_look_ = cpu_time;
        if (busy || cpu_time - last_count_ < kWorkBetween) return false;
        last_count_ = cpu_time;
        const std::optional<std::size_t> now = free();
        if (!now) return false;
        // What was given back is still counted as free, until it is used again.
        returned_ = std::min(returned_, *now);
        if (*now - returned_ < kWorthReturning) return false;
        returned_ = *now;
        return true;
    }

private:
    Duration last_look_{}, last_count_{};
    std::size_t returned_ = 0;
};

}  // namespace convene::server
