#include "gcc/attempt_limiter.hpp"

#include <algorithm>

namespace convene::gcc {

bool AttemptLimiter::may_try(const std::string& source, Instant now) const {
    const auto found = full_at_.find(source);
    if (found == full_at_.end()) return true;
    // The bucket misses (full_at - now) / refill attempts; one is left while it misses at most burst - 1.
    return found->second - now <= limits_.refill * (limits_.burst - 1);
}

void AttemptLimiter::failed(const std::string& source, Instant now) {
    auto found = full_at_.find(source);
    if (found == full_at_.end()) {
        if (full_at_.size() >= limits_.max_sources) make_room(now);
        found = full_at_.emplace(source, now).first;
    }
    const Instant empty = now + limits_.refill * limits_.burst;
    found->second = std::min(std::max(found->second, now) + limits_.refill, empty);
}

void AttemptLimiter::make_room(Instant now) {
    std::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
    if (full_at_.size() < limits_.max_sources) return;
    // All are guilty: forget the one that has the least to wait.
    full_at_.erase(std::min_element(full_at_.begin(), full_at_.end(),
                                    [](const auto& a, const auto& b) { return a.second < b.second; }));
}

}  // namespace convene::gcc
