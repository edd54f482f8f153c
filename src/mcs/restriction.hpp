/// What the users below one connection may not do, by order of whoever runs the top provider.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.hpp"
#include "mcs/enums.hpp"
#include "mcs/flat_set.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// T.125 lets everybody send on every channel that is not private, and take every token. Where a conference has rights,
/// its top provider drops what goes beyond them before anybody hears it.
struct Restriction {
    bool only_listed = false;  ///< data may go to `channels` alone; otherwise everywhere but there
    FlatSet<ChannelId> channels;
    /// Of those where data may go: there an SDU must begin with an octet that passes, or with one of the openings.
    FlatSet<ChannelId> screened;
    std::bitset<256> passes;
    std::vector<Bytes> openings;
    bool may_use_tokens = true;

    /// `data` are the octets of this PDU. What goes on with an SDU passes: without a beginning nobody can read it.
    bool permits(ChannelId channel, Segmentation segment, ByteView data) const {
        if (channels.contains(channel) != only_listed) return false;
        if (screened.empty() || !segment.begin || !screened.contains(channel)) return true;
        if (!data.empty() && passes.test(std::to_integer<std::size_t>(data[0]))) return true;
        return std::any_of(openings.begin(), openings.end(), [&](const Bytes& opening) {
            return data.size() >= opening.size() && equal(data.first(opening.size()), opening);
        });
    }

    friend bool operator==(const Restriction&, const Restriction&) = default;
};

/// Shared by the connections of one right: there may be hundreds.
using SharedRestriction = std::shared_ptr<const Restriction>;

}  // namespace convene::mcs
