#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

constexpr ChannelId kStaticChannel{9};
constexpr TokenId kMergedToken{3};

DomainConfig seeded(std::uint32_t seed, std::uint64_t pdu_size = 65'528) {
    DomainConfig config;
    config.seed = seed;
    config.parameters.max_mcspdu_size = pdu_size;
    return config;
}

/// An upper domain (top and a middle) and a lower one (a former top and a leaf), still apart. Seed decides whether the
/// ids of both collide: with the same seed the first users have the same ids.
struct Merging : ::testing::Test {
    Network net;
    Network::Node top = net.add(seeded(1)), mid = net.add(), former = 0, leaf = 0;
    Network::Link upper{}, lower{};
    AttachmentId at_top{}, at_former{}, at_leaf{};

    void build(std::uint32_t lower_seed) {
        upper = net.connect(mid, top);
        former = net.add(seeded(lower_seed));
        leaf = net.add();
        lower = net.connect(leaf, former);
        at_former = net.user(former);
        at_leaf = net.user(leaf);
    }
    void merge() {
        net.connect(former, mid);
        net.run();
    }
    UserId leaf_user() { return net.id(leaf, at_leaf); }
    UserId former_user() { return net.id(former, at_former); }
    bool has_channel(Network::Node node, ChannelId id) { return net[node].channels().find(id) != nullptr; }
    template <class Kind>
    Kind one(Network::Node node, AttachmentId who) {
        net.run();
        auto events = net.take<Kind>(node, who);
        CONVENE_CHECK(events.size() == 1, "exactly one event");
        return events[0];
    }
    /// Every id of the lower domain is known above it, and nothing waits.
    void expect_settled() {
        for (auto node : {top, mid, former, leaf}) {
            EXPECT_EQ(net[node].pending(), 0U) << node;
            EXPECT_FALSE(net[node].is_merging());
            for (const auto& [id, channel] : net[node].channels()) {
                EXPECT_TRUE(channel.confirmed);
                EXPECT_TRUE(has_channel(top, id)) << id.value;
            }
            for (const auto& [id, token] : net[node].tokens()) EXPECT_NE(net[top].tokens().find(id), nullptr);
        }
        EXPECT_TRUE(net.closed.empty());
    }
};

TEST_F(Merging, UsersChannelsAndTokensAreBroughtIn) {
    build(2);
    at_top = net.user(top);
    net[leaf].join(at_leaf, channel_of(leaf_user()));
    net[leaf].join(at_leaf, kStaticChannel);
    net[former].join(at_former, kAssignChannel);
    net[leaf].convene(at_leaf);
    net[former].token_grab(at_former, kMergedToken);
    net[leaf].token_inhibit(at_leaf, TokenId{4});
    net.run();
    auto assigned = *net.take<JoinConfirm>(former, at_former).at(0).channel;
    auto managed = *net.take<ConveneConfirm>(leaf, at_leaf).at(0).channel;
    net[leaf].admit(at_leaf, managed, {former_user()});
    net.run();
    net[former].join(at_former, managed);
    net.run();
    net.forget_events();

    merge();
    expect_settled();
    EXPECT_EQ(net[top].connection_of(leaf_user()), upper.at_upper);
    EXPECT_EQ(net[top].connection_of(former_user()), upper.at_upper);
    for (auto node : {top, mid}) {
        EXPECT_EQ(net[node].channels().find_user(leaf_user())->joined.size(), 1U);
        EXPECT_TRUE(net[node].channels().find_user(former_user())->joined.empty());
        EXPECT_EQ(net[node].channels().find(kStaticChannel)->joined.size(), 1U);
        EXPECT_EQ(net[node].channels().find(assigned)->kind, ChannelKind::assigned);
        const Channel* channel = net[node].channels().find(managed);
        EXPECT_EQ(channel->manager, leaf_user());
        EXPECT_EQ(channel->admitted.size(), 2U);
        EXPECT_EQ(channel->joined.size(), 1U);
        EXPECT_EQ(net[node].tokens().find(kMergedToken)->grabber, former_user());
        EXPECT_EQ(net[node].tokens().find(TokenId{4})->inhibitors, FlatSet<UserId>{leaf_user()});
    }
    EXPECT_EQ(net[top].height(), 3U);
    net[top].send(at_top, kStaticChannel, DataPriority::high, false, Slice(as_bytes("welcome")));
    EXPECT_EQ(as_text(one<DataIndication>(leaf, at_leaf).data), "welcome");
    EXPECT_TRUE(net.take<DetachIndication>(leaf, at_leaf).empty());
}

TEST_F(Merging, EmptyDomainOnlyErects) {
    upper = net.connect(mid, top);
    former = net.add();
    leaf = net.add();
    lower = net.connect(leaf, former);
    merge();
    expect_settled();
    EXPECT_EQ(net[top].height(), 3U);
}

