#include <gtest/gtest.h>

#include <set>

#include "base/hex.hpp"
#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

constexpr ChannelId kChannel{7};

/// Top with two leaves and a middle with one; a user on each, all joined to kChannel.
struct Tree : ::testing::Test {
    Network net;
    Network::Node top = net.add(), left = net.add(), mid = net.add(), leaf = net.add();
    Network::Link left_link = net.connect(left, top), mid_link = net.connect(mid, top),
                  leaf_link = net.connect(leaf, mid);
    std::vector<std::pair<Network::Node, AttachmentId>> users;

    Tree() {
        for (auto node : {top, left, mid, leaf}) {
            users.emplace_back(node, net.user(node));
            net[node].join(users.back().second, kChannel);
        }
        net.run();
        net.forget_events();
    }
    std::vector<DataIndication> received(std::size_t who) {
        return net.take<DataIndication>(users[who].first, users[who].second);
    }
    void send(std::size_t who, std::string_view text, bool uniform = false, DataPriority priority = DataPriority::high,
              ChannelId channel = kChannel) {
        net[users[who].first].send(users[who].second, channel, priority, uniform, Slice(as_bytes(text)));
    }
};

TEST_F(Tree, DataReachesAllButTheSender) {
    for (std::size_t from = 0; from < users.size(); ++from) {
        send(from, "hello");
        net.run();
        for (std::size_t to = 0; to < users.size(); ++to) {
            auto heard = received(to);
            ASSERT_EQ(heard.size(), from == to ? 0U : 1U) << from << " to " << to;
            if (from == to) continue;
            EXPECT_EQ(as_text(heard[0].data), "hello");
            EXPECT_EQ(heard[0].initiator, net.id(users[from].first, users[from].second));
            EXPECT_EQ(heard[0].channel, kChannel);
            EXPECT_EQ(heard[0].priority, DataPriority::high);
            EXPECT_EQ(heard[0].segmentation, kWholeSdu);
            EXPECT_FALSE(heard[0].uniform);
        }
    }
    EXPECT_TRUE(net.incidents.empty());
}

TEST_F(Tree, UniformDataReachesAllInOneOrder) {
    for (std::size_t from = 0; from < users.size(); ++from) send(from, std::string(1, char('a' + int(from))), true);
    net.run();
    std::set<std::string> orders;
    for (std::size_t to = 0; to < users.size(); ++to) {
        std::string order;
        for (const auto& datum : received(to)) {
            EXPECT_TRUE(datum.uniform);
            order += as_text(datum.data);
        }
        EXPECT_EQ(order.size(), users.size());
        orders.insert(order);
    }
    EXPECT_EQ(orders.size(), 1U);
}

TEST_F(Tree, OtherAttachmentsOfTheSameProviderHear) {
    auto second = net.user(leaf);
    net[leaf].join(second, kChannel);
    net.run();
    send(3, "x");
    net.run();
    EXPECT_EQ(net.take<DataIndication>(leaf, second).size(), 1U);
    EXPECT_TRUE(received(3).empty());
}

TEST_F(Tree, DataToAUserStaysInItsSubtree) {
    UserId target = net.id(users[3].first, users[3].second);
    net[leaf].join(users[3].second, channel_of(target));
    net.run();
    send(2, "private", false, DataPriority::top, channel_of(target));
    net.step();
    EXPECT_EQ(net.queued(mid, mid_link.at_lower), 0U);
    net.run();
    ASSERT_EQ(received(3).size(), 1U);
    for (std::size_t other : {0U, 1U}) EXPECT_TRUE(received(other).empty());
}

