// Thousands of random lives of domains of up to 64 providers and 200 users. To replay one that fails:
//   build/release/simulate SEED          or with --shorten, which looks for a smaller life that fails as well
// SIM_SEED=N runs that seed alone, SIM_SEEDS=N so many, beginning with 1.
#include "sim/domain_simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "sim/seeds.hpp"

namespace convene::sim {
namespace {

constexpr std::uint64_t kDomainSeeds = 2000;
constexpr std::size_t kShownTrace = 16 * 1024;  ///< the end of it; `simulate` prints all

/// What to look at when a seed fails.
std::string explain(std::uint64_t seed, const Outcome& outcome) {
    std::string text = "seed " + std::to_string(seed) + ", replay with: simulate " + std::to_string(seed) + "\n";
    for (const auto& violation : outcome.violations) text += "  " + violation + "\n";
    Options options;
    options.seed = seed;
    options = shorten(options);
    options.trace = true;
    std::string trace = simulate_domains(options).trace;
    if (trace.size() > kShownTrace) trace = "…" + trace.substr(trace.size() - kShownTrace);
    return text + "the shortest life that fails as well (simulate " + std::to_string(seed) + " --shorten):\n" + trace;
}

TEST(DomainSimulation, EveryRuleHoldsInEveryLife) {
    std::size_t most_users = 0;
    std::size_t most_providers = 0;
    std::uint64_t messages = 0;
    auto seeds = seeds_to_run(kDomainSeeds);
    for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
        Options options;
        options.seed = seed;
        Outcome outcome = simulate_domains(options);
        ASSERT_TRUE(outcome.violations.empty()) << explain(seed, outcome);
        most_users = std::max(most_users, outcome.most_users);
        most_providers = std::max(most_providers, outcome.providers);
        messages += outcome.messages;
    }
    RecordProperty("most_users", std::to_string(most_users));
    RecordProperty("messages", std::to_string(messages));
    if (seeds.last - seeds.first + 1 < kDomainSeeds) return;
    // The worlds are as large as they are meant to be, and a lot happens in them.
    EXPECT_EQ(most_providers, kMaxProviders);
    EXPECT_GT(most_users, kMaxUsers / 2);
    EXPECT_GT(messages, 100'000U);
}

TEST(DomainSimulation, ASeedIsTheSameLifeEveryTime) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Options options;
        options.seed = seed;
        Outcome once = simulate_domains(options);
        options.trace = true;
        Outcome again = simulate_domains(options);
        EXPECT_EQ(once.fingerprint, again.fingerprint) << "seed " << seed;
        EXPECT_FALSE(again.trace.empty());
    }
}

TEST(DomainSimulation, LivesDiffer) {
    EXPECT_NE(simulate_domains({.seed = 1, .trace = false, .actions = 200, .left_out = {}}).fingerprint,
              simulate_domains({.seed = 2, .trace = false, .actions = 200, .left_out = {}}).fingerprint);
}

}  // namespace
}  // namespace convene::sim
