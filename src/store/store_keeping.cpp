// What the store does now and then: collecting garbage, back-ups, exports, retention, checks.
#include <algorithm>

#include "store/chores.hpp"
#include "store/log_reader_parts.hpp"
#include "store/parts.hpp"

namespace convene::store {
namespace {

constexpr std::size_t kRetiredAtATime = 256;  // so long the writer is kept from committing

Result<std::vector<Sha256Digest>> unreferred(Connection& database, const std::vector<Sha256Digest>& digests) {
    CONVENE_TRY(row, database.prepare("SELECT 1 FROM files WHERE digest = ? LIMIT 1"));
    std::vector<Sha256Digest> found;
    for (const auto& digest : digests) {
        CONVENE_TRY(referred, row.bind(1, ByteView(digest)).step());
        if (!referred) found.push_back(digest);
        row.reset();
    }
    return found;
}

void add(Removed& sum, const Removed& more) {
    sum.conferences += more.conferences;
    sum.entries += more.entries;
    sum.files += more.files;
    sum.blobs += more.blobs;
    sum.blob_octets += more.blob_octets;
}

}  // namespace

template <class T>
Pending<T> Store::Parts::chore(std::function<Result<T>()> work) {
    if (waiting_chores >= kMaxChores)
        return Pending<T>(failure(StoreErrc::queue_full, "too many long tasks wait already; try again later"));
    ++waiting_chores;
    Pending<T> answer;
    chores.run([this, work = std::move(work), answer]() mutable {
        auto result = stopping ? Result<T>(make_unexpected(stopped_error())) : work();
        --waiting_chores;
        answer.resolve(std::move(result));
    });
    return answer;
}

Result<Removed> Store::Parts::collect() {
    CONVENE_TRY(all, BlobFolder::all_in(folder));
    std::vector<Sha256Digest> candidates;
    {
        CONVENE_TRY(database, readers.lend());
        CONVENE_TRY(found, unreferred(*database, all));
        candidates = std::move(found);
    }
    Removed sum;
    for (std::size_t at = 0; at < candidates.size(); at += kRetiredAtATime) {
        const auto end = std::min(at + kRetiredAtATime, candidates.size());
        Pending<Removed> answer;
        retire({candidates.begin() + static_cast<std::ptrdiff_t>(at),
                candidates.begin() + static_cast<std::ptrdiff_t>(end)},
               answer);
        CONVENE_TRY(removed, answer.wait());
        add(sum, removed);
    }
    // Pages that nothing is in any more go back to the disk, some at a time.
    for (int step = 0; step < kMaxVacuumSteps && !stopping; ++step) {
        auto freed = change<std::int64_t>([](Connection& database) -> Result<std::int64_t> {
                         if (auto done = database.execute("PRAGMA incremental_vacuum(500)"); !done)
                             return make_unexpected(std::move(done).error());
                         return database.integer("PRAGMA freelist_count");
                     }).wait();
        if (!freed) return make_unexpected(std::move(freed).error());
        if (*freed == 0) break;
    }
    return sum;
}

void Store::Parts::after_hold() {
    auto loose = blobs.ledger().loose();
    if (!loose.empty()) retire(std::move(loose), Pending<Removed>());
}

Pending<Removed> Store::collect_garbage() {
    return parts_->chore<Removed>([parts = parts_.get()] { return parts->collect(); });
}

Pending<BackupReport> Store::back_up(std::string target) {
    return parts_->chore<BackupReport>([parts = parts_.get(), target = std::move(target)] {
        auto report = store::back_up(parts->readers, parts->blobs, target, parts->stopping);
        parts->after_hold();
        return report;
    });
}

Pending<ExportReport> Store::export_conference(ConferenceId conference, std::string target) {
    return parts_->chore<ExportReport>([parts = parts_.get(), conference, target = std::move(target)] {
        auto report = store::export_conference(parts->readers, parts->blobs, conference, target, parts->stopping);
        parts->after_hold();
        return report;
    });
}

Pending<CheckReport> Store::check(CheckDepth depth) {
    return parts_->chore<CheckReport>([parts = parts_.get(), depth] {
        auto report = store::check(parts->readers, parts->blobs, depth, parts->stopping);
        parts->after_hold();
        return report;
    });
}

Pending<Removed> Store::apply_retention(Retention policy, UnixMs now) {
    return parts_->chore<Removed>([this, policy = std::move(policy), now]() -> Result<Removed> {
        CONVENE_TRY(all, conferences());
        Removed sum;
        for (const auto& conference : all) {
            if (parts_->stopping) return make_unexpected(stopped_error());
            auto removed = policy.conferences_ms && conference.active.value < now.value - *policy.conferences_ms
                               ? delete_conference(conference.id).wait()
                               : parts_->retain(conference.id, policy, now);
            if (removed)
                add(sum, *removed);
            else if (removed.error().code != StoreErrc::not_found)  // somebody else has deleted it meanwhile
                return removed;
        }
        return sum;
    });
}

Result<Removed> Store::Parts::retain(ConferenceId conference, const Retention& policy, UnixMs now) {
    Removed sum;
    if (policy.files_ms) {
        CONVENE_TRY(database, readers.lend());
        CONVENE_TRY(files, files_of(*database, conference));
        std::vector<FileId> old;
        for (const auto& file : files)
            if (file.time.value < now.value - *policy.files_ms) old.push_back(file.id);
        if (!old.empty()) {
            CONVENE_TRY(removed, remove_files(conference, std::move(old)).wait());
            add(sum, removed);
        }
    }
    if (policy.entries_ms) {
        CONVENE_TRY(removed,
                    remove_old_entries(conference, policy.kinds, UnixMs{now.value - *policy.entries_ms}).wait());
        add(sum, removed);
    }
    return sum;
}

Pending<Removed> Store::Parts::remove_old_entries(ConferenceId conference, std::vector<EntryKind> kinds,
                                                  UnixMs before) {
    auto covered = std::make_shared<EntryIndex>();  // found in the first step, used in all
    auto through = [conference, covered](Connection& database) -> Result<EntryIndex> {
        CONVENE_TRY(row, database.prepare("SELECT last_index, (SELECT through FROM snapshots WHERE conference = id)"
                                          " FROM conferences WHERE id = ? AND deleted = 0"));
        CONVENE_TRY(there, row.bind(1, conference.value).step());
        if (!there) return failure(StoreErrc::not_found, "the conference is gone");
        covered->value = row.count(1);
        return EntryIndex{row.count(0)};
    };
    auto doomed = [covered, kinds = std::move(kinds), before](const EntryFacts& entry) {
        if (entry.time >= before) return false;
        return entry.index <= *covered || std::find(kinds.begin(), kinds.end(), entry.kind) != kinds.end();
    };
    Pending<Removed> answer;
    remove_entries(conference, std::move(through), std::move(doomed),
                   [answer](Result<Removed> removed) mutable { answer.resolve(std::move(removed)); });
    return answer;
}

}  // namespace convene::store
