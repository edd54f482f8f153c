// Random sessions of whiteboards. SIM_SEED=N runs one of them alone and, when it fails, prints all that was done in it.
#include "sim/whiteboard_simulation.hpp"

#include <gtest/gtest.h>

#include "sim/seeds.hpp"

namespace convene::sim {
namespace {

constexpr std::uint64_t kSeeds = 600;

TEST(WhiteboardSimulation, AllBoardsAreEqualInTheEnd) {
    BoardSession all;
    auto seeds = seeds_to_run(kSeeds);
    for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
        BoardSession session = simulate_boards(seed);
        ASSERT_TRUE(session.violations.empty()) << "seed " << seed << ", replay with: SIM_SEED=" << seed
                                                << " simulation_test --gtest_filter=WhiteboardSimulation.*\n"
                                                << session.trace;
        all.nodes += session.nodes;
        all.losses += session.losses;
        all.copies += session.copies;
        all.operations += session.operations;
        all.objects += session.objects;
    }
    if (seeds.last - seeds.first + 1 < kSeeds) return;
    EXPECT_GT(all.nodes, kSeeds * 3);
    EXPECT_GT(all.losses, kSeeds * 3);
    EXPECT_GT(all.copies, kSeeds * 4);
    EXPECT_GT(all.operations, kSeeds * 50);
    EXPECT_GT(all.objects, kSeeds * 5);
}

TEST(WhiteboardSimulation, GoesTheSameWayAgain) {
    EXPECT_EQ(simulate_boards(7).trace, simulate_boards(7).trace);
    EXPECT_NE(simulate_boards(7).trace, simulate_boards(8).trace);
}

}  // namespace
}  // namespace convene::sim
