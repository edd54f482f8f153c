/// Whom the store tells that entries are durable.
#pragma once

#include <functional>

#include "store/pending.hpp"
#include "store/records.hpp"

namespace convene::store {

/// The owner of one conference's log. `post` may run things at once only where they do not call watch() or unwatch().
/// All calls come through `post`, never two at a time for one that runs things in order.
struct LogWatcher {
    Executor post;
    /// Every entry up to this one is durable. Not called for every group: when the owner is slow, one call says it all.
    std::function<void(EntryIndex)> durable;
    /// append() has answered queue_full, and there is room again. May be empty.
    std::function<void()> room;
    /// disk_full: entries wait for space, and become durable when there is some. Any other error: this store writes no
    /// more, and what was not reported durable may be lost. May be empty.
    std::function<void(const StoreError&)> trouble;
};

}  // namespace convene::store
