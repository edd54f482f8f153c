/// What an open store consists of. Private to the room.
#pragma once

#include "store/commit_queue.hpp"
#include "store/disk.hpp"
#include "store/entry_removal.hpp"
#include "store/readers.hpp"
#include "store/store.hpp"
#include "store/watchers.hpp"
#include "store/writer.hpp"

namespace convene::store {

struct Store::Parts {
    Parts(std::string in, const StoreLimits& with)
        : folder(std::move(in)), limits(with), queue(limits), readers(database()) {}

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

    std::string folder;
    StoreLimits limits;
    OpenFile lock;  // held while the store is open
    CommitQueue queue;
    Watchers watchers;
    Readers readers;
    std::unique_ptr<Writer> writer;
};

}  // namespace convene::store
