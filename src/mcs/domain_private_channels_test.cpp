#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

/// Top with a branch of two providers and one of one. The manager is at the end of the long branch.
struct PrivateChannels : ::testing::Test {
    Network net;
    Network::Node top = net.add(), mid = net.add(), leaf = net.add(), other = net.add();
    Network::Link upper = net.connect(mid, top), lower = net.connect(leaf, mid), side = net.connect(other, top);
    AttachmentId manager = net.user(leaf), guest = net.user(other), near = net.user(mid), second = net.user(other);
    ChannelId channel = convene();

    ChannelId convene() {
        net[leaf].convene(manager);
        net.run();
        auto confirm = net.take<ConveneConfirm>(leaf, manager).at(0);
        CONVENE_CHECK(confirm.result == Result::successful, "convened");
        return *confirm.channel;
    }
    void admit(std::vector<UserId> users) {
        net[leaf].admit(manager, channel, std::move(users));
        net.run();
    }
    Result join(Network::Node node, AttachmentId who) {
        net[node].join(who, channel);
        net.run();
        return net.take<JoinConfirm>(node, who).at(0).result;
    }
    UserId guest_id() { return net.id(other, guest); }
    UserId near_id() { return net.id(mid, near); }
    const Channel* at(Network::Node node) { return net[node].channels().find(channel); }
};

TEST_F(PrivateChannels, ConvenedAlongThePath) {
    for (auto node : {top, mid, leaf}) {
        ASSERT_NE(at(node), nullptr);
        EXPECT_EQ(at(node)->kind, ChannelKind::managed);
        EXPECT_EQ(at(node)->manager, net.id(leaf, manager));
        EXPECT_TRUE(at(node)->joined.empty());
    }
    EXPECT_EQ(at(other), nullptr);
    EXPECT_EQ(join(leaf, manager), Result::successful);
}

TEST_F(PrivateChannels, OnlyTheAdmittedMayJoinAndSend) {
    EXPECT_EQ(join(other, guest), Result::not_admitted);
    EXPECT_EQ(join(mid, near), Result::not_admitted);
    join(leaf, manager);
    net[other].send(guest, channel, DataPriority::high, false, Slice(as_bytes("intruder")));
    net.run();
    EXPECT_TRUE(net.take<DataIndication>(leaf, manager).empty());

    admit({guest_id(), near_id()});
    EXPECT_EQ(net.take<AdmitIndication>(other, guest).at(0).manager, net.id(leaf, manager));
    EXPECT_EQ(net.take<AdmitIndication>(mid, near).size(), 1U);
    EXPECT_TRUE(net.take<AdmitIndication>(other, second).empty());
    EXPECT_EQ(join(other, guest), Result::successful);
    EXPECT_EQ(join(mid, near), Result::successful);
    EXPECT_EQ(join(other, second), Result::not_admitted);
    net[other].send(guest, channel, DataPriority::high, false, Slice(as_bytes("hello")));
    net.run();
    EXPECT_EQ(net.take<DataIndication>(leaf, manager).size(), 1U);
    EXPECT_EQ(net.take<DataIndication>(mid, near).size(), 1U);
}

TEST_F(PrivateChannels, UnknownUsersAreNotAdmitted) {
    admit({UserId{1001}, guest_id()});
    EXPECT_EQ(at(top)->admitted.size(), 2U);
}

TEST_F(PrivateChannels, OnlyTheManagerDecides) {
    admit({guest_id()});
    net[other].admit(guest, channel, {net.id(other, second)});
    net[other].expel(guest, channel, {net.id(leaf, manager)});
    net[other].disband(guest, channel);
    net.run();
    EXPECT_EQ(at(top)->admitted.size(), 2U);
    EXPECT_TRUE(net.take<AdmitIndication>(other, second).empty());
}

TEST_F(PrivateChannels, ExpelledUserIsOut) {
    admit({guest_id(), near_id()});
    join(other, guest);
    join(mid, near);
    net[leaf].expel(manager, channel, {guest_id()});
    net.run();
    auto expelled = net.take<ExpelIndication>(other, guest);
    ASSERT_EQ(expelled.size(), 1U);
    EXPECT_EQ(expelled[0].cause, ExpelIndication::Cause::user_requested);
    EXPECT_EQ(at(other), nullptr);
    EXPECT_EQ(at(top)->joined, FlatSet<Hop>{Hop::to(upper.at_upper)});
    EXPECT_EQ(join(other, guest), Result::not_admitted);
}

TEST_F(PrivateChannels, BranchWithAdmittedButUnjoinedUsersLeaves) {
    admit({guest_id(), net.id(other, second)});
    join(other, guest);
    net[leaf].expel(manager, channel, {guest_id()});
    net.run();
    EXPECT_EQ(at(other)->admitted.size(), 1U);
    EXPECT_TRUE(at(top)->joined.empty());
}

TEST_F(PrivateChannels, DisbandedChannelIsGoneEverywhere) {
    admit({guest_id(), near_id()});
    net[leaf].disband(manager, channel);
    net.run();
    for (auto node : {top, mid, leaf, other}) EXPECT_EQ(at(node), nullptr);
    EXPECT_EQ(net.take<ExpelIndication>(other, guest).at(0).cause, ExpelIndication::Cause::channel_disbanded);
    EXPECT_EQ(net.take<ExpelIndication>(mid, near).size(), 1U);
}

TEST_F(PrivateChannels, DetachedManagerDisbands) {
    admit({guest_id()});
    net[leaf].detach(manager);
    net.run();
    for (auto node : {top, mid, leaf, other}) EXPECT_EQ(at(node), nullptr);
    EXPECT_EQ(net.take<ExpelIndication>(other, guest).size(), 1U);
}

TEST_F(PrivateChannels, DetachedManagerOfNobodyLeavesNothing) {
    net[leaf].detach(manager);
    net.run();
    for (auto node : {top, mid, leaf, other}) EXPECT_EQ(at(node), nullptr);
}

TEST_F(PrivateChannels, DetachedGuestIsForgotten) {
    admit({guest_id(), near_id()});
    join(other, guest);
    net[other].detach(guest);
    net.run();
    EXPECT_EQ(at(other), nullptr);
    EXPECT_EQ(at(top)->admitted.size(), 2U);
    EXPECT_TRUE(at(top)->joined.empty());
}

TEST_F(PrivateChannels, LostBranchOfTheManagerDisbands) {
    admit({guest_id()});
    join(other, guest);
    net.cut(upper);
    net.run();
    EXPECT_EQ(at(top), nullptr);
    EXPECT_EQ(at(other), nullptr);
    EXPECT_EQ(net.take<ExpelIndication>(other, guest).size(), 1U);
}

}  // namespace
}  // namespace convene::mcs
