/// What a domain has decided so that nobody is sent more than it takes, as numbers that can be summed up: T.125 §13.2,
/// §13.3, §13.5.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "mcs/enums.hpp"

namespace convene::mcs {

/// Since a domain began. Counted where something is decided, not on the way of a PDU.
struct FlowCounts {
    /// Transports that were paused, by the priority of what filled the queue of a receiver. Control counts as top.
    std::array<std::uint64_t, kDataPriorities> pauses{};
    std::uint64_t merge_pauses = 0;  ///< transports that were paused until a merge is over
    std::uint64_t resumes = 0;       ///< transports that may be read from again
    std::uint64_t overflows = 0;     ///< connections that were closed because a queue was over its limit
    std::uint64_t too_slow = 0;      ///< connections that were closed because they took less than the domain demands
    std::uint64_t held = 0;          ///< PDUs that waited for the end of a merge

    std::uint64_t& of(DataPriority priority) { return pauses[static_cast<std::size_t>(priority)]; }
    std::uint64_t of(DataPriority priority) const { return pauses[static_cast<std::size_t>(priority)]; }

    void add(const FlowCounts& more) {
        for (std::size_t priority = 0; priority < kDataPriorities; ++priority)
            pauses[priority] += more.pauses[priority];
        merge_pauses += more.merge_pauses;
        resumes += more.resumes;
        overflows += more.overflows;
        too_slow += more.too_slow;
        held += more.held;
    }
};

}  // namespace convene::mcs
