/// Who holds which blob, and how much of the quotas is used. Private to the room.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "store/options.hpp"
#include "store/records.hpp"
#include "store/store_error.hpp"

namespace convene::store {

/// A pinned blob is not removed, though no row refers to it yet; neither is any blob while somebody holds them all.
/// "Loose" are those that are counted in the total and that no row refers to.
class BlobLedger {
public:
    explicit BlobLedger(const StoreLimits& limits) : limits_(limits) {}

    // ---- quotas
    void open_shelf(ConferenceId conference, std::uint64_t octets);
    void close_shelf(ConferenceId conference);
    void set_total(std::uint64_t octets);
    /// Sets octets aside on the shelf and in the total; quota, or not_found for the conference.
    Result<void> reserve(ConferenceId conference, std::uint64_t octets);
    /// The same for a content that is there already.
    Result<void> reserve_on_shelf(ConferenceId conference, std::uint64_t octets);
    void release_on_shelf(ConferenceId conference, std::uint64_t octets);
    void release_in_total(std::uint64_t octets);
    std::uint64_t total() const;

    // ---- pins
    /// Runs `place`, which may put the file in its place, while nobody can remove it; pins it when that succeeds.
    /// `place` says whether the file is new.
    Result<void> pin(const Sha256Digest& digest, std::uint64_t octets, const std::function<Result<bool>()>& place);
    void unpin(const Sha256Digest& digest);
    /// A row refers to it now.
    void shelved(const Sha256Digest& digest);
    /// No row refers to it any more.
    void unshelved(const Sha256Digest& digest, std::uint64_t octets);
    /// Runs `remove` while nobody can pin the blob; false, and nothing is run, when it is pinned or all are held.
    bool remove_unpinned(const Sha256Digest& digest, const std::function<bool()>& remove);
    std::vector<Sha256Digest> loose() const;

    void hold_all();
    void let_all_go();

private:
    Result<void> reserve_locked(ConferenceId conference, std::uint64_t octets);

    const StoreLimits limits_;
    mutable std::mutex mutex_;
    std::map<ConferenceId, std::uint64_t> shelves_;
    std::uint64_t total_ = 0;
    std::map<Sha256Digest, std::size_t> pins_;
    std::map<Sha256Digest, std::uint64_t> loose_;
    std::size_t holds_ = 0;
};

/// What keeps one blob, and its place on a shelf until a row takes it over.
struct BlobPin {
    std::shared_ptr<BlobLedger> ledger;  // outlives the store when a pin does
    ConferenceId conference;
    Sha256Digest digest{};
    std::uint64_t octets = 0;
    mutable std::atomic<bool> claimed{false};  ///< a row has the place on the shelf

    BlobPin(std::shared_ptr<BlobLedger> in, ConferenceId of, const Sha256Digest& what, std::uint64_t size)
        : ledger(std::move(in)), conference(of), digest(what), octets(size) {}
    BlobPin(const BlobPin&) = delete;
    BlobPin& operator=(const BlobPin&) = delete;
    ~BlobPin();
};

}  // namespace convene::store
