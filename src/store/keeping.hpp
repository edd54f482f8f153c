/// What is asked of a store now and then: back-ups, exports, retention, checks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/records.hpp"

namespace convene::store {

struct BackupReport {
    std::uint64_t database_octets = 0;
    std::uint64_t blobs_linked = 0;  ///< on the same disk: these need no space
    std::uint64_t blobs_copied = 0;
    std::uint64_t blob_octets = 0;  ///< of both
};

struct ExportReport {
    std::uint64_t entries = 0;
    std::uint64_t files = 0;
    std::uint64_t octets = 0;  ///< written
};

/// How long things are kept, counted back from the time given with it; empty: for ever.
struct Retention {
    std::optional<std::int64_t> conferences_ms;  ///< without a new entry or file for so long, they are deleted
    std::optional<std::int64_t> entries_ms;  ///< older ones go when a snapshot covers them, or their kind is in `kinds`
    std::vector<EntryKind> kinds;            ///< that no model is made of, such as lines of chat
    std::optional<std::int64_t> files_ms;
};

enum class CheckDepth : std::uint8_t {
    quick,  ///< the structure of the database, and whether every file's content is there with its size
    full,   ///< every index, every reference, and every octet of every content
};

inline constexpr std::size_t kMaxProblems = 100;  ///< that a check tells of

struct CheckReport {
    std::vector<std::string> problems;  ///< sentences; none: all is well
    std::uint64_t conferences = 0;
    std::uint64_t entries = 0;
    std::uint64_t files = 0;
    std::uint64_t blobs = 0;  ///< different contents looked at
};

}  // namespace convene::store
