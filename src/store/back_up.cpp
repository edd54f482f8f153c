#include <sqlite3.h>

#include <set>

#include "store/chores.hpp"
#include "store/lost_files.hpp"

namespace convene::store {
namespace {

constexpr int kPagesAtATime = 256;

/// The database as it is at one moment, while others go on writing.
Result<void> copy_database(Readers& readers, const std::string& path, const std::atomic<bool>& stopping) {
    CONVENE_TRY(source, readers.lend());
    // One read transaction around it all: otherwise every commit of the writer would make the copy begin again.
    CONVENE_TRY(moment, Transaction::begin(*source, false));
    static_cast<void>(moment);  // to the end of this function
    if (auto first = source->integer("SELECT count(*) FROM sqlite_schema"); !first)
        return make_unexpected(std::move(first).error());
    CONVENE_TRY(target, Connection::open(path, Connection::Mode::create));
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source->handle(), "main");
    if (backup == nullptr) return make_unexpected(target.error(sqlite3_errcode(target.handle())));
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !stopping) code = sqlite3_backup_step(backup, kPagesAtATime);
    const int finished = sqlite3_backup_finish(backup);
    if (stopping) return make_unexpected(stopped_error());
    if (code != SQLITE_DONE) return make_unexpected(target.error(finished != SQLITE_OK ? finished : code));
    // One file, which can also be read from a medium that cannot be written.
    return target.execute("PRAGMA journal_mode=DELETE");
}

Result<std::vector<Sha256Digest>> contents_in(const std::string& path) {
    CONVENE_TRY(database, Connection::open(path, Connection::Mode::read));
    CONVENE_TRY(row, database.prepare("SELECT DISTINCT digest FROM files"));
    std::vector<Sha256Digest> digests;
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) return digests;
        digests.push_back(digest_of(row.octets(0)));
    }
}

Result<BackupReport> fill(Readers& readers, const BlobFolder& blobs, const std::string& folder,
                          const std::atomic<bool>& stopping) {
    BackupReport report;
    for (const char* below : {"", "/blobs", "/tmp"})
        if (auto made = make_folder(folder + below); !made) return make_unexpected(std::move(made).error());
    const std::string database = folder + "/convene.db";
    if (auto copied = copy_database(readers, database, stopping); !copied)
        return make_unexpected(std::move(copied).error());
    CONVENE_TRY(size, size_of(database));
    report.database_octets = size;
    CONVENE_TRY(digests, contents_in(database));
    std::set<std::string> changed;
    for (const auto& digest : digests) {
        if (auto made = BlobFolder::make_place(folder, digest); !made) return make_unexpected(std::move(made).error());
        const auto path = BlobFolder::path_below(folder, digest);
        CONVENE_TRY(copied, copy_file(blobs.path_of(digest), path, true, stopping));
        (copied.linked ? report.blobs_linked : report.blobs_copied) += 1;
        report.blob_octets += copied.octets;
        changed.insert(folder_of(path));
    }
    for (const auto& one : changed)
        if (auto synced = sync_folder(one); !synced) return make_unexpected(std::move(synced).error());
    if (auto synced = sync_folder(folder); !synced) return make_unexpected(std::move(synced).error());
    return report;
}

}  // namespace

Result<BackupReport> back_up(Readers& readers, const BlobFolder& blobs, const std::string& target,
                             const std::atomic<bool>& stopping) {
    if (names_in(target) || size_of(target))
        return failure(StoreErrc::exists, target + " exists already; name a folder that does not");
    const std::string partial = target + ".partial";
    remove_folder_quietly(partial);  // of a back-up that did not come to its end
    blobs.ledger().hold_all();       // so that what the copied rows refer to stays until it is copied as well
    auto report = fill(readers, blobs, partial, stopping);
    blobs.ledger().let_all_go();
    if (report) {
        auto done = rename_path(partial, target);
        if (done) done = sync_folder(folder_of(target));
        if (!done) report = make_unexpected(std::move(done).error());
    }
    if (!report) remove_folder_quietly(partial);
    return report;
}

}  // namespace convene::store
