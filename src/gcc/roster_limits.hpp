/// How large the parts of a roster may be, and what is said about a part that is refused.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "gcc/records.hpp"

namespace convene::gcc {

// The standard allows 65536 of nearly everything. These are far above what conferences need and keep one peer from
// filling the memory of all.
inline constexpr std::size_t kMaxNodes = 20'000;            ///< in one conference
inline constexpr std::size_t kMaxParticipants = 256;        ///< in one node record
inline constexpr std::size_t kMaxRecordOctets = 64 * 1024;  ///< user data or application data of one record
inline constexpr std::size_t kMaxSessions = 4096;           ///< in one conference
inline constexpr std::size_t kMaxEntitiesPerNode = 128;     ///< over all sessions
inline constexpr std::size_t kMaxEntities = 100'000;        ///< in one conference, over all sessions
inline constexpr std::size_t kMaxNonCollapsing = 256;       ///< non-collapsing capabilities of one record
inline constexpr std::size_t kMaxCapabilities = 1024;       ///< collapsing ones, of one session or entity

/// A part of a peer's roster update that was left out; the rest was taken.
struct RosterIncident {
    UserId node;            ///< whom the part was about
    std::string_view what;  ///< static storage

    friend bool operator==(const RosterIncident&, const RosterIncident&) = default;
};

/// Tells whether a node lies below the connection on which an update arrived; only those may be changed by it.
using InSubtree = std::function<bool(UserId)>;

/// What is too large about the record; nothing when it is acceptable.
std::optional<std::string_view> excess_of(const NodeRecord& record);
std::optional<std::string_view> excess_of(const ApplicationRecord& record);

}  // namespace convene::gcc
