// What the store does with logs and snapshots.
#include <algorithm>

#include "store/entry_removal.hpp"
#include "store/log_reader_parts.hpp"
#include "store/parts.hpp"

namespace convene::store {

Expected<EntryIndex, StoreErrc> Store::append(ConferenceId conference, Entry&& entry) {
    return parts_->queue.push(conference, std::move(entry));
}

void Store::watch(ConferenceId conference, LogWatcher watcher) { parts_->watchers.set(conference, std::move(watcher)); }
void Store::unwatch(ConferenceId conference) { parts_->watchers.remove(conference); }

Result<LogReader> Store::replay(ConferenceId conference, EntryIndex from) {
    return open_log_reader(parts_->readers, conference, from, true);
}

Result<LogReader> Store::read(ConferenceId conference, EntryIndex from) {
    return open_log_reader(parts_->readers, conference, from, false);
}

Pending<Done> Store::put_snapshot(ConferenceId conference, Snapshot snapshot) {
    const std::size_t octets = snapshot.payload.size();
    if (octets > parts_->limits.snapshot_octets)
        return Pending<Done>(failure(StoreErrc::too_large, "the snapshot has " + std::to_string(octets) +
                                                               " octets; the limit is " +
                                                               std::to_string(parts_->limits.snapshot_octets)));
    auto put = [conference, snapshot = std::move(snapshot)](Connection& database) -> Result<Done> {
        CONVENE_TRY(look, database.prepare("SELECT last_index, (SELECT through FROM snapshots WHERE conference = id)"
                                           " FROM conferences WHERE id = ? AND deleted = 0"));
        CONVENE_TRY(there, look.bind(1, conference.value).step());
        if (!there) return failure(StoreErrc::not_found, "a snapshot of a conference that is not there");
        if (snapshot.through.value > look.count(0) || snapshot.through.value < look.count(1))
            return failure(StoreErrc::bad_argument,
                           "a snapshot through entry " + std::to_string(snapshot.through.value) + " of a log with " +
                               std::to_string(look.count(0)) + ", whose last snapshot goes through " +
                               std::to_string(look.count(1)));
        CONVENE_TRY(insert, database.prepare("INSERT OR REPLACE INTO snapshots (conference, through, time_ms, payload)"
                                             " VALUES (?, ?, ?, ?)"));
        insert.bind(1, conference.value).bind(2, snapshot.through.value).bind(3, snapshot.time.value);
        if (auto done = insert.bind(4, ByteView(snapshot.payload)).run(); !done)
            return make_unexpected(std::move(done).error());
        return Done{};
    };
    return parts_->change<Done>(std::move(put), nullptr, octets);
}

Pending<Removed> Store::trim(ConferenceId conference, std::vector<EntryKind> keep) {
    auto through = [conference](Connection& database) -> Result<EntryIndex> {
        if (auto there = require_conference(database, conference); !there)
            return make_unexpected(std::move(there).error());
        CONVENE_TRY(row, database.prepare("SELECT through FROM snapshots WHERE conference = ?"));
        CONVENE_TRY(there, row.bind(1, conference.value).step());
        return there ? EntryIndex{row.count(0)} : EntryIndex{};
    };
    auto doomed = [keep = std::move(keep)](const EntryFacts& entry) {
        return std::find(keep.begin(), keep.end(), entry.kind) == keep.end();
    };
    Pending<Removed> answer;
    parts_->remove_entries(conference, std::move(through), std::move(doomed),
                           [answer](Result<Removed> removed) mutable { answer.resolve(std::move(removed)); });
    return answer;
}

void Store::Parts::remove_entries(ConferenceId conference, std::function<Result<EntryIndex>(Connection&)> through,
                                  std::function<bool(const EntryFacts&)> doomed,
                                  std::function<void(Result<Removed>)> answer) {
    auto progress = [this, conference](std::uint64_t octets) { queue.shrink_log(conference, octets); };
    queue.push(std::make_unique<EntryRemoval>(conference, std::move(through), std::move(doomed), std::move(progress),
                                              std::move(answer)));
}

}  // namespace convene::store
