/// The memory of conferences: a log for each, its snapshots and settings, and the files on its shelf, in one folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/blob.hpp"
#include "store/keeping.hpp"
#include "store/log_reader.hpp"
#include "store/log_watcher.hpp"
#include "store/options.hpp"
#include "store/pending.hpp"
#include "store/records.hpp"
#include "store/stats.hpp"

namespace convene::store {

inline constexpr std::size_t kMaxChores = 64;  ///< long tasks that wait; more are refused with queue_full

/// One open store; any thread may call it. It has one thread that writes, one that waits for
/// files to reach the disk, and one for long tasks.
///
/// Changes answer when they are durable. Reading sees what is durable, on a connection of its own, and never waits for
/// the writer. Nothing made by the store may outlive it.
class Store {
public:
    /// Opens the store in `folder`, or makes it there; the folder above must exist. One process at a time.
    /// Errors: in_use, read_only, damaged, newer_schema, disk_full, io, each with what to do about it.
    static Result<std::unique_ptr<Store>> open(const std::string& folder, const StoreLimits& limits = {});
    /// Makes durable what was accepted, then ends.
    ~Store();

    // ---- conferences

    /// exists when another has the name; too_large, quota (StoreLimits::conferences).
    Pending<ConferenceId> create_conference(NewConference conference);
    Pending<Done> rename_conference(ConferenceId conference, std::string name);
    /// Gone for everybody with the first step; the rest is removed in small steps, also after a restart.
    Pending<Removed> delete_conference(ConferenceId conference);
    Pending<Done> set_residents(ConferenceId conference, std::uint32_t residents);
    Pending<Done> put_setting(ConferenceId conference, Setting setting);
    Pending<Done> remove_setting(ConferenceId conference, std::string key);

    Result<std::vector<ConferenceRecord>> conferences();  ///< ordered by name
    Result<ConferenceRecord> conference(ConferenceId conference);
    Result<ConferenceId> find_conference(std::string_view name);
    Result<std::vector<Setting>> settings(ConferenceId conference);  ///< ordered by key

    // ---- logs

    /// Takes the entry and returns at once with its index, or leaves `entry` as it is. The index is durable when the
    /// watcher says so. Refusals: queue_full (its watcher's room() says when to try again), quota, too_large,
    /// not_found, or why the store has stopped writing.
    Expected<EntryIndex, StoreErrc> append(ConferenceId conference, Entry&& entry);
    /// Whom to tell about this conference; replaces the one before.
    void watch(ConferenceId conference, LogWatcher watcher);
    /// Nothing is posted after this returns.
    void unwatch(ConferenceId conference);
    /// Answers when everything that was appended before is durable.
    Pending<Done> flush();

    /// Replaces the snapshot before. Its `through` must have been appended, and not lie behind the one before.
    Pending<Done> put_snapshot(ConferenceId conference, Snapshot snapshot);
    /// Removes the entries that the newest snapshot covers, except those of the kinds in `keep`.
    Pending<Removed> trim(ConferenceId conference, std::vector<EntryKind> keep = {});

    /// The newest snapshot, if there is one, and all entries after it and from `from` on.
    Result<LogReader> replay(ConferenceId conference, EntryIndex from = {});
    /// All entries from `from` on that are there, snapshots or not.
    Result<LogReader> read(ConferenceId conference, EntryIndex from = {});

    // ---- files

    /// A new content, counted against the quota of this conference as it is written.
    Result<BlobWriter> write_blob(ConferenceId conference);
    /// A content that is there already, for another file; not_found, quota.
    Result<Blob> find_blob(ConferenceId conference, const Sha256Digest& digest);
    Result<BlobReader> read_blob(const Sha256Digest& digest);
    /// Puts a file on the shelf. The content stays as long as a file has it; then it is removed.
    Pending<FileId> add_file(ConferenceId conference, NewFile file, const Blob& content);
    Pending<Removed> remove_file(ConferenceId conference, FileId file);
    Result<std::vector<FileRecord>> files(ConferenceId conference);  ///< in the order in which they were added

    // ---- now and then; these take a thread of their own, one after the other, and kMaxChores wait at most

    /// Removes contents that nothing refers to, such as an earlier run's, and gives unused space back to the disk.
    Pending<Removed> collect_garbage();
    /// A copy of everything as of one moment, complete when `target` is there; itself a store that can be opened.
    /// Contents are linked where they lie on the same disk. exists when `target` does.
    Pending<BackupReport> back_up(std::string target);
    /// One conference as plain files, for people and programs: see docs/store.md. exists when `target` does.
    Pending<ExportReport> export_conference(ConferenceId conference, std::string target);
    Pending<Removed> apply_retention(Retention policy, UnixMs now);
    Pending<CheckReport> check(CheckDepth depth);

    StoreStats stats() const;

    struct Parts;

private:
    explicit Store(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace convene::store
