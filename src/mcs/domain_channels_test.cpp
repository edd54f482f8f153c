#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

/// Top, middle, leaf in a row, with a user at each end.
struct Row : ::testing::Test {
    Network net;
    Network::Node top = net.add(config()), mid = net.add(), leaf = net.add();
    Network::Link upper = net.connect(mid, top), lower = net.connect(leaf, mid);
    AttachmentId at_top = net.user(top), at_leaf = net.user(leaf), at_mid = net.user(mid);
    UserId top_user = net.id(top, at_top), leaf_user = net.id(leaf, at_leaf), mid_user = net.id(mid, at_mid);

    static DomainConfig config() {
        DomainConfig out;
        out.parameters.max_channel_ids = 6;
        return out;
    }
    JoinConfirm join(Network::Node node, AttachmentId who, ChannelId channel) {
        net[node].join(who, channel);
        net.run();
        auto confirms = net.take<JoinConfirm>(node, who);
        CONVENE_CHECK(confirms.size() == 1, "one confirm for a join");
        return confirms[0];
    }
    FlatSet<Hop> joined(Network::Node node, ChannelId channel) {
        const Channel* found = net[node].channels().find(channel);
        return found == nullptr ? FlatSet<Hop>{} : found->joined;
    }
};

TEST_F(Row, StaticJoinIsEnteredAlongThePath) {
    EXPECT_EQ(join(leaf, at_leaf, ChannelId{7}).result, Result::successful);
    EXPECT_EQ(joined(leaf, ChannelId{7}), FlatSet<Hop>{Hop::to(at_leaf)});
    EXPECT_EQ(joined(mid, ChannelId{7}), FlatSet<Hop>{Hop::to(lower.at_upper)});
    EXPECT_EQ(joined(top, ChannelId{7}), FlatSet<Hop>{Hop::to(upper.at_upper)});
}

TEST_F(Row, JoinIsDecidedAsLowAsPossible) {
    join(leaf, at_leaf, ChannelId{7});
    net[mid].join(at_mid, ChannelId{7});
    EXPECT_EQ(net.queued(mid, upper.at_lower), 0U);
    std::vector<Output> outputs;
    net[mid].take_outputs(outputs);
    ASSERT_EQ(outputs.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<UserEvent>(outputs[0]));
}

TEST_F(Row, JoiningTwiceIsConfirmedTwice) {
    EXPECT_EQ(join(leaf, at_leaf, ChannelId{7}).result, Result::successful);
    EXPECT_EQ(join(leaf, at_leaf, ChannelId{7}).result, Result::successful);
    EXPECT_EQ(joined(leaf, ChannelId{7}).size(), 1U);
}

TEST_F(Row, AssignedChannelIsMadeAndUsed) {
    auto confirm = join(leaf, at_leaf, kAssignChannel);
    EXPECT_EQ(confirm.result, Result::successful);
    EXPECT_EQ(confirm.requested, kAssignChannel);
    ASSERT_TRUE(confirm.channel);
    EXPECT_EQ(net[top].channels().find(*confirm.channel)->kind, ChannelKind::assigned);
    EXPECT_EQ(join(top, at_top, *confirm.channel).result, Result::successful);
    net[leaf].leave(at_leaf, *confirm.channel);
    net.run();
    EXPECT_EQ(net[mid].channels().find(*confirm.channel), nullptr);
    net[top].leave(at_top, *confirm.channel);
    net.run();
    EXPECT_EQ(net[top].channels().find(*confirm.channel), nullptr);
    EXPECT_EQ(join(leaf, at_leaf, *confirm.channel).result, Result::no_such_channel);
}

