/// What an open store consists of. Private to the room.
#pragma once

#include <atomic>

#include "store/blob_folder.hpp"
#include "store/commit_queue.hpp"
#include "store/disk.hpp"
#include "store/entry_removal.hpp"
#include "store/lost_files.hpp"
#include "store/readers.hpp"
#include "store/store.hpp"
#include "store/task_thread.hpp"
#include "store/watchers.hpp"
#include "store/writer.hpp"

namespace convene::store {

inline constexpr int kMaxVacuumSteps = 10'000;  ///< of 500 pages, in one collection

struct Store::Parts {
    Parts(std::string in, const StoreLimits& with)
        : folder(std::move(in)), limits(with), blobs(folder, limits), queue(limits), readers(database()) {}

    std::string database() const { return folder + "/convene.db"; }

    /// Queues a change and returns what will answer it. `after` runs on the writer's thread when it is durable.
    template <class T>
    Pending<T> change(typename Change<T>::Run run, typename Change<T>::After after = nullptr, std::size_t octets = 0) {
        Pending<T> answer;
        queue.push(std::make_unique<Change<T>>(std::move(run), std::move(after), answer, octets));
        return answer;
    }

    void stop();
    /// Removes the doomed entries up to what `through` says, in short steps.
    void remove_entries(ConferenceId conference, std::function<Result<EntryIndex>(Connection&)> through,
                        std::function<bool(const EntryFacts&)> doomed, std::function<void(Result<Removed>)> answer);
    /// Removes all that is left of a conference that is marked as deleted.
    void remove_rest(ConferenceId conference, Pending<Removed> answer);

    /// Removes rows of files, all or none, and then the contents that nothing refers to any more.
    Pending<Removed> remove_files(ConferenceId conference, std::vector<FileId> ids);
    /// What follows when rows of files are gone, durably: their contents go, too, and then the answer comes.
    void files_lost(ConferenceId conference, const LostFiles& lost, Pending<Removed> answer);
    /// Has the writer remove, between two transactions, those of the contents that nobody has or refers to.
    void retire(std::vector<Sha256Digest> digests, Pending<Removed> answer);
    /// What could not be removed while a chore held all contents.
    void after_hold();

    /// Runs `work` on the thread for long tasks.
    template <class T>
    Pending<T> chore(std::function<Result<T>()> work);
    Result<Removed> collect();
    Result<Removed> retain(ConferenceId conference, const Retention& policy, UnixMs now);
    Pending<Removed> remove_old_entries(ConferenceId conference, std::vector<EntryKind> kinds, UnixMs before);

    std::string folder;
    StoreLimits limits;
    OpenFile lock;  // held while the store is open
    BlobFolder blobs;
    CommitQueue queue;
    Watchers watchers;
    Readers readers;
    std::unique_ptr<Writer> writer;
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> waiting_chores{0};
    TaskThread disk, chores;
};

}  // namespace convene::store
