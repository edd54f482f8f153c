#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "gcc/codec.hpp"
#include "gcc/conference_world.hpp"

namespace convene::gcc {
namespace {

using testing::Node;
using testing::World;
using namespace std::chrono_literals;

const SessionKey kWhiteboard{object_key({0, 0, 20, 126, 0, 1}), {}};

struct ConferenceRoster : ::testing::Test {
    World world;
    Node& top = world.add_top(testing::open_profile());

    static std::vector<std::u16string> names(const Node& node) {
        std::vector<std::u16string> out;
        for (const auto& [id, record] : node.conference->roster().nodes.nodes())
            out.push_back(record.node_name.value_or(u"?"));
        std::sort(out.begin(), out.end());
        return out;
    }
    using Names = std::vector<std::u16string>;
};

TEST_F(ConferenceRoster, the_top_joins_alone) {
    EXPECT_TRUE(top.conference->has_joined());
    EXPECT_EQ(top.all<Joined>().size(), 1u);
    world.settle();
    EXPECT_EQ(names(top), Names{u"top"});
    EXPECT_EQ(top.conference->top(), top.id());
}

TEST_F(ConferenceRoster, a_leaf_joins_and_all_know_all) {
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    for (Node* node : {&top, &alice, &bob}) EXPECT_EQ(names(*node), (Names{u"alice", u"bob", u"top"}));
    EXPECT_EQ(top.conference->roster().nodes.find(alice.id())->superior_node, top.id());
    EXPECT_EQ(top.conference->roster().nodes.find(top.id())->superior_node, std::nullopt);
    EXPECT_EQ(top.count<ChildIdentified>(), 2u);
    EXPECT_EQ(alice.last<RosterChanged>()->nodes.added, std::vector<UserId>{bob.id()});
    EXPECT_EQ(alice.count<Incident>() + top.count<Incident>(), 0u);
}

TEST_F(ConferenceRoster, a_node_that_breaks_off_disappears_everywhere) {
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    const UserId gone = bob.id();
    world.cut_above(bob);
    world.run();
    EXPECT_EQ(alice.last<RosterChanged>()->nodes.removed, std::vector<UserId>{gone});
    EXPECT_EQ(names(alice), (Names{u"alice", u"top"}));
    EXPECT_EQ(bob.last<Ended>()->why, Ended::Why::disconnected);
    world.settle();
    EXPECT_EQ(names(top), (Names{u"alice", u"top"}));
    EXPECT_EQ(top.conference->subtree().nodes.size(), 2u);
}

TEST_F(ConferenceRoster, nodes_below_nodes_are_reported_up_and_leave_together) {
    Node& middle = world.add_child(top, u"middle");
    world.settle();
    Node& leaf = world.add_child(middle, u"leaf");
    Node& other = world.add_child(top, u"other");
    world.settle();
    for (Node* node : {&top, &middle, &leaf, &other})
        EXPECT_EQ(names(*node), (Names{u"leaf", u"middle", u"other", u"top"}));
    EXPECT_EQ(top.conference->roster().nodes.find(leaf.id())->superior_node, middle.id());
    EXPECT_EQ(middle.conference->subtree().nodes.size(), 2u);

    world.cut_above(middle);
    world.settle();
    EXPECT_EQ(names(other), (Names{u"other", u"top"}));
    EXPECT_EQ(leaf.last<Ended>()->why, Ended::Why::disconnected);
}

TEST_F(ConferenceRoster, a_changed_presence_reaches_all) {
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    NodeRecord record = testing::record_of(u"Alice A.");
    record.user_data = UserData{{h221_key(hex("B500534C01")), hex("0102")}};
    alice.conference->announce(record, world.now);
    world.settle();
    EXPECT_EQ(names(bob), (Names{u"Alice A.", u"bob", u"top"}));
    EXPECT_EQ(bob.conference->roster().nodes.find(alice.id())->user_data, record.user_data);
    EXPECT_EQ(bob.last<RosterChanged>()->nodes.replaced, std::vector<UserId>{alice.id()});
}

TEST_F(ConferenceRoster, applications_enrol_and_leave) {
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    ApplicationRecord record;
    record.application_active = true;
    record.application_user_id = UserId{2000};
    // Before Alice has joined: announced when she has.
    const auto first =
        alice.conference->enrol(kWhiteboard, record, {{StandardCapability{1}, UnsignedMax{5}}}, world.now);
    ASSERT_TRUE(first);
    world.settle();
    const auto second =
        bob.conference->enrol(kWhiteboard, record, {{StandardCapability{1}, UnsignedMax{9}}}, world.now);
    ASSERT_TRUE(second);
    world.settle();
    for (Node* node : {&top, &alice, &bob}) {
        const SessionRoster* session = node->conference->roster().applications.find(kWhiteboard);
        ASSERT_NE(session, nullptr);
        EXPECT_EQ(session->entities.at(Entity{alice.id(), *first}), record);
        EXPECT_EQ(session->entities.at(Entity{bob.id(), *second}), record);
        ASSERT_EQ(session->capabilities.size(), 1u);
        EXPECT_EQ(session->capabilities[0].capability_class, CapabilityClass{UnsignedMax{9}});
        EXPECT_EQ(session->capabilities[0].number_of_entities, 2u);
    }
    EXPECT_GE(bob.count<ApplicationRosterChanged>(), 1u);
    EXPECT_EQ(top.all<KeySeen>().back().key, kWhiteboard.application_protocol_key);

    alice.conference->unenrol(*first, world.now);
    world.settle();
    EXPECT_EQ(bob.conference->roster().applications.find(kWhiteboard)->entities.size(), 1u);
    world.cut_above(bob);
    world.settle();
    EXPECT_EQ(alice.conference->roster().applications.find(kWhiteboard), nullptr);
}

TEST_F(ConferenceRoster, a_report_about_others_is_left_out) {
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    RosterUpdateIndication lie;
    lie.node_information.node_record_list =
        std::vector<NodeUpdate>{{bob.id(), RemoveRecord{}}, {alice.id(), ReplaceNode{testing::record_of(u"A")}}};
    const auto octets = encode_gcc_pdu(IndicationPdu{lie});
    alice.domain.send(alice.conference->attachment(), mcs::channel_of(top.id()), mcs::DataPriority::high, false,
                      Slice(*octets));
    world.settle();
    EXPECT_EQ(names(top), (Names{u"A", u"bob", u"top"}));
    EXPECT_GE(top.count<Incident>(), 1u);
}

TEST_F(ConferenceRoster, only_the_top_is_believed_about_the_roster) {
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    RosterUpdateIndication lie;
    lie.full_refresh = true;
    lie.node_information.node_record_list = std::vector<NodeRefresh>{{alice.id(), testing::record_of(u"A")}};
    const auto octets = encode_gcc_pdu(IndicationPdu{lie});
    for (const mcs::ChannelId channel : {kBroadcastChannel, mcs::channel_of(bob.id())})
        alice.domain.send(alice.conference->attachment(), channel, mcs::DataPriority::high, true, Slice(*octets));
    world.settle();
    EXPECT_EQ(names(bob), (Names{u"alice", u"bob", u"top"}));
    EXPECT_EQ(names(top), (Names{u"alice", u"bob", u"top"}));
    EXPECT_GE(bob.count<Incident>(), 2u);
}

TEST_F(ConferenceRoster, a_child_that_never_identifies_itself_is_named) {
    const Tag tag = top.conference->admit({}, world.now).tag;
    Node& silent = world.add_node();
    world.connect(top, silent, tag);
    world.advance(61s);
    ASSERT_TRUE(top.last<ChildTimedOut>());
    EXPECT_EQ(top.last<ChildTimedOut>()->tag, tag);
    EXPECT_TRUE(top.last<ChildTimedOut>()->connection);
}

TEST_F(ConferenceRoster, changes_that_come_together_are_told_together) {
    for (int i = 0; i < 40; ++i) world.add_child(top, u"n" + std::u16string(1, static_cast<char16_t>(u'a' + i)));
    const std::uint16_t before = top.conference->roster().nodes.instance();
    world.settle();
    EXPECT_EQ(top.conference->roster().nodes.nodes().size(), 41u);
    EXPECT_LE(top.conference->roster().nodes.instance() - before, 2);
}

TEST_F(ConferenceRoster, a_thousand_nodes_that_join_within_ten_seconds_cost_few_broadcasts) {
    constexpr int kNodes = 1000;
    world.settle();
    const std::uint16_t before = top.conference->roster().nodes.instance();
    Node* last = nullptr;
    for (int i = 0; i < kNodes; ++i) {
        last = &world.add_child(top, u"n");
        if (i % 20 == 19) world.advance(200ms);
    }
    world.advance(6s);
    EXPECT_EQ(last->conference->roster().nodes.nodes().size(), kNodes + 1u);
    // Far from one for each newcomer, which would be a million sends of the roster.
    EXPECT_LE(top.conference->roster().nodes.instance() - before, 20);
}

}  // namespace
}  // namespace convene::gcc
