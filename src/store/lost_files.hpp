/// What removing rows of files leaves behind. Private to the room.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "store/records.hpp"
#include "store/sqlite.hpp"

namespace convene::store {

inline Sha256Digest digest_of(ByteView octets) {
    Sha256Digest digest{};
    std::copy_n(octets.begin(), std::min(octets.size(), digest.size()), digest.begin());
    return digest;
}

struct LostFiles {
    Removed removed;
    std::uint64_t shelf_octets = 0;
    std::vector<std::pair<Sha256Digest, std::uint64_t>> contents;  ///< that no row refers to any more

    /// The row is removed already, in the same transaction.
    Result<void> note(Connection& database, const Sha256Digest& digest, std::uint64_t octets);
};

/// not_found when there is no such conference.
Result<std::vector<FileRecord>> files_of(Connection& database, ConferenceId conference);

}  // namespace convene::store
