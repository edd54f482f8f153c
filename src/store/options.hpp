/// How a store behaves and how much it may hold.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace convene::store {

/// What a reported index survives.
enum class Durability : std::uint8_t {
    full,    ///< the loss of power: one flush of the disk's cache for each group of entries
    normal,  ///< the end of the process; the loss of power may cost the last entries, never order or consistency
    none,    ///< the end of the process; after the loss of power the database may be damaged. For measurements
};

/// Zero means "no limit" where a limit may be absent.
struct StoreLimits {
    Durability durability = Durability::full;

    std::size_t queue_entries = 65'536;            ///< accepted and not yet durable, all conferences together
    std::size_t queue_octets = 64 << 20;           ///< the same in octets
    std::size_t queue_jobs = 4'096;                ///< changes other than entries that wait
    std::size_t entry_octets = 4 << 20;            ///< of one payload
    std::size_t snapshot_octets = 256 << 20;       ///< of one snapshot
    std::uint64_t log_octets = 4ULL << 30;         ///< of the log of one conference, payloads and authors; 0: none
    std::uint64_t database_octets = 0;             ///< of the database file; 0: as much as the disk holds
    std::uint64_t conference_files = 16ULL << 30;  ///< octets on the shelf of one conference; 0: none
    std::uint64_t total_files = 64ULL << 30;       ///< octets of all blobs, equal ones counted once; 0: none
    std::uint64_t file_octets = 8ULL << 30;        ///< of one file; 0: none
    std::size_t conferences = 100'000;
    std::size_t files = 100'000;  ///< on the shelf of one conference

    /// How long the first entry of a group waits for others. More saves flushes, and delays what is reported.
    std::chrono::microseconds gather{0};
    /// How often a full disk is tried again.
    std::chrono::milliseconds retry{500};
    /// A database no larger than this is checked as a whole when it is opened.
    std::uint64_t check_below = 32 << 20;
};

}  // namespace convene::store
