/// Writes TSDUs as data frames, several where the peer's TPDU size asks for it. X.224 clause 6.3, segmenting.
#pragma once

#include <cstddef>
#include <vector>

#include "base/bytes.hpp"
#include "base/slice.hpp"
#include "t123/tsdu.hpp"

namespace convene::t123 {

/// A copy of `payload` with its frame header before it, to be sent to any number of connections without another copy.
/// Framed when `payload` holds at most kMaxDataPayload octets.
Tsdu make_framed(ByteView payload);

/// The frames of a TSDU that is not empty, payload shared and headers in one small buffer. `max_tpdu` is at least
/// kMinTpdu.
void write_frames(const Tsdu& tsdu, std::size_t max_tpdu, std::vector<Slice>& into);

/// The frames of a TSDU that is not empty, headers and payload copied into one run.
Slice write_frames(ByteView payload, std::size_t max_tpdu);

}  // namespace convene::t123
