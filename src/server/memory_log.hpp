/// The log of one running conference as its owner sees it: entries in, and, once they are durable, receipts out.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "mcs/ids.hpp"
#include "server/wall_clock.hpp"
#include "store/store.hpp"

namespace convene::server {

/// The time as the store counts it.
inline store::UnixMs unix_now() { return store::UnixMs{wall_ms()}; }

/// What waits for the store to have room again; beyond either, what comes is not remembered.
inline constexpr std::size_t kMaxBacklogEntries = 16'384;
inline constexpr std::size_t kMaxBacklogOctets = std::size_t{16} << 20;

/// That somebody is to be told that so much of what it has sent is safe.
struct DueReceipt {
    store::EntryKind kind;
    mcs::UserId to;
    std::uint32_t count = 0;
};

class MemoryLogEvents {
public:
    /// The most that each sender can be told now, once for each. In a wake-up of its own.
    virtual void on_safe(const std::vector<DueReceipt>& receipts) = 0;
    /// Entries were lost, because the disk is full or does not keep up; from now on until resume() others are, too.
    virtual void on_behind(store::StoreErrc why) = 0;
    /// There is room again, and everything that waited has gone into the log.
    virtual void on_room() = 0;
    /// The store writes no more.
    virtual void on_stopped(const std::string& why) = 0;
    virtual void on_disk_full(const std::string& why) = 0;

protected:
    ~MemoryLogEvents() = default;
};

/// One owner, one thread; the executor leads there. A receipt is given only for what cannot be lost any more: whatever
/// is lost in between costs the receipts of everything behind it.
class MemoryLog {
public:
    MemoryLog(store::Store& store, store::ConferenceId conference, store::Executor post, MemoryLogEvents& events);
    MemoryLog(const MemoryLog&) = delete;
    MemoryLog& operator=(const MemoryLog&) = delete;
    ~MemoryLog();

    /// Without a receipt when nobody is to be told.
    void append(store::Entry entry, std::optional<DueReceipt> receipt);
    /// For what need not be written down: due together with what was written before.
    void pass(const DueReceipt& receipt);
    /// Tells what is due without waiting for the disk; call it when an input has been worked off.
    void settle();

    /// After on_behind(): the whiteboard as it is now will stand in a snapshot. Entries are taken again; what was lost
    /// of the kind is covered once covered() is called. Lost entries of other kinds stay lost.
    void resume(store::EntryKind kind);
    void covered(bool is_durable);
    /// Nothing is written any more, and no receipt given.
    void stop() { is_stopped_ = true; }

    bool is_behind() const { return is_behind_; }
    bool is_stopped() const { return is_stopped_; }
    bool has_backlog() const { return !backlog_.empty(); }
    store::EntryIndex last() const { return last_; }

private:
    using Sender = std::pair<store::EntryKind, mcs::UserId>;
    struct Waiting {
        store::Entry entry;
        std::optional<DueReceipt> receipt;
    };
    struct Due {
        store::EntryIndex after;
        DueReceipt receipt;
    };

    bool try_append(store::Entry& entry, const std::optional<DueReceipt>& receipt);
    void owe(store::EntryIndex after, const DueReceipt& receipt);
    void lose(const store::Entry& entry, const std::optional<DueReceipt>& receipt, store::StoreErrc why);
    void on_durable(store::EntryIndex index);
    void on_room();
    bool is_withheld(const DueReceipt& receipt) const;

    store::Store& store_;
    store::ConferenceId conference_;
    MemoryLogEvents& events_;
    store::EntryIndex last_{};
    store::EntryIndex durable_{};
    std::deque<Due> due_;
    std::deque<Waiting> backlog_;
    std::size_t backlog_octets_ = 0;
    bool is_behind_ = false;
    bool is_stopped_ = false;
    std::optional<store::EntryKind> covering_;  ///< the kind whose receipts wait for a snapshot
    std::set<Sender> lost_;                     ///< of whom something is lost for good, or until it is covered
};

}  // namespace convene::server
