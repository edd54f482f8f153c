#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

TEST(DomainUsers, TopAnswersAtOnce) {
    Domain domain;
    AttachmentId a = domain.attach();
    std::vector<Output> outputs;
    domain.take_outputs(outputs);
    ASSERT_EQ(outputs.size(), 1U);
    const auto& confirm = std::get<AttachConfirm>(std::get<UserEvent>(outputs[0]).event);
    EXPECT_EQ(confirm.result, Result::successful);
    EXPECT_EQ(confirm.user, domain.user_of(a));
    EXPECT_GE(confirm.user->value, kFirstDynamicChannel);
}

TEST(DomainUsers, UserIdIsKnownOnThePathOnly) {
    Network net;
    auto top = net.add(), left = net.add(), right = net.add(), leaf = net.add();
    auto to_left = net.connect(left, top);
    net.connect(right, top);
    net.connect(leaf, left);
    auto a = net.user(leaf);
    UserId user = net.id(leaf, a);
    EXPECT_EQ(net[top].connection_of(user), to_left.at_upper);
    EXPECT_TRUE(net[left].channels().has_user(user));
    EXPECT_FALSE(net[right].channels().has_user(user));
    EXPECT_EQ(net[top].users_below(to_left.at_upper), std::vector<UserId>{user});
}

TEST(DomainUsers, ConfirmsComeInTheOrderOfRequests) {
    Network net;
    auto top = net.add(), mid = net.add(), leaf = net.add();
    net.connect(mid, top);
    net.connect(leaf, mid);
    auto a = net[leaf].attach(), b = net[mid].attach(), c = net[leaf].attach();
    net.run();
    EXPECT_NE(net.id(leaf, a), net.id(leaf, c));
    EXPECT_NE(net.id(leaf, a), net.id(mid, b));
    EXPECT_EQ(net[top].channels().users(), 3U);
    EXPECT_EQ(net[mid].pending(), 0U);
}

TEST(DomainUsers, LimitsAreKept) {
    DomainConfig config;
    config.parameters.max_user_ids = 1;
    Network net;
    auto top = net.add(config);
    auto a = net.user(top), b = net.user(top);
    EXPECT_TRUE(net[top].user_of(a));
    EXPECT_FALSE(net[top].user_of(b));
    EXPECT_EQ(net.take<AttachConfirm>(top, b).at(0).result, Result::too_many_users);

    config.parameters.max_user_ids = 10;
    config.parameters.max_channel_ids = 1;
    auto other = net.add(config);
    net.user(other);
    EXPECT_EQ(net.take<AttachConfirm>(other, net.user(other)).at(0).result, Result::too_many_channels);
}

TEST(DomainUsers, ConnectionMayNotHoldTooManyUsers) {
    DomainConfig config;
    config.max_users_per_connection = 1;
    Network net;
    auto top = net.add(config), leaf = net.add();
    net.connect(leaf, top);
    net.user(leaf);
    EXPECT_EQ(net.take<AttachConfirm>(leaf, net.user(leaf)).at(0).result, Result::too_many_users);
}

TEST(DomainUsers, DetachIsIndicatedToEverybody) {
    Network net;
    auto top = net.add(), left = net.add(), right = net.add();
    net.connect(left, top);
    net.connect(right, top);
    auto a = net.user(left), b = net.user(right), c = net.user(top);
    UserId user = net.id(left, a);
    net[left].detach(a);
    net.run();
    for (auto [node, attachment] : {std::pair{left, a}, {right, b}, {top, c}}) {
        auto heard = net.take<DetachIndication>(node, attachment);
        ASSERT_EQ(heard.size(), 1U);
        EXPECT_EQ(heard[0].user, user);
        EXPECT_EQ(heard[0].reason, Reason::user_requested);
    }
    EXPECT_FALSE(net[left].user_of(a));
    EXPECT_FALSE(net[top].channels().has_user(user));
}

TEST(DomainUsers, BrokenConnectionDetachesEverybodyBelow) {
    Network net;
    auto top = net.add(), mid = net.add(), leaf = net.add();
    net.connect(mid, top);
    auto link = net.connect(leaf, mid);
    auto a = net.user(leaf), b = net.user(leaf), c = net.user(top);
    auto d = net.user(mid);
    net[leaf].join(a, ChannelId{7});
    net.run();
    EXPECT_NE(net[top].channels().find(ChannelId{7}), nullptr);
    net.cut(link);
    net.run();
    EXPECT_EQ(net.take<DetachIndication>(leaf, a).at(0).reason, Reason::domain_disconnected);
    EXPECT_EQ(net.take<DetachIndication>(leaf, b).size(), 1U);
    EXPECT_EQ(net.take<DetachIndication>(top, c).size(), 2U);
    EXPECT_EQ(net.take<DetachIndication>(mid, d).size(), 2U);
    EXPECT_EQ(net[top].channels().users(), 2U);
    EXPECT_EQ(net[mid].channels().users(), 1U);
    EXPECT_EQ(net[top].channels().find(ChannelId{7}), nullptr);
    EXPECT_TRUE(net[leaf].is_top());
    EXPECT_TRUE(net[leaf].channels().empty());
}

