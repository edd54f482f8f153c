/// Which seeds a test runs: by default a fixed number, fewer where a sanitizer makes everything slow, or as asked for.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace convene::sim {

struct Seeds {
    std::uint64_t first = 1;
    std::uint64_t last = 0;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::uint64_t kSlowness = 10;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr std::uint64_t kSlowness = 10;
#else
inline constexpr std::uint64_t kSlowness = 1;
#endif
#else
inline constexpr std::uint64_t kSlowness = 1;
#endif

/// SIM_SEED in the environment asks for that seed alone, SIM_SEEDS for so many.
inline Seeds seeds_to_run(std::uint64_t usual) {
    if (const char* one = std::getenv("SIM_SEED")) {
        std::uint64_t seed = std::strtoull(one, nullptr, 10);
        return {seed, seed};
    }
    if (const char* many = std::getenv("SIM_SEEDS")) return {1, std::strtoull(many, nullptr, 10)};
    return {1, usual / kSlowness};
}

}  // namespace convene::sim