TEST_F(Row, FailuresSayWhy) {
    EXPECT_EQ(join(leaf, at_leaf, channel_of(top_user)).result, Result::other_user_id);
    EXPECT_EQ(join(leaf, at_leaf, channel_of(mid_user)).result, Result::other_user_id);
    EXPECT_EQ(join(leaf, at_leaf, ChannelId{60'000}).result, Result::no_such_channel);
    EXPECT_EQ(join(leaf, at_leaf, channel_of(leaf_user)).result, Result::successful);
    for (std::uint16_t id : {1, 2, 3}) EXPECT_EQ(join(leaf, at_leaf, ChannelId{id}).result, Result::successful);
    EXPECT_EQ(join(leaf, at_leaf, ChannelId{4}).result, Result::too_many_channels);
    EXPECT_EQ(join(leaf, at_leaf, kAssignChannel).result, Result::too_many_channels);
    net[leaf].convene(at_leaf);
    net.run();
    EXPECT_EQ(net.take<ConveneConfirm>(leaf, at_leaf).at(0).result, Result::too_many_channels);
}

TEST_F(Row, LeaveGoesUpWithTheLast) {
    join(leaf, at_leaf, ChannelId{7});
    join(mid, at_mid, ChannelId{7});
    net[leaf].leave(at_leaf, ChannelId{7});
    net.run();
    EXPECT_EQ(joined(mid, ChannelId{7}), FlatSet<Hop>{Hop::to(at_mid)});
    EXPECT_EQ(joined(top, ChannelId{7}).size(), 1U);
    net[mid].leave(at_mid, ChannelId{7});
    net.run();
    EXPECT_EQ(net[mid].channels().find(ChannelId{7}), nullptr);
    EXPECT_EQ(net[top].channels().find(ChannelId{7}), nullptr);
}

TEST_F(Row, LeavingTheOwnChannelKeepsTheUser) {
    join(leaf, at_leaf, channel_of(leaf_user));
    net[leaf].leave(at_leaf, channel_of(leaf_user));
    net.run();
    ASSERT_NE(net[top].channels().find_user(leaf_user), nullptr);
    EXPECT_TRUE(net[top].channels().find_user(leaf_user)->joined.empty());
}

TEST_F(Row, DetachedUserLeavesItsChannels) {
    join(leaf, at_leaf, ChannelId{7});
    auto assigned = *join(leaf, at_leaf, kAssignChannel).channel;
    net[leaf].detach(at_leaf);
    net.run();
    for (auto node : {top, mid, leaf}) {
        EXPECT_EQ(net[node].channels().find(ChannelId{7}), nullptr);
        EXPECT_EQ(net[node].channels().find(assigned), nullptr);
        EXPECT_EQ(net[node].pending(), 0U);
    }
}

TEST_F(Row, LeaveDoesNotOvertakeAJoinUnderWay) {
    auto second = net.user(leaf);
    net[leaf].join(at_leaf, ChannelId{7});
    net[leaf].join(second, ChannelId{7});  // both are on their way up
    std::size_t confirms = 0;
    for (int step = 0; step < 100 && confirms == 0; ++step) {
        net.step();
        confirms = net.take<JoinConfirm>(leaf, at_leaf).size();
    }
    ASSERT_EQ(confirms, 1U);
    net[leaf].leave(at_leaf, ChannelId{7});
    net.run();
    EXPECT_EQ(joined(leaf, ChannelId{7}), FlatSet<Hop>{Hop::to(second)});
    EXPECT_EQ(joined(mid, ChannelId{7}).size(), 1U);
    EXPECT_EQ(joined(top, ChannelId{7}).size(), 1U);
    net[leaf].leave(second, ChannelId{7});
    net.run();
    EXPECT_EQ(net[top].channels().find(ChannelId{7}), nullptr);
}

TEST_F(Row, ForeignUserCannotBeJoined) {
    ChannelJoinRequest forged{top_user, ChannelId{7}};
    net[mid].receive(lower.at_upper, 0, *encode_for(2, DomainPdu{forged}), net.now);
    net.run();
    EXPECT_EQ(net.incidents.size(), 1U);
    EXPECT_EQ(net[mid].channels().find(ChannelId{7}), nullptr);
}

}  // namespace
}  // namespace convene::mcs
