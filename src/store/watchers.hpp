/// The owners of logs and what they are still to be told. Private to the room.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "store/log_watcher.hpp"

namespace convene::store {

/// One call waits in an owner's executor at a time; what happens meanwhile is added to it.
class Watchers {
public:
    void set(ConferenceId conference, LogWatcher watcher);
    /// Nothing is posted after this returns, and what was posted calls nobody.
    void remove(ConferenceId conference);

    void durable(ConferenceId conference, EntryIndex through);
    void room(ConferenceId conference);
    void trouble(const StoreError& error);  ///< tells everybody

private:
    struct Watch;
    template <class F>
    void tell(const std::shared_ptr<Watch>& watch, F add);

    std::mutex mutex_;
    std::map<ConferenceId, std::shared_ptr<Watch>> watches_;  // shared with what is posted
};

}  // namespace convene::store
