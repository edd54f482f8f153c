// Random sessions of whiteboards. SIM_SEED=N runs one of them alone and, when it fails, prints all that was done in it.
#include "sim/whiteboard_simulation.hpp"

#include <gtest/gtest.h>

#include "sim/seeds.hpp"

namespace convene::sim {
namespace {

constexpr std::uint64_t kBoardSeeds = 600;

TEST(WhiteboardSimulation, AllBoardsAreEqualInTheEnd) {
    BoardSession all;
    auto seeds = seeds_to_run(kBoardSeeds);
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
    if (seeds.last - seeds.first + 1 < kBoardSeeds) return;
    EXPECT_GT(all.nodes, kBoardSeeds * 3);
    EXPECT_GT(all.losses, kBoardSeeds * 3);
    EXPECT_GT(all.copies, kBoardSeeds * 4);
    EXPECT_GT(all.operations, kBoardSeeds * 50);
    EXPECT_GT(all.objects, kBoardSeeds * 5);
}

TEST(WhiteboardSimulation, GoesTheSameWayAgain) {
    EXPECT_EQ(simulate_boards(7).trace, simulate_boards(7).trace);
    EXPECT_NE(simulate_boards(7).trace, simulate_boards(8).trace);
}

}  // namespace
}  // namespace convene::sim
