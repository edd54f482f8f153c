/// Chooses dynamic channel ids for a top provider. T.125 §13.7.
#pragma once

#include <cstdint>
#include <numeric>
#include <optional>

#include "mcs/channel_table.hpp"

namespace convene::mcs {

/// Walks 1001..65535 in an order that the seed decides and that visits every id once in a round: ids of different
/// domains seldom collide when they merge, and a released id stays unused as long as possible.
class IdAllocator {
public:
    explicit IdAllocator(std::uint32_t seed) {
        std::uint64_t mixed = (seed + 1ULL) * 0x9E3779B97F4A7C15ULL;  // the golden ratio's fraction spreads small seeds
        at_ = static_cast<std::uint32_t>((mixed >> 40) % kRange);
        stride_ = static_cast<std::uint32_t>((mixed >> 16) % kRange) | 1;
        while (std::gcd(stride_, kRange) != 1) stride_ += 2;
    }

    /// Nothing when every id is in use.
    std::optional<ChannelId> next(const ChannelTable& in_use) {
        for (std::uint32_t tries = 0; tries < kRange; ++tries) {
            ChannelId id{static_cast<std::uint16_t>(kFirstDynamicChannel + at_)};
            at_ = (at_ + stride_) % kRange;
            if (in_use.find(id) == nullptr) return id;
        }
        return std::nullopt;
    }

private:
    static constexpr std::uint32_t kRange = 65535 - kFirstDynamicChannel + 1;

    std::uint32_t at_ = 0;
    std::uint32_t stride_ = 1;
};

}  // namespace convene::mcs
