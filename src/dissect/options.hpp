/// What can be chosen about dissecting, and its limits.
#pragma once

#include <cstddef>

namespace convene::dissect {

struct Options {
    bool round_trip = false;  ///< encode every PDU again, and say where that differs
};

/// A TSDU longer than this is given up; connect PDUs have no limit of their own (T.125 §9).
inline constexpr std::size_t kMaxTsdu = std::size_t{1} << 20;
/// Segments of user data that wait for their last one, all senders of a stream together.
inline constexpr std::size_t kMaxWaitingSegments = std::size_t{4} << 20;
/// Of octets that are not understood so many are kept to be shown.
inline constexpr std::size_t kMaxShown = 4096;

}  // namespace convene::dissect
