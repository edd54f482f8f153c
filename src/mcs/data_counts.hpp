/// How much data has passed through a provider, and how much of it went no further, as numbers that can be summed up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "mcs/channel_table.hpp"
#include "mcs/enums.hpp"

namespace convene::mcs {

struct DataAmount {
    std::uint64_t pdus = 0;
    std::uint64_t octets = 0;  ///< of user data; of data in fragments a little more
};

/// Since a domain began. Each PDU counts once, however many receive it.
struct DataCounts {
    static constexpr std::size_t kKinds = 4;  ///< of ChannelKind

    std::array<std::array<DataAmount, kDataPriorities>, kKinds> passed{};
    std::uint64_t unheard = 0;        ///< PDUs to channels that nobody here had joined
    std::uint64_t not_admitted = 0;   ///< to private channels, from users who are not admitted
    std::uint64_t misattributed = 0;  ///< in the name of a user who is not on that side

    DataAmount& of(ChannelKind kind, DataPriority priority) {
        return passed[static_cast<std::size_t>(kind)][static_cast<std::size_t>(priority)];
    }
    const DataAmount& of(ChannelKind kind, DataPriority priority) const {
        return const_cast<DataCounts*>(this)->of(kind, priority);
    }
    void add(const DataCounts& more) {
        for (std::size_t kind = 0; kind < kKinds; ++kind) {
            for (std::size_t priority = 0; priority < kDataPriorities; ++priority) {
                passed[kind][priority].pdus += more.passed[kind][priority].pdus;
                passed[kind][priority].octets += more.passed[kind][priority].octets;
            }
        }
        unheard += more.unheard;
        not_admitted += more.not_admitted;
        misattributed += more.misattributed;
    }
};

}  // namespace convene::mcs