TEST_F(Merging, CollidingUsersAreDetached) {
    build(1);
    auto above = net.user(top);  // has the id that the former top's user has
    ASSERT_EQ(net.id(top, above), former_user());
    net.forget_events();
    merge();
    expect_settled();
    EXPECT_FALSE(net[former].user_of(at_former));
    auto heard = net.take<DetachIndication>(former, at_former);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].reason, Reason::channel_purged);
    EXPECT_EQ(net.take<DetachIndication>(leaf, at_leaf).size(), 1U);
    EXPECT_TRUE(net[leaf].user_of(at_leaf));
    EXPECT_TRUE(net.take<DetachIndication>(top, above).empty());
    EXPECT_EQ(net[top].connection_of(leaf_user()), upper.at_upper);
}

TEST_F(Merging, PurgedManagerTakesItsChannelAlong) {
    build(1);
    auto above = net.user(top);
    net[former].convene(at_former);
    net.run();
    auto managed = *net.take<ConveneConfirm>(former, at_former).at(0).channel;
    net[former].admit(at_former, managed, {leaf_user()});
    net[leaf].join(at_leaf, managed);
    net.run();
    net.forget_events();
    ASSERT_EQ(net.id(top, above), former_user());
    merge();
    expect_settled();
    EXPECT_EQ(one<ExpelIndication>(leaf, at_leaf).cause, ExpelIndication::Cause::channel_purged);
    EXPECT_FALSE(has_channel(leaf, managed));
}

TEST_F(Merging, CollidingChannelsArePurged) {
    build(5);
    // The lower domain's users stay; its assigned and private channels meet users of the same number above.
    net[leaf].join(at_leaf, kAssignChannel);
    net[former].convene(at_former);
    net.run();
    auto assigned = *net.take<JoinConfirm>(leaf, at_leaf).at(0).channel;
    auto managed = *net.take<ConveneConfirm>(former, at_former).at(0).channel;
    net[former].admit(at_former, managed, {leaf_user()});
    net.run();
    net.forget_events();
    // Users of the upper domain with just these numbers, by the merge of a third domain that has the same seed.
    auto third = net.add(seeded(5));
    std::vector<AttachmentId> users;
    for (int i = 0; i < 4; ++i) users.push_back(net.user(third));
    net[third].detach(users[0]);  // the two that the lower domain's users have
    net[third].detach(users[1]);
    net.run();
    net.connect(third, top);
    net.run();
    ASSERT_TRUE(net[top].channels().has_user(UserId{assigned.value}));
    ASSERT_TRUE(net[top].channels().has_user(UserId{managed.value}));
    merge();
    expect_settled();
    EXPECT_EQ(one<LeaveIndication>(leaf, at_leaf).channel, assigned);
    EXPECT_EQ(one<DisbandIndication>(former, at_former).channel, managed);
    EXPECT_EQ(one<ExpelIndication>(leaf, at_leaf).cause, ExpelIndication::Cause::channel_purged);
    EXPECT_FALSE(has_channel(leaf, assigned));
    EXPECT_FALSE(has_channel(former, managed));
}

TEST_F(Merging, OnlyInhibitedTokensGoTogether) {
    build(2);
    at_top = net.user(top);
    net[top].token_inhibit(at_top, TokenId{1});
    net[top].token_inhibit(at_top, TokenId{2});
    net[top].token_grab(at_top, kMergedToken);
    net[leaf].token_inhibit(at_leaf, TokenId{1});
    net[leaf].token_grab(at_leaf, TokenId{2});
    net[former].token_grab(at_former, kMergedToken);
    net.run();
    net.forget_events();
    auto purged_leaf = leaf_user(), purged_former = former_user();
    merge();
    expect_settled();
    EXPECT_EQ(net[top].tokens().find(TokenId{1})->inhibitors.contains(purged_leaf), false);  // detached for token 2
    EXPECT_EQ(net[top].tokens().find(kMergedToken)->grabber, net.id(top, at_top));
    for (auto [node, attachment, user] : {std::tuple{leaf, at_leaf, purged_leaf}, {former, at_former, purged_former}}) {
        EXPECT_FALSE(net[node].user_of(attachment));
        bool own = false;
        for (const auto& heard : net.take<DetachIndication>(node, attachment)) {
            EXPECT_EQ(heard.reason, Reason::token_purged);
            own |= heard.user == user;
        }
        EXPECT_TRUE(own);
    }
}

TEST_F(Merging, InhibitorsUnite) {
    build(2);
    at_top = net.user(top);
    net[top].token_inhibit(at_top, kMergedToken);
    net[leaf].token_inhibit(at_leaf, kMergedToken);
    net.run();
    merge();
    expect_settled();
    EXPECT_EQ(net[top].tokens().find(kMergedToken)->inhibitors.size(), 2U);
    EXPECT_TRUE(net[leaf].user_of(at_leaf));
}

TEST_F(Merging, GiftsAreBroughtIn) {
    build(2);
    net[leaf].token_grab(at_leaf, kMergedToken);
    net.run();
    net[leaf].token_give(at_leaf, kMergedToken, former_user());
    net.run();
    merge();
    expect_settled();
    EXPECT_EQ(net[top].tokens().find(kMergedToken)->state, TokenState::giving);
    net[former].token_give_response(at_former, kMergedToken, Result::successful);
    EXPECT_EQ(one<TokenGiveConfirm>(leaf, at_leaf).result, Result::successful);
    EXPECT_EQ(net[top].tokens().find(kMergedToken)->grabber, former_user());
}

