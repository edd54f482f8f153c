/// What waits for the writer: entries, numbered as they come, and jobs; bounded. Private to the room.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "store/job.hpp"
#include "store/options.hpp"
#include "store/records.hpp"

namespace convene::store {

struct QueuedEntry {
    ConferenceId conference;
    EntryIndex index;
    Entry entry;

    std::size_t octets() const { return entry.payload.size() + entry.author.size(); }
};

/// What the writer takes at a time. The entries come before the jobs: a job sees what was appended before it.
struct Batch {
    std::vector<QueuedEntry> entries;
    std::vector<std::unique_ptr<Job>> jobs;
    std::size_t job_octets = 0;

    bool empty() const { return entries.empty() && jobs.empty(); }
};

/// Filled from any thread, emptied by one. What is taken counts against the bounds until done() says that it is
/// durable.
class CommitQueue {
public:
    explicit CommitQueue(const StoreLimits& limits) : limits_(limits) {}

    /// A conference that may be appended to; `octets` are those of its log.
    void open_log(ConferenceId conference, EntryIndex last, std::uint64_t octets);
    /// From now on nothing is appended to it.
    void close_log(ConferenceId conference);
    /// Its log has become shorter.
    void shrink_log(ConferenceId conference, std::uint64_t by_octets);

    /// Takes `entry` and gives it its index, or leaves it as it is.
    Expected<EntryIndex, StoreErrc> push(ConferenceId conference, Entry&& entry);
    /// A job that cannot wait has failed() already when this returns.
    void push(std::unique_ptr<Job> job);
    /// The rest of a job that has run: no bound, whoever was let in may finish, unless the queue is closed.
    void push_again(std::unique_ptr<Job> job);

    /// Waits for something to do, not longer than `at_most`. False when the queue is closed and empty.
    bool take(Batch& batch, std::optional<std::chrono::milliseconds> at_most);
    /// These have become durable, or were given up. Returns the conferences that were refused and may try again.
    std::vector<ConferenceId> done(std::size_t entries, std::size_t octets);

    /// Nothing is accepted any more, for this reason.
    void close(StoreErrc why);

    struct Counts {
        std::uint64_t accepted = 0;       ///< entries since the start
        std::uint64_t refused_full = 0;   ///< because too much waits
        std::uint64_t refused_quota = 0;  ///< because the log of their conference is full
        std::size_t waiting_entries = 0;  ///< accepted, not yet durable
        std::size_t waiting_octets = 0;
    };
    Counts counts() const;

private:
    struct Log {
        EntryIndex last;
        std::uint64_t octets = 0;
    };

    Expected<EntryIndex, StoreErrc> refuse_full(ConferenceId conference);

    const StoreLimits& limits_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::map<ConferenceId, Log> logs_;
    Batch waiting_;
    Counts counts_;
    std::set<ConferenceId> refused_;
    std::optional<StoreErrc> closed_;
};

}  // namespace convene::store
