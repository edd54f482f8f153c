#include "server/hooks.hpp"

#include <chrono>
#include <iterator>
#include <utility>

#include "server/wall_clock.hpp"

namespace convene::server {

void HookQueue::tell(HookEvent event, const std::string& conference, HookPerson person) {
    if (!wake_) return;
    const auto time = wall_ms();
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        if (news_.size() >= kMaxHookEvents) {
            ++lost_;
            return;
        }
        was_empty = news_.empty();
        news_.push_back(HookNews{event, conference, std::move(person), time});
    }
    if (was_empty) wake_();
}

std::vector<HookNews> HookQueue::take() {
    const std::lock_guard lock(mutex_);
    std::vector<HookNews> out(std::make_move_iterator(news_.begin()), std::make_move_iterator(news_.end()));
    news_.clear();
    return out;
}

std::uint64_t HookQueue::lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
}

}  // namespace convene::server