/// Also when one PDU detaches several users of a provider: nobody hears anything after the news of its own end.
TEST(DomainUsers, OwnDetachmentIsTheLastEvent) {
    Network net;
    auto top = net.add(), leaf = net.add();
    auto link = net.connect(leaf, top);
    auto a = net.user(leaf), b = net.user(leaf);
    UserId first = net.id(leaf, a), second = net.id(leaf, b);
    auto encoded = encode_for(2, DomainPdu{DetachUserIndication{Reason::token_purged, {first, second}}});
    net[leaf].receive(link.at_lower, 0, *encoded, net.now);
    net.run();
    auto heard_by_a = net.take<DetachIndication>(leaf, a);
    auto heard_by_b = net.take<DetachIndication>(leaf, b);
    ASSERT_EQ(heard_by_a.size(), 2U);
    ASSERT_EQ(heard_by_b.size(), 2U);
    EXPECT_EQ(heard_by_a.back().user, first);
    EXPECT_EQ(heard_by_b.back().user, second);
}

TEST(DomainUsers, OrphanedConfirmIsGivenBack) {
    Network net;
    auto top = net.add(), mid = net.add(), leaf = net.add();
    net.connect(mid, top);
    auto link = net.connect(leaf, mid);
    net.run();
    net[leaf].attach();
    net.step();  // the request is at the middle
    net.step();
    net.cut(link);
    net.run();
    EXPECT_EQ(net[mid].pending(), 0U);
    EXPECT_EQ(net[top].channels().users(), 0U);
    EXPECT_EQ(net[mid].channels().users(), 0U);
}

TEST(DomainUsers, DetachBeforeTheConfirmLeavesNothing) {
    Network net;
    auto top = net.add(), leaf = net.add();
    net.connect(leaf, top);
    net.run();
    auto a = net[leaf].attach();
    net[leaf].detach(a);
    net.run();
    EXPECT_EQ(net[top].channels().users(), 0U);
    EXPECT_TRUE(net.take<AttachConfirm>(leaf, a).empty());
}

/// Its id may mean another user when the request arrives: the top provider is free to take it for one of a domain that
/// merges just then.
TEST(DomainUsers, RequestsAfterADetachAreIgnored) {
    Network net;
    auto top = net.add(), leaf = net.add();
    auto link = net.connect(leaf, top);
    auto a = net.user(leaf);
    net.frozen = true;
    net[leaf].detach(a);
    net[leaf].join(a, ChannelId{7});
    net[leaf].token_grab(a, TokenId{1});
    net[leaf].detach(a);
    net.step();
    EXPECT_EQ(net.queued(leaf, link.at_lower), 1U);
    net.frozen = false;
    net.run();
    EXPECT_EQ(net.take<DetachIndication>(leaf, a).size(), 1U);
    EXPECT_TRUE(net.take<JoinConfirm>(leaf, a).empty());
    EXPECT_EQ(net[top].channels().size(), 0U);
}

TEST(DomainUsers, ForeignUsersCannotBeDetached) {
    Network net;
    auto top = net.add(), leaf = net.add();
    auto link = net.connect(leaf, top);
    auto a = net.user(top);
    auto encoded = encode_for(2, DomainPdu{DetachUserRequest{Reason::user_requested, {net.id(top, a)}}});
    net[top].receive(link.at_upper, 0, *encoded, net.now);
    net.run();
    EXPECT_TRUE(net[top].user_of(a));
    ASSERT_EQ(net.incidents.size(), 1U);
    EXPECT_EQ(net.incidents[0].second.severity, Incident::Severity::note);
}

TEST(DomainUsers, IdsAreSpreadAndNotReusedSoon) {
    Domain domain;
    std::set<std::uint16_t> seen;
    for (int i = 0; i < 1000; ++i) {
        auto a = domain.attach();
        ASSERT_TRUE(domain.user_of(a));
        EXPECT_TRUE(seen.insert(domain.user_of(a)->value).second);
        domain.detach(a);
    }
    EXPECT_LT(*seen.begin(), 6000);
    EXPECT_GT(*seen.rbegin(), 60000);
}

}  // namespace
}  // namespace convene::mcs
