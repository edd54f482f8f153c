#include "gcc/conductor_state.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::kAda;
using testing::kBob;
using testing::kCyd;

using Nodes = std::vector<UserId>;

TEST(ConductorState, EverybodyMayActUntilSomebodyConducts) {
    ConductorState state;
    EXPECT_FALSE(state.is_conducted());
    EXPECT_TRUE(state.may_act(kBob));
    EXPECT_TRUE(state.on_assign(kAda, kAda));
    EXPECT_EQ(state.conductor(), kAda);
    EXPECT_TRUE(state.may_act(kAda));
    EXPECT_FALSE(state.may_act(kBob));
    EXPECT_TRUE(state.on_release(kAda));
    EXPECT_TRUE(state.may_act(kBob));
}

TEST(ConductorState, NobodySpeaksForAnotherNode) {
    ConductorState state;
    EXPECT_FALSE(state.on_assign(kBob, kAda));
    EXPECT_FALSE(state.is_conducted());
    EXPECT_FALSE(state.on_release(kBob));
    EXPECT_FALSE(state.on_permission_grant(kBob, Nodes{kBob}, {}));

    state.on_assign(kAda, kAda);
    EXPECT_FALSE(state.on_release(kBob));
    EXPECT_FALSE(state.on_permission_grant(kBob, Nodes{kBob}, {}));
    EXPECT_TRUE(state.is_conductor(kAda));
    EXPECT_FALSE(state.may_act(kBob));
}

TEST(ConductorState, AskingQueuesOnceAndGrantingEndsTheWait) {
    ConductorState state;
    EXPECT_FALSE(state.on_permission_ask(kBob, true)) << "nobody to ask";
    state.on_assign(kAda, kAda);
    EXPECT_TRUE(state.on_permission_ask(kBob, true));
    EXPECT_TRUE(state.on_permission_ask(kCyd, true));
    EXPECT_FALSE(state.on_permission_ask(kBob, true));
    EXPECT_FALSE(state.on_permission_ask(kAda, true)) << "the conductor needs none";
    EXPECT_EQ(state.waiting(), (Nodes{kBob, kCyd}));

    EXPECT_TRUE(state.grant(kBob));
    EXPECT_FALSE(state.grant(kBob));
    EXPECT_FALSE(state.grant(kAda));
    EXPECT_EQ(state.waiting(), Nodes{kCyd});
    EXPECT_EQ(state.permitted(), Nodes{kBob});
    EXPECT_TRUE(state.may_act(kBob));
    EXPECT_FALSE(state.on_permission_ask(kBob, true)) << "has it already";

    EXPECT_TRUE(state.on_permission_ask(kBob, false));
    EXPECT_TRUE(state.on_permission_ask(kCyd, false));
    EXPECT_FALSE(state.on_permission_ask(kCyd, false));
    EXPECT_FALSE(state.may_act(kBob));
    EXPECT_TRUE(state.waiting().empty());
}

TEST(ConductorState, BroadcastListsReplaceTheLocalOnes) {
    ConductorState state;
    state.on_assign(kAda, kAda);
    state.on_permission_ask(kCyd, true);
    EXPECT_TRUE(state.on_permission_grant(kAda, Nodes{kBob, kBob}, Nodes{}));
    EXPECT_EQ(state.permitted(), Nodes{kBob});
    EXPECT_TRUE(state.waiting().empty());
    EXPECT_FALSE(state.on_permission_grant(kAda, Nodes{kBob}, Nodes{})) << "nothing new";
}

TEST(ConductorState, HandingOverKeepsTheQueueAndEndsPermissions) {
    ConductorState state;
    state.on_assign(kAda, kAda);
    state.on_permission_grant(kAda, Nodes{kCyd}, Nodes{kBob, UserId{1004}});
    EXPECT_TRUE(state.on_assign(kBob, kBob));
    EXPECT_TRUE(state.is_conductor(kBob));
    EXPECT_TRUE(state.permitted().empty());
    EXPECT_EQ(state.waiting(), Nodes{UserId{1004}});
    EXPECT_FALSE(state.on_assign(kBob, kBob)) << "repeated for newcomers";
}

TEST(ConductorState, LosingTheConductorEndsConductedMode) {
    ConductorState state;
    state.on_assign(kAda, kAda);
    state.on_permission_grant(kAda, Nodes{kBob}, Nodes{kCyd});
    EXPECT_TRUE(state.on_node_left(kBob));
    EXPECT_TRUE(state.on_node_left(kCyd));
    EXPECT_FALSE(state.on_node_left(kCyd));
    EXPECT_TRUE(state.permitted().empty());
    EXPECT_TRUE(state.waiting().empty());
    EXPECT_TRUE(state.on_node_left(kAda));
    EXPECT_FALSE(state.is_conducted());
}

TEST(ConductorState, TheListsAreBounded) {
    ConductorState state;
    state.on_assign(kAda, kAda);
    Nodes many;
    for (std::uint16_t i = 0; i < kMaxWaitingNodes + 10; ++i) {
        many.push_back(UserId{static_cast<std::uint16_t>(2000 + i)});
        EXPECT_EQ(state.on_permission_ask(many.back(), true), i < kMaxWaitingNodes);
    }
    state.on_permission_grant(kAda, many, many);
    EXPECT_EQ(state.permitted().size(), kMaxPermittedNodes);
    EXPECT_EQ(state.waiting().size(), kMaxWaitingNodes);
    EXPECT_FALSE(state.grant(kBob));
}

}  // namespace
}  // namespace convene::gcc
