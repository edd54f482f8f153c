/// One transport service data unit (for T.120: one MCSPDU), as it came from a transport connection or goes to one.
#pragma once

#include <cstddef>

#include "base/slice.hpp"

namespace convene::t123 {

/// Octets before the payload of a plain data frame: TPKT header (4), then LI, DT code, EOT and number (3).
inline constexpr std::size_t kDataHeaderSize = 7;

/// A TSDU whose octets are shared, so that relaying it to many connections copies nothing.
struct Tsdu {
    Slice payload;
    /// True when the kDataHeaderSize octets right before `payload` in the same buffer are exactly
    /// `03 00 LL LL 02 F0 80` with LLLL = payload.size() + kDataHeaderSize; then
    /// `payload.widened_front(kDataHeaderSize)` is the whole frame, ready to be written again.
    bool framed = false;
};

}  // namespace convene::t123
