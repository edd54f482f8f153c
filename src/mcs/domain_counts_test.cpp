// What a domain counts of the data that passes through it.
#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

constexpr ChannelId kHeard{7}, kUnheard{9};

/// Two leaves below a top, of one version or of two: data passes as octets, or decoded.
struct Counted : ::testing::TestWithParam<Version> {
    Network net;
    Network::Node top = net.add(), left = net.add(), right = net.add();
    Network::Link left_link = net.connect(left, top), right_link = net.connect(right, top, GetParam());
    AttachmentId l = net.user(left), r = net.user(right);

    void SetUp() override {
        net[right].join(r, kHeard);
        net[right].join(r, channel_of(net.id(right, r)));
        net.run();
    }
    void send(ChannelId channel, std::string_view text, DataPriority priority, bool uniform = false) {
        net[left].send(l, channel, priority, uniform, Slice(as_bytes(text)));
    }
    DataAmount amount(ChannelKind kind, DataPriority priority) {
        net.run();
        return net[top].data_counts().of(kind, priority);
    }
};

TEST_P(Counted, DataCountsOnceByKindOfChannelAndPriority) {
    for (int i = 0; i < 3; ++i) send(kHeard, "hello", DataPriority::high);
    send(kHeard, "uniform", DataPriority::high, true);
    send(channel_of(net.id(right, r)), "to you", DataPriority::low);
    const DataAmount to_all = amount(ChannelKind::permanent, DataPriority::high);
    EXPECT_EQ(to_all.pdus, 4u);
    EXPECT_EQ(to_all.octets, 3 * 5u + 7u);
    const DataAmount to_one = amount(ChannelKind::user, DataPriority::low);
    EXPECT_EQ(to_one.pdus, 1u);
    EXPECT_EQ(to_one.octets, 6u);
    EXPECT_EQ(amount(ChannelKind::permanent, DataPriority::low).pdus, 0u);
    EXPECT_EQ(net[top].data_counts().unheard, 0u);
}

TEST_P(Counted, PrivateAndAssignedChannelsAreKindsOfTheirOwn) {
    net[right].convene(r);
    net[right].join(r, kAssignChannel);
    net.run();
    const auto convened = net.take<ConveneConfirm>(right, r);
    const auto joined = net.take<JoinConfirm>(right, r);
    ASSERT_EQ(convened.size(), 1u);
    ASSERT_FALSE(joined.empty());
    const ChannelId managed = *convened.back().channel, assigned = *joined.back().channel;
    send(managed, "not admitted", DataPriority::top);
    EXPECT_EQ(amount(ChannelKind::managed, DataPriority::top).pdus, 0u);
    EXPECT_EQ(net[top].data_counts().not_admitted, 1u);
    net[right].admit(r, managed, {net.id(left, l)});
    net[right].join(r, managed);
    net.run();
    send(managed, "in", DataPriority::top);
    send(assigned, "four", DataPriority::medium);
    EXPECT_EQ(amount(ChannelKind::managed, DataPriority::top).octets, 2u);
    EXPECT_EQ(amount(ChannelKind::assigned, DataPriority::medium).octets, 4u);
}

TEST_P(Counted, WhatNobodyHearsIsNoTraffic) {
    send(kUnheard, "hello", DataPriority::high);
    EXPECT_EQ(amount(ChannelKind::permanent, DataPriority::high).pdus, 0u);
    EXPECT_EQ(net[top].data_counts().unheard, 1u);
}

INSTANTIATE_TEST_SUITE_P(Versions, Counted, ::testing::Values(Version{1}, Version{2}));

TEST(DataCounts, AddUp) {
    DataCounts one, sum;
    one.of(ChannelKind::managed, DataPriority::low) = {2, 30};
    one.unheard = 1;
    one.not_admitted = 2;
    one.misattributed = 3;
    sum.add(one);
    sum.add(one);
    EXPECT_EQ(sum.of(ChannelKind::managed, DataPriority::low).pdus, 4u);
    EXPECT_EQ(sum.of(ChannelKind::managed, DataPriority::low).octets, 60u);
    EXPECT_EQ(sum.unheard, 2u);
    EXPECT_EQ(sum.not_admitted, 4u);
    EXPECT_EQ(sum.misattributed, 6u);
}

}  // namespace
}  // namespace convene::mcs
