/// One simulated meeting of whole nodes, server and participants, from a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace convene::sim {

inline constexpr std::size_t kMaxParticipants = 20;  ///< at one time

struct Meeting {
    std::vector<std::string> violations;  ///< empty: all is well
    std::string trace;                    ///< what was done, one line for each action
    std::size_t joined = 0;               ///< participants there have been
    std::size_t lines = 0;                ///< said
    std::size_t heard = 0;                ///< deliveries of them
};

/// Participants join, leave, are cut off, change their names and chat. Then everything comes to rest: all rosters
/// agree, every line has reached everybody who was there throughout, and when all are gone nothing is left of them.
Meeting simulate_meeting(std::uint64_t seed);

}  // namespace convene::sim
