// Slow and hanging receivers in conferences that a seed chooses. SIM_SEED=N runs that seed alone; when it fails, the
// end of all that happened is printed.
#include "sim/backpressure_simulation.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "sim/seeds.hpp"

namespace convene::sim {
namespace {

constexpr std::uint64_t kSeeds = 200;
constexpr std::size_t kShownTrace = 16 * 1024;

/// With one seed alone not everything need happen that happens in all of them.
bool are_all() { return std::getenv("SIM_SEED") == nullptr; }

/// What happened in all lives together.
PressureOutcome live(Scenario scenario) {
    PressureOutcome sum;
    auto seeds = seeds_to_run(kSeeds);
    for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
        PressureOutcome outcome = simulate_pressure(scenario, seed);
        if (!outcome.violations.empty()) {
            std::string text;
            for (const auto& violation : outcome.violations) text += "  " + violation + "\n";
            std::string trace = simulate_pressure(scenario, seed, true).trace;
            if (trace.size() > kShownTrace) trace = "…" + trace.substr(trace.size() - kShownTrace);
            ADD_FAILURE() << "seed " << seed << ", replay with SIM_SEED=" << seed << "\n" << text << trace;
            return sum;
        }
        EXPECT_EQ(outcome.fingerprint, simulate_pressure(scenario, seed).fingerprint) << "seed " << seed;
        sum.flow.add(outcome.flow);
        sum.messages += outcome.messages;
    }
    return sum;
}

TEST(BackpressureSimulation, ASlowReceiverPausesThoseWhoFeedItAndNobodyElse) {
    const auto outcome = live(slow_receiver);
    EXPECT_TRUE(!are_all() || outcome.flow.resumes > 0);
}

TEST(BackpressureSimulation, NothingWaitsForLowerPriority) {
    const auto outcome = live(slow_transports);
    EXPECT_TRUE(!are_all() || outcome.flow.of(mcs::DataPriority::low) > 0);
    EXPECT_EQ(outcome.flow.of(mcs::DataPriority::top), 0U);
}

TEST(BackpressureSimulation, AHungReceiverIsDisconnectedAtTheBoundAndTheOthersGoOn) {
    const auto outcome = live(hung_receiver);
    EXPECT_TRUE(!are_all() || outcome.flow.overflows > 0);
}

TEST(BackpressureSimulation, ThePressureTravelsBackFromProviderToProvider) {
    const auto outcome = live(slow_behind_hops);
    EXPECT_TRUE(!are_all() || outcome.flow.resumes > 0);
}

TEST(BackpressureSimulation, WhoTakesLessThanDemandedIsDisconnectedAndNobodyElse) {
    const auto outcome = live(slower_than_demanded);
    EXPECT_TRUE(!are_all() || outcome.flow.too_slow > 0);
}

TEST(BackpressureSimulation, APauseEndsThatAMergeFoundOrMade) {
    const auto outcome = live(slow_in_a_merge);
    EXPECT_TRUE(!are_all() || (outcome.flow.merge_pauses > 0 && outcome.flow.held > 0));
}

}  // namespace
}  // namespace convene::sim
