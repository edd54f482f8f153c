#include "store/watchers.hpp"

#include <optional>

namespace convene::store {

struct Watchers::Watch {
    LogWatcher watcher;
    std::mutex mutex;
    bool removed = false;
    bool posted = false;
    std::optional<EntryIndex> through;
    bool room = false;
    std::optional<StoreError> trouble;

    void run();
};

void Watchers::Watch::run() {
    std::unique_lock lock(mutex);
    posted = false;
    if (removed) return;
    auto told_through = std::exchange(through, {});
    auto told_room = std::exchange(room, false);
    auto told_trouble = std::exchange(trouble, {});
    lock.unlock();
    if (told_through && watcher.durable) watcher.durable(*told_through);
    if (told_trouble && watcher.trouble) watcher.trouble(*told_trouble);
    if (told_room && watcher.room) watcher.room();
}

void Watchers::set(ConferenceId conference, LogWatcher watcher) {
    remove(conference);
    auto watch = std::make_shared<Watch>();
    watch->watcher = std::move(watcher);
    std::lock_guard lock(mutex_);
    watches_[conference] = std::move(watch);
}

void Watchers::remove(ConferenceId conference) {
    std::lock_guard lock(mutex_);
    auto found = watches_.find(conference);
    if (found == watches_.end()) return;
    {
        std::lock_guard watch_lock(found->second->mutex);
        found->second->removed = true;
    }
    watches_.erase(found);
}

template <class F>
void Watchers::tell(const std::shared_ptr<Watch>& watch, F add) {
    {
        std::lock_guard lock(watch->mutex);
        add(*watch);
        if (std::exchange(watch->posted, true)) return;
    }
    watch->watcher.post([watch] { watch->run(); });
}

// Posted under the lock, so that remove() can promise that nothing is posted any more.

void Watchers::durable(ConferenceId conference, EntryIndex through) {
    std::lock_guard lock(mutex_);
    auto found = watches_.find(conference);
    if (found != watches_.end()) tell(found->second, [&](Watch& watch) { watch.through = through; });
}

void Watchers::room(ConferenceId conference) {
    std::lock_guard lock(mutex_);
    auto found = watches_.find(conference);
    if (found != watches_.end()) tell(found->second, [](Watch& watch) { watch.room = true; });
}

void Watchers::trouble(const StoreError& error) {
    std::lock_guard lock(mutex_);
    for (auto& [conference, watch] : watches_) tell(watch, [&](Watch& one) { one.trouble = error; });
}

}  // namespace convene::store
