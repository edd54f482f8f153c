// Random meetings of a server and up to 20 participants. SIM_SEED=N runs one of them alone and, when it fails, prints
// all that was done in it.
#include "sim/conference_simulation.hpp"

#include <gtest/gtest.h>

#include "sim/seeds.hpp"

namespace convene::sim {
namespace {

constexpr std::uint64_t kSeeds = 1000;

TEST(ConferenceSimulation, EverybodySeesAndHearsTheSame) {
    std::size_t joined = 0;
    std::size_t heard = 0;
    auto seeds = seeds_to_run(kSeeds);
    for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
        Meeting meeting = simulate_meeting(seed);
        ASSERT_TRUE(meeting.violations.empty()) << "seed " << seed << ", replay with: SIM_SEED=" << seed
                                                << " simulation_test --gtest_filter=ConferenceSimulation.*\n"
                                                << meeting.trace;
        joined += meeting.joined;
        heard += meeting.heard;
    }
    if (seeds.last - seeds.first + 1 < kSeeds) return;
    EXPECT_GT(joined, kSeeds * 8);
    EXPECT_GT(heard, kSeeds * 30);
}

}  // namespace
}  // namespace convene::sim
