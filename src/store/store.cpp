#include "store/store.hpp"

#include "store/opening.hpp"
#include "store/parts.hpp"

namespace convene::store {
namespace {

/// Numbers go on where they were, and what was being removed goes on being removed.
Result<std::vector<ConferenceId>> load_logs(Connection& database, CommitQueue& queue) {
    std::vector<ConferenceId> deleted;
    CONVENE_TRY(row, database.prepare("SELECT id, last_index, octets, deleted FROM conferences"));
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) return deleted;
        const ConferenceId conference{row.integer(0)};
        if (row.integer(3) != 0)
            deleted.push_back(conference);
        else
            queue.open_log(conference, EntryIndex{row.count(1)}, row.count(2));
    }
}

/// How much of the quotas is used.
Result<void> load_shelves(Connection& database, BlobLedger& ledger) {
    CONVENE_TRY(row,
                database.prepare("SELECT id, (SELECT sum(octets) FROM files WHERE conference = id) FROM conferences"
                                 " WHERE deleted = 0"));
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) break;
        ledger.open_shelf(ConferenceId{row.integer(0)}, row.count(1));
    }
    CONVENE_TRY(total,
                database.integer("SELECT coalesce(sum(octets), 0) FROM (SELECT DISTINCT digest, octets FROM files)"));
    ledger.set_total(static_cast<std::uint64_t>(total));
    return {};
}

}  // namespace

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Store::~Store() {
    if (parts_) parts_->stop();
}

Result<std::unique_ptr<Store>> Store::open(const std::string& folder, const StoreLimits& limits) {
    auto parts = std::make_unique<Parts>(folder, limits);
    CONVENE_TRY(lock, take_folder(folder));
    parts->lock = std::move(lock);
    CONVENE_TRY(database, open_database(parts->database(), parts->limits));
    CONVENE_TRY(deleted, load_logs(database, parts->queue));
    if (auto loaded = load_shelves(database, parts->blobs.ledger()); !loaded)
        return make_unexpected(std::move(loaded).error());
    if (auto cleaned = parts->blobs.clean(); !cleaned) return make_unexpected(std::move(cleaned).error());
    parts->writer = std::make_unique<Writer>(std::move(database), parts->queue, parts->watchers, parts->limits);
    if (auto started = parts->writer->start(); !started) return make_unexpected(std::move(started).error());
    for (auto conference : deleted) parts->remove_rest(conference, Pending<Removed>());
    std::unique_ptr<Store> store(new Store(std::move(parts)));
    store->collect_garbage();  // what was finished, and not on a shelf yet, when the last run ended
    return store;
}

void Store::Parts::stop() {
    stopping = true;
    disk.stop();  // whoever waits for a content gets it
    writer->stop();
    chores.stop();
}

Pending<Done> Store::flush() {
    return parts_->change<Done>([](Connection&) { return Done{}; });
}

StoreStats Store::stats() const {
    const auto queue = parts_->queue.counts();
    const auto writer = parts_->writer->counts();
    StoreStats stats;
    stats.accepted = queue.accepted;
    stats.durable = writer.durable;
    stats.refused_full = queue.refused_full;
    stats.refused_quota = queue.refused_quota;
    stats.waiting_entries = queue.waiting_entries;
    stats.waiting_octets = queue.waiting_octets;
    stats.groups = writer.groups;
    stats.largest_group = writer.largest_group;
    stats.disk_full = writer.disk_full;
    stats.blob_octets = parts_->blobs.ledger().total();
    if (writer.is_stopped) stats.stopped = writer.stopped;
    return stats;
}

}  // namespace convene::store
