/// What time it is, in the two ways that admission needs: for waiting, and for dates.
#pragma once

#include <chrono>

#include "base/tagged.hpp"
#include "base/time.hpp"

namespace convene::admission {

/// Milliseconds since 1970-01-01T00:00:00Z: what invitations are dated with, because they outlive the process.
using UnixMs = StrongId<struct UnixMsTag, std::int64_t>;

struct Moment {
    Instant instant;
    UnixMs date;
};

inline UnixMs operator+(UnixMs date, std::chrono::milliseconds time) { return UnixMs{date.value + time.count()}; }

}  // namespace convene::admission