TEST_F(Merging, GiftToAPurgedUserFails) {
    build(1);
    auto above = net.user(top);
    ASSERT_EQ(net.id(top, above), former_user());
    net[leaf].token_grab(at_leaf, kMergedToken);
    net.run();
    net[leaf].token_give(at_leaf, kMergedToken, former_user());
    net.run();
    merge();
    expect_settled();
    EXPECT_EQ(one<TokenGiveConfirm>(leaf, at_leaf).result, Result::no_such_user);
    for (auto node : {top, mid, former, leaf})
        EXPECT_EQ(net[node].tokens().find(kMergedToken)->state, TokenState::grabbed);
}

TEST_F(Merging, InputOfTheSubtreeWaits) {
    build(2);
    net.run();
    net.frozen = true;
    net.connect(former, mid);
    EXPECT_TRUE(net[former].is_merging());
    net[leaf].join(at_leaf, kStaticChannel);
    net[former].join(at_former, ChannelId{10});
    auto late = net[former].attach();
    net.step();
    EXPECT_EQ(net.pauses, 1U);
    EXPECT_FALSE(net[former].user_of(late));
    EXPECT_FALSE(has_channel(former, ChannelId{10}));
    net.frozen = false;
    net.run();
    EXPECT_EQ(net.resumes, 1U);
    expect_settled();
    EXPECT_TRUE(net[former].user_of(late));
    EXPECT_TRUE(has_channel(top, kStaticChannel));
    EXPECT_TRUE(has_channel(top, ChannelId{10}));
}

TEST_F(Merging, SmallPdusCarryManyUsers) {
    upper = net.connect(mid, top);
    former = net.add(seeded(2, 124));
    leaf = net.add();
    lower = net.connect(leaf, former);
    std::vector<AttachmentId> users;
    for (int i = 0; i < 100; ++i) users.push_back(net.user(leaf));
    at_leaf = users[0];
    net[leaf].convene(at_leaf);
    net.run();
    auto managed = *net.take<ConveneConfirm>(leaf, at_leaf).at(0).channel;
    std::vector<UserId> ids;
    for (auto user : users) {
        ids.push_back(net.id(leaf, user));
        net[leaf].token_inhibit(user, kMergedToken);
    }
    net[leaf].admit(at_leaf, managed, ids);
    net.run();
    net.frozen = true;
    net.connect(former, mid);
    std::vector<Output> outputs;
    net.frozen = false;
    net.run();
    expect_settled();
    EXPECT_EQ(net[top].channels().users(), 100U);
    EXPECT_EQ(net[top].channels().find(managed)->admitted.size(), 100U);
    EXPECT_EQ(net[top].tokens().find(kMergedToken)->inhibitors.size(), 100U);
}

TEST_F(Merging, LimitsOfTheUpperDomainHold) {
    auto small = seeded(1);
    small.parameters.max_user_ids = 2;
    small.parameters.max_token_ids = 1;
    top = net.add(small);
    mid = net.add();
    build(2);
    at_top = net.user(top);
    net[former].token_grab(at_former, TokenId{1});
    net[former].token_grab(at_former, TokenId{2});
    net.run();
    merge();
    EXPECT_LE(net[top].channels().users(), 2U);
    EXPECT_LE(net[top].tokens().size(), 1U);
    expect_settled();
}

TEST_F(Merging, ConnectionLostMeanwhileIsSettledAfterwards) {
    build(2);
    net[leaf].join(at_leaf, kStaticChannel);
    net.run();
    UserId lost = leaf_user();
    net.frozen = true;
    net.connect(former, mid);
    net.cut(lower);
    net.frozen = false;
    net.run();
    expect_settled();
    for (auto node : {top, mid, former}) {
        EXPECT_FALSE(net[node].channels().has_user(lost));
        EXPECT_FALSE(has_channel(node, kStaticChannel));
    }
    EXPECT_EQ(net.take<DetachIndication>(former, at_former).size(), 1U);
}

TEST_F(Merging, FormerTopLostMeanwhileLeavesOrphans) {
    build(2);
    net[leaf].join(at_leaf, kStaticChannel);
    net[leaf].token_grab(at_leaf, kMergedToken);
    net.run();
    for (int steps = 1; steps < 12; ++steps) {
        auto link = net.connect(former, mid);
        for (int i = 0; i < steps && net[former].is_merging(); ++i) net.step();
        net.cut(link);
        net.run();
        EXPECT_EQ(net[top].channels().size(), 0U) << steps;
        EXPECT_EQ(net[mid].channels().size(), 0U) << steps;
        EXPECT_TRUE(net[top].tokens().empty());
        EXPECT_EQ(net[mid].pending(), 0U);
        // The lower part has not survived either; make it anew.
        lower = net.connect(leaf, former);
        at_former = net.user(former);
        at_leaf = net.user(leaf);
        net[leaf].join(at_leaf, kStaticChannel);
        net[leaf].token_grab(at_leaf, kMergedToken);
        net.run();
    }
}

}  // namespace
}  // namespace convene::mcs