TEST_F(Tree, LongDataIsSegmentedAndEmptyDataIsSent) {
    std::string text(40'000, 'x');
    send(1, text);
    send(1, "");
    net.run();
    auto heard = received(3);
    ASSERT_EQ(heard.size(), 4U);
    EXPECT_EQ(heard[0].segmentation, (Segmentation{true, false}));
    EXPECT_EQ(heard[1].segmentation, (Segmentation{false, false}));
    EXPECT_EQ(heard[2].segmentation, (Segmentation{false, true}));
    EXPECT_EQ(heard[0].data.size() + heard[1].data.size() + heard[2].data.size(), text.size());
    EXPECT_EQ(heard[3].segmentation, kWholeSdu);
    EXPECT_TRUE(heard[3].data.empty());
}

TEST_F(Tree, ForeignInitiatorIsIgnored) {
    SendDataRequest forged{net.id(top, users[0].second), kChannel, DataPriority::high, kWholeSdu, {}};
    net[top].receive(left_link.at_upper, 0, *encode_for(2, DomainPdu{forged}), net.now);
    net.run();
    for (std::size_t to = 0; to < users.size(); ++to) EXPECT_TRUE(received(to).empty());
    EXPECT_EQ(net.incidents.size(), 1U);
    EXPECT_TRUE(net.closed.empty());
}

TEST_F(Tree, FragmentedUserDataIsDeliveredAndRelayed) {
    std::string text(16'384, 'y');  // one fragment and an empty rest, X.691 §11.9.3.8
    SendDataRequest pdu{net.id(left, users[1].second), kChannel, DataPriority::high, kWholeSdu, Slice(as_bytes(text))};
    net[top].receive(left_link.at_upper, 0, *encode_for(2, DomainPdu{pdu}), net.now);
    net.run();
    for (std::size_t to : {0U, 2U, 3U}) {
        auto heard = received(to);
        ASSERT_EQ(heard.size(), 1U);
        EXPECT_EQ(as_text(heard[0].data), text);
    }
}

TEST_F(Tree, RequestBecomesIndicationInPlaceAndIsShared) {
    auto extra = net.add();
    net.connect(extra, top);
    auto user = net.user(extra);
    net[extra].join(user, kChannel);
    net.run();
    SendDataRequest pdu{net.id(left, users[1].second), kChannel, DataPriority::high, kWholeSdu, Slice(as_bytes("z"))};
    auto tsdu = *encode_for(2, DomainPdu{pdu});
    const std::byte* buffer = tsdu.payload.data();
    net[top].receive(left_link.at_upper, 0, std::move(tsdu), net.now);
    std::vector<Output> outputs;
    net[top].take_outputs(outputs);
    std::size_t transmits = 0, events = 0;
    for (const Output& output : outputs) {
        if (const auto* t = std::get_if<Transmit>(&output)) {
            ++transmits;
            EXPECT_EQ(t->tsdu.payload.data(), buffer);
            EXPECT_TRUE(t->tsdu.framed);
            EXPECT_EQ(to_hex(t->tsdu.payload.view().first(1)), "68");
        } else if (const auto* e = std::get_if<UserEvent>(&output)) {
            ++events;
            EXPECT_EQ(std::get<DataIndication>(e->event).data.data(), buffer + 7);
        }
    }
    EXPECT_EQ(transmits, 2U);
    EXPECT_EQ(events, 1U);
}

TEST_F(Tree, DataOnTheWrongTransportIsRejected) {
    auto link = net.connect(net.add(), top, 2, 2);
    auto user = net.user(link.lower);
    net.run();
    SendDataRequest pdu{net.id(link.lower, user), kChannel, DataPriority::low, kWholeSdu, {}};
    net[top].receive(link.at_upper, 0, *encode_for(2, DomainPdu{pdu}), net.now);
    net.run();
    ASSERT_FALSE(net.closed.empty());
    EXPECT_EQ(net.closed[0].node, top);
}

TEST(DomainData, PrioritiesChooseTransports) {
    Network net;
    auto top = net.add();
    auto link = net.connect(net.add(), top, 2, 3);
    auto a = net.user(link.lower), b = net.user(top);
    net[top].join(b, kChannel);
    net.run();
    for (auto [priority, transport] : {std::pair{DataPriority::top, 0},
                                       {DataPriority::high, 1},
                                       {DataPriority::medium, 2},
                                       {DataPriority::low, 2}}) {
        net[link.lower].send(a, kChannel, priority, false, Slice(as_bytes("p")));
        std::vector<Output> outputs;
        net[link.lower].take_outputs(outputs);
        ASSERT_EQ(outputs.size(), 1U);
        EXPECT_EQ(std::get<Transmit>(outputs[0]).transport, transport);
        EXPECT_EQ(std::get<Transmit>(outputs[0]).priority, priority);
    }
}

TEST(DomainData, VersionsMix) {
    for (Version below : {1, 2, 3}) {
        for (Version other : {1, 2, 3}) {
            Network net;
            auto top = net.add(), left = net.add(), right = net.add();
            net.connect(left, top, below);
            net.connect(right, top, other);
            auto a = net.user(left), b = net.user(right);
            net[left].join(a, kChannel);
            net[right].join(b, kChannel);
            net.run();
            net[left].send(a, kChannel, DataPriority::medium, false, Slice(as_bytes("plain")));
            net[left].send(a, kChannel, DataPriority::medium, true, Slice(as_bytes("uniform")));
            net.run();
            auto heard = net.take<DataIndication>(right, b);
            ASSERT_EQ(heard.size(), 2U) << int(below) << int(other);
            EXPECT_EQ(as_text(heard[0].data), "plain");
            EXPECT_EQ(as_text(heard[1].data), "uniform");
            EXPECT_EQ(net.take<DataIndication>(left, a).size(), 1U);
        }
    }
}

}  // namespace
}  // namespace convene::mcs
