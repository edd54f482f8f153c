/// What is remembered of a conference's whiteboard: every change in the log, and now and then all of it in a snapshot.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "node/events.hpp"
#include "server/memory_entries.hpp"
#include "server/memory_log.hpp"
#include "whiteboard/entity.hpp"
#include "whiteboard/snapshot.hpp"

namespace convene::server {

/// A snapshot is due after so many changes, and when they have so many octets and as many as the last snapshot: so what
/// a start has to read stays in proportion to the board, and writing snapshots to writing changes.
struct SnapshotRule {
    std::uint64_t entries = 4096;
    std::uint64_t octets = 1U << 20;
};
/// Operations of a snapshot that are written at one time, so that the conference does not wait.
inline constexpr std::size_t kSnapshotStep = 256;
/// Handles that are kept aside for this run of the conference; what a later run gives out lies beyond them.
inline constexpr std::uint64_t kHandlesAside = 65'536;
/// Where handles begin anew: beyond it lie those that nodes make up (T.126's handles are 32 bits).
inline constexpr std::uint64_t kLastHandle = 0x7000'0000;

/// Senders whose numbers are known before those who have left are looked for.
inline constexpr std::size_t kSendersBeforeTidy = 256;

/// One owner; all on the thread of the conference.
class WhiteboardMemory {
public:
    /// `post` runs something on this thread later.
    WhiteboardMemory(store::Store& store, store::ConferenceId conference, MemoryLog& log,
                     std::shared_ptr<whiteboard::Entity> entity, std::function<void(std::function<void()>)> post,
                     SnapshotRule rule = {});

    /// Gives the entity what is remembered, before the conference begins; the first handle to be given out with it.
    /// The error is a sentence.
    Expected<std::uint32_t, std::string> restore(const whiteboard::BoardLimits& limits);
    /// What the conference's registry gives out next.
    void on_handles(std::uint64_t next);
    void on_traffic(const node::WhiteboardTraffic& traffic, std::string author);
    /// Forgets senders who have left, once they are many.
    void tidy(const std::function<bool(mcs::UserId)>& is_here);
    /// Senders it knows the numbers of.
    std::size_t senders() const { return numbers_.size(); }
    /// Begins a snapshot, when none is under way; `rescue` when the log has lost something that it is to cover.
    void take_snapshot(bool rescue = false);

    std::uint64_t unreadable() const { return unreadable_; }
    std::uint64_t snapshots() const { return snapshots_; }

private:
    /// A snapshot that is being written.
    struct Writing {
        store::EntryIndex through;
        whiteboard::SnapshotReader reader;
        WhiteboardSnapshot pdus;
        std::size_t octets = 0;
        std::map<mcs::UserId, std::uint32_t> numbers;  ///< what it covers of each sender
        bool rescue = false;
    };

    /// Whether everybody's board is another one afterwards, for good.
    bool is_durable(const whiteboard::Operation& operation);
    void check_due();
    void later(std::function<void()> what);
    void write_some();
    void on_written(bool is_written, bool rescue, std::uint64_t octets,
                    const std::map<mcs::UserId, std::uint32_t>& numbers);

    store::Store& store_;
    store::ConferenceId conference_;
    MemoryLog& log_;
    std::shared_ptr<whiteboard::Entity> entity_;  ///< shared with the node, which it outlives or not
    std::function<void(std::function<void()>)> post_;
    SnapshotRule rule_;
    whiteboard::Extensions extensions_;
    std::set<whiteboard::ItemId> pointers_;
    std::map<mcs::UserId, std::uint32_t> numbers_;  ///< of the last data unit of each sender
    std::size_t next_tidy_ = kSendersBeforeTidy;
    std::optional<Writing> writing_;
    bool is_due_ = false;
    bool is_being_stored_ = false;
    std::uint64_t entries_ = 0;  ///< since the last snapshot
    std::uint64_t octets_ = 0;
    std::uint64_t last_octets_ = 0;  ///< of the last snapshot
    std::uint64_t aside_ = 0;        ///< handles below it are this run's
    std::uint64_t unreadable_ = 0;
    std::uint64_t snapshots_ = 0;
    std::shared_ptr<void> alive_ = std::make_shared<char>();  ///< what is posted looks at it
};

}  // namespace convene::server
