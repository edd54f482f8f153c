/// What a store has done since it was opened, for metrics.
#pragma once

#include <cstdint>
#include <optional>

#include "store/store_error.hpp"

namespace convene::store {

struct StoreStats {
    std::uint64_t accepted = 0;         ///< entries
    std::uint64_t durable = 0;          ///< of these
    std::uint64_t refused_full = 0;     ///< because too much waited for the disk
    std::uint64_t refused_quota = 0;    ///< because the log of their conference had its full size
    std::uint64_t waiting_entries = 0;  ///< now
    std::uint64_t waiting_octets = 0;   ///< now
    std::uint64_t groups = 0;           ///< commits that made entries durable
    std::uint64_t largest_group = 0;    ///< in entries
    std::uint64_t disk_full = 0;        ///< commits that did not fit on the disk and were tried again
    std::uint64_t blob_octets = 0;      ///< of all contents, finished or not, now
    std::optional<StoreErrc> stopped;   ///< why nothing is written any more
};

}  // namespace convene::store
