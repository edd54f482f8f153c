/// The one thread that changes the database: takes what waits, commits it as a group, then says so. Private to the
/// room.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <thread>

#include "store/commit_queue.hpp"
#include "store/watchers.hpp"

namespace convene::store {

/// Groups form by themselves: what arrives during one commit is the next group.
/// A full disk holds the entries back until there is space; any other error of the database ends the writing.
class Writer {
public:
    /// Runs between two transactions, when nothing is half done; must be quick. Gets null when that will never be.
    using Between = std::function<void(Connection*)>;

    Writer(Connection database, CommitQueue& queue, Watchers& watchers, const StoreLimits& limits)
        : database_(std::move(database)), queue_(queue), watchers_(watchers), limits_(limits) {}
    ~Writer() { stop(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    Result<void> start();
    /// Commits what waits, and ends the thread. Entries that a full disk holds are tried once more.
    void stop();
    void run_between(Between work);

    struct Counts {
        std::uint64_t groups = 0;         ///< transactions that wrote entries
        std::uint64_t durable = 0;        ///< entries in them
        std::uint64_t largest_group = 0;  ///< in entries
        std::uint64_t disk_full = 0;      ///< how often a group did not fit on the disk
        StoreErrc stopped{};              ///< meaningful with is_stopped
        bool is_stopped = false;          ///< by an error: nothing is written any more
    };
    Counts counts() const;

private:
    struct Growth {
        EntryIndex last;
        std::uint64_t entries = 0;
        std::uint64_t octets = 0;
        std::int64_t active_ms = 0;
    };
    using Growths = std::map<ConferenceId, Growth>;

    void work();
    void drop_between();
    void commit(Batch& batch);
    Result<void> write_all(Batch& batch, std::vector<StoreError>& failed, Growths& growths);
    Result<bool> insert(const QueuedEntry& queued);
    Result<void> write_entries(const std::vector<QueuedEntry>& entries, Growths& growths);
    Result<void> write_jobs(Batch& batch, std::vector<StoreError>& failed);
    void commit_jobs_alone(Batch& batch);
    void report(Batch& batch, const std::vector<StoreError>& failed, const Growths& growths);
    void answer(Batch& batch, const std::vector<StoreError>& failed);
    void give_up(Batch& batch, const StoreError& error);

    Connection database_;
    Statement insert_, grow_, exists_;
    CommitQueue& queue_;
    Watchers& watchers_;
    const StoreLimits& limits_;
    std::vector<QueuedEntry> held_;                   // by a full disk, before everything in the queue
    std::chrono::steady_clock::time_point next_try_;  // of these
    bool ended_ = false;                              // under mutex_
    bool disk_full_told_ = false;
    mutable std::mutex mutex_;  // for what follows
    Counts counts_;
    std::vector<Between> between_;
    std::thread thread_;
};

}  // namespace convene::store
