/// One simulated life of a forest of MCS providers, from a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace convene::sim {

inline constexpr std::size_t kMaxProviders = 64;
inline constexpr std::size_t kMaxUsers = 200;  ///< at one time

struct Options {
    std::uint64_t seed = 1;
    bool trace = false;
    /// Only the first so many actions take place…
    std::size_t actions = std::numeric_limits<std::size_t>::max();
    /// … and not these. An action depends on the seed, its number and what it finds, not on those before it.
    std::set<std::size_t> left_out;
};

struct Outcome {
    std::vector<std::string> violations;  ///< empty: all is well
    std::string trace;                    ///< when it was asked for
    std::uint64_t fingerprint = 0;        ///< of everything that was delivered
    std::size_t providers = 0;
    std::size_t most_users = 0;
    std::size_t actions = 0;
    std::uint64_t pdus = 0;
    std::uint64_t messages = 0;  ///< SDUs that reached a user
};

/// Everything random is done in a random world; then it comes to rest, every rule is checked, every channel is used
/// once more, and all users go.
Outcome simulate_domains(const Options& options);

/// The same failing life with as few actions as can be found by leaving out one after the other.
Options shorten(Options failing);

}  // namespace convene::sim
