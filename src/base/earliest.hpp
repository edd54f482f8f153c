/// The first of several moments of which each may never come.
#pragma once

#include <optional>

#include "base/time.hpp"

namespace convene {

/// Makes `first` the earlier of the two; nothing is never.
inline void earliest(std::optional<Instant>& first, const std::optional<Instant>& other) {
    if (other && (!first || *other < *first)) first = other;
}

}  // namespace convene
