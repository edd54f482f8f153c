/// The folder of contents: where each lies, how it gets there and how it goes. Private to the room.
#pragma once

#include <atomic>
#include <string>

#include "store/blob_ledger.hpp"
#include "store/disk.hpp"
#include "store/sqlite.hpp"

namespace convene::store {

/// `blobs/ab/cd/abcd…`, and `tmp/` for what is being written or removed. Any thread.
class BlobFolder {
public:
    BlobFolder(std::string folder, const StoreLimits& limits)
        : folder_(std::move(folder)), ledger_(std::make_shared<BlobLedger>(limits)) {}

    static std::string path_below(const std::string& folder, const Sha256Digest& digest);
    /// Makes the two folders that a content lies in.
    static Result<void> make_place(const std::string& folder, const Sha256Digest& digest);
    std::string path_of(const Sha256Digest& digest) const { return path_below(folder_, digest); }
    /// The contents that lie in a store's folder, whether or not anything refers to them.
    static Result<std::vector<Sha256Digest>> all_in(const std::string& folder);

    /// A path below tmp/ that nobody else has.
    std::string temporary();
    /// Removes what the last run left in tmp/.
    Result<void> clean();

    /// Brings a finished file to its place, durably, and pins it. The octets must be on disk already. `temporary`
    /// becomes empty when the file, and what was reserved for it, is the pin's, also where an error comes after that.
    Result<std::shared_ptr<const BlobPin>> place(std::string& temporary, ConferenceId conference,
                                                 const Sha256Digest& digest, std::uint64_t octets);
    /// Pins what is there already, for another row.
    Result<std::shared_ptr<const BlobPin>> pin(ConferenceId conference, const Sha256Digest& digest);

    /// Moves out of the way what no row refers to and nobody holds; on the writer's thread, between two transactions.
    /// The paths of what is then to be unlinked are added to `dead`.
    Removed retire(Connection& database, const std::vector<Sha256Digest>& digests, std::vector<std::string>& dead);

    BlobLedger& ledger() const { return *ledger_; }
    const std::shared_ptr<BlobLedger>& shared_ledger() const { return ledger_; }
    const std::string& folder() const { return folder_; }

private:
    std::string folder_;
    std::shared_ptr<BlobLedger> ledger_;  // shared with pins, which may outlive the store
    std::atomic<std::uint64_t> next_temporary_{1};
};

}  // namespace convene::store
