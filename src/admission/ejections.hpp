/// Who was put out of a conference and may not simply come in again: by address, and by the invitation used.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace convene::admission {

/// For the rest of a conference; of one that never ends, for this long.
inline constexpr Duration kEjectionTime = std::chrono::hours(12);
inline constexpr std::size_t kMaxEjections = 256;  ///< of one conference; beyond that the oldest is forgotten

class Ejections {
public:
    /// `source` as in Arrival, empty when it is not known.
    void add(std::string source, std::optional<std::string> invitation, Instant now);
    bool has_source(std::string_view source, Instant now) const;
    bool has_invitation(std::string_view id, Instant now) const;

private:
    struct Ejection {
        std::string source;
        std::optional<std::string> invitation;
        Instant until;
    };
    std::deque<Ejection> list_;  // oldest first
};

}  // namespace convene::admission
