/// The memory of conferences: a log for each, its snapshots and settings, and the files on its shelf, in one folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/log_reader.hpp"
#include "store/log_watcher.hpp"
#include "store/options.hpp"
#include "store/pending.hpp"
#include "store/records.hpp"
#include "store/stats.hpp"

namespace convene::store {

/// One open store; any thread may call it. It has one thread that writes and one that waits for files.
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

    StoreStats stats() const;

    struct Parts;

private:
    explicit Store(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace convene::store
