/// The one source of chance in a simulation: the same seed gives the same numbers on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace convene::sim {

/// splitmix64. The distributions of the standard library differ between its implementations, so there are none here.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    /// A source of its own for each `index`, so that leaving one out does not change the others.
    Random(std::uint64_t seed, std::uint64_t index) : state_(seed * 0x9E3779B97F4A7C15ULL + index) { next(); }

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// 0 to `below` - 1; `below` is at least 1.
    std::size_t pick(std::size_t below) { return static_cast<std::size_t>(next() % below); }
    std::size_t between(std::size_t least, std::size_t most) { return least + pick(most - least + 1); }
    bool chance(unsigned percent) { return pick(100) < percent; }
    /// From nothing up to `most`.
    Duration up_to(Duration most) {
        using Count = Duration::rep;
        return Duration{static_cast<Count>(pick(static_cast<std::size_t>(most.count()) + 1))};
    }
    template <class Container>
    const auto& one_of(const Container& values) {
        return values[pick(values.size())];
    }

private:
    std::uint64_t state_;
};

}  // namespace convene::sim
