/// Counts durations so that percentiles can be told within 2 %, at the cost of one increment each.
#pragma once

#include <array>
#include <cstdint>

namespace convene::bench::peers {

class Histogram {
public:
    void add(std::uint64_t nanoseconds) {
        ++counts_[index_of(nanoseconds)];
        ++total_;
    }
    std::uint64_t total() const { return total_; }

    /// The duration that `share` (0 to 1) of all do not exceed, in nanoseconds; 0 when there are none.
    double percentile(double share) const {
        auto rank = static_cast<std::uint64_t>(share * static_cast<double>(total_));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            seen += counts_[i];
            if (seen > rank || (seen == total_ && seen > 0)) return middle_of(i);
        }
        return 0;
    }

private:
    static constexpr unsigned kSteps = 32;      ///< for each power of two
    static constexpr unsigned kStepBits = 5;    ///< of kSteps
    static constexpr unsigned kDoublings = 40;  /// up to 2^40 ns, 18 minutes

    static std::size_t index_of(std::uint64_t value) {
        if (value < kSteps) return value;
        unsigned top = 63U - static_cast<unsigned>(__builtin_clzll(value));
        std::size_t index = (top - kStepBits + 1) * kSteps + ((value >> (top - kStepBits)) & (kSteps - 1));
        return index < kSteps * kDoublings ? index : kSteps * kDoublings - 1;
    }
    static double middle_of(std::size_t index) {
        if (index < kSteps) return static_cast<double>(index);
        auto shift = index / kSteps - 1;
        auto low = static_cast<double>((kSteps + index % kSteps) << shift);
        return low + 0.5 * static_cast<double>(std::uint64_t{1} << shift);
    }

    std::array<std::uint64_t, kSteps * kDoublings> counts_{};
    std::uint64_t total_ = 0;
};

}  // namespace convene::bench::peers
