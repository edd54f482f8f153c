#include "gcc/node_roster.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::anybody;
using testing::kAda;
using testing::kBob;
using testing::kCyd;
using testing::kDan;
using testing::kTop;

NodeRecord record(std::optional<UserId> superior, std::u16string name = u"n") {
    NodeRecord out;
    out.superior_node = superior;
    out.node_name = std::move(name);
    return out;
}
NodeInformation refresh(std::vector<NodeRefresh> list) {
    NodeInformation out;
    out.node_record_list = std::move(list);
    return out;
}
NodeInformation update(std::vector<NodeUpdate> list) {
    NodeInformation out;
    out.node_record_list = std::move(list);
    return out;
}

class NodeRosterTest : public ::testing::Test {
protected:
    NodeRosterTest() {
        roster.put(kTop, record(std::nullopt));
        roster.publish(Extent::for_everyone);
    }
    NodeChanges merge(UserId child, const NodeInformation& information, const InSubtree& in_subtree = anybody) {
        return roster.merge(child, information, in_subtree, incidents);
    }
    const std::vector<NodeUpdate>& updates(const NodeInformation& information) {
        return std::get<std::vector<NodeUpdate>>(information.node_record_list);
    }
    const std::vector<NodeRefresh>& refreshed(const NodeInformation& information) {
        return std::get<std::vector<NodeRefresh>>(information.node_record_list);
    }

    NodeRoster roster;
    std::vector<RosterIncident> incidents;
};

TEST_F(NodeRosterTest, ANewNodeBringsARefreshForEveryoneAndAnAdditionGoesUp) {
    EXPECT_EQ(roster.instance(), 1);
    NodeRoster upward = roster;
    for (NodeRoster* each : {&roster, &upward}) {
        const NodeChanges changes = each->merge(kAda, refresh({{kAda, record(kTop)}}), anybody, incidents);
        EXPECT_EQ(changes.added, std::vector<UserId>{kAda});
        EXPECT_TRUE(each->has_new_nodes());
    }
    const NodeInformation broadcast = roster.publish(Extent::for_everyone);
    EXPECT_EQ(refreshed(broadcast).size(), 2U);
    EXPECT_TRUE(broadcast.nodes_added);
    EXPECT_FALSE(broadcast.nodes_removed);
    EXPECT_EQ(broadcast.roster_instance_number, 2);

    const NodeInformation up = upward.publish(Extent::changes);
    ASSERT_EQ(updates(up).size(), 1U);
    EXPECT_EQ(updates(up)[0], (NodeUpdate{kAda, AddNode{record(kTop)}}));
}

TEST_F(NodeRosterTest, AChangedRecordIsReplacedAndNothingIsNoChange) {
    merge(kAda, refresh({{kAda, record(kTop)}}));
    roster.publish(Extent::for_everyone);
    const NodeInformation quiet = roster.publish(Extent::for_everyone);
    EXPECT_TRUE(std::holds_alternative<NoChange>(quiet.node_record_list));
    EXPECT_EQ(quiet.roster_instance_number, 2) << "the current number is repeated";

    EXPECT_TRUE(merge(kAda, refresh({{kAda, record(kTop)}})).empty()) << "said again";
    EXPECT_FALSE(roster.has_news());
    EXPECT_EQ(merge(kAda, update({{kAda, ReplaceNode{record(kTop, u"Ada")}}})).replaced, std::vector<UserId>{kAda});
    const NodeInformation changed = roster.publish(Extent::for_everyone);
    ASSERT_EQ(updates(changed).size(), 1U);
    EXPECT_EQ(updates(changed)[0], (NodeUpdate{kAda, ReplaceNode{record(kTop, u"Ada")}}));
    EXPECT_FALSE(changed.nodes_added || changed.nodes_removed);
    EXPECT_EQ(changed.roster_instance_number, 3);
}

TEST_F(NodeRosterTest, ALostNodeTakesItsSubtreeAlong) {
    merge(kAda, refresh({{kAda, record(kTop)}, {kBob, record(kAda)}, {kCyd, record(kBob)}}));
    merge(kDan, refresh({{kDan, record(kTop)}}));
    roster.publish(Extent::for_everyone);

    auto gone = roster.remove(kBob);
    std::sort(gone.begin(), gone.end());
    EXPECT_EQ(gone, (std::vector<UserId>{kBob, kCyd}));
    const NodeInformation news = roster.publish(Extent::for_everyone);
    EXPECT_TRUE(news.nodes_removed);
    EXPECT_EQ(updates(news), (std::vector<NodeUpdate>{{kBob, RemoveRecord{}}, {kCyd, RemoveRecord{}}}));
    EXPECT_EQ(roster.nodes(), (std::vector<UserId>{kTop, kAda, kDan}));
    EXPECT_TRUE(roster.remove(kBob).empty());
}

TEST_F(NodeRosterTest, CirclesAndGapsInTheChainStillEnd) {
    merge(kAda,
          refresh({{kAda, record(kCyd)}, {kBob, record(kAda)}, {kCyd, record(kBob)}, {kDan, record(std::nullopt)}}));
    EXPECT_EQ(roster.remove(kAda).size(), 4U) << "what a child reported goes with it";
    EXPECT_EQ(roster.nodes(), std::vector<UserId>{kTop});
}

TEST_F(NodeRosterTest, ARefreshReplacesWhatTheSameChildSaidAndNothingElse) {
    merge(kAda, refresh({{kAda, record(kTop)}, {kBob, record(kAda)}}));
    merge(kDan, refresh({{kDan, record(kTop)}}));
    const NodeChanges changes = merge(kAda, refresh({{kAda, record(kTop)}, {kCyd, record(kAda)}}));
    EXPECT_EQ(changes.added, std::vector<UserId>{kCyd});
    EXPECT_EQ(changes.removed, std::vector<UserId>{kBob});
    EXPECT_NE(roster.find(kDan), nullptr);
}

TEST_F(NodeRosterTest, NobodyReportsOnNodesThatAreNotBelowIt) {
    merge(kDan, refresh({{kDan, record(kTop)}}));
    const auto only_ada = [](UserId node) { return node == kAda; };
    merge(kAda, refresh({{kAda, record(kTop)}, {kTop, record(kAda, u"mine")}, {kDan, record(kAda, u"mine")}}),
          only_ada);
    merge(kAda, update({{kDan, RemoveRecord{}}, {kTop, RemoveRecord{}}}), only_ada);
    EXPECT_EQ(incidents.size(), 4U);
    EXPECT_EQ(*roster.find(kDan), record(kTop));
    EXPECT_EQ(*roster.find(kTop), record(std::nullopt));
    EXPECT_EQ(roster.size(), 3U);
}

TEST_F(NodeRosterTest, UpdatesAreTolerant) {
    merge(kAda, update({{kAda, ReplaceNode{record(kTop)}}}));
    merge(kAda, update({{kAda, AddNode{record(kTop, u"again")}}, {kBob, RemoveRecord{}}, {kAda, RemoveRecord{}}}));
    EXPECT_EQ(roster.find(kAda)->node_name, u"again") << "the second mention of a node does not count";
    merge(kAda, update({{kAda, asn1::UnknownAlternative{0, {}}}}));
    EXPECT_NE(roster.find(kAda), nullptr);
    EXPECT_TRUE(incidents.empty());
}

TEST_F(NodeRosterTest, GoneAndComeAgainBetweenPublicationsIsBoth) {
    merge(kAda, refresh({{kAda, record(kTop)}}));
    roster.publish(Extent::for_everyone);
    roster.remove(kAda);
    merge(kAda, refresh({{kAda, record(kTop, u"another")}}));
    NodeRoster upward = roster;
    const NodeInformation broadcast = roster.publish(Extent::for_everyone);
    EXPECT_TRUE(broadcast.nodes_added && broadcast.nodes_removed);
    EXPECT_EQ(refreshed(broadcast).size(), 2U);
    EXPECT_EQ(updates(upward.publish(Extent::changes)),
              (std::vector<NodeUpdate>{{kAda, AddNode{record(kTop, u"another")}}}));
}

TEST_F(NodeRosterTest, ComeAndGoneBetweenPublicationsIsNothing) {
    merge(kAda, refresh({{kAda, record(kTop)}}));
    roster.remove(kAda);
    EXPECT_FALSE(roster.has_news());
    EXPECT_TRUE(std::holds_alternative<NoChange>(roster.publish(Extent::for_everyone).node_record_list));
}

TEST_F(NodeRosterTest, OversizedRecordsAreLeftOut) {
    NodeRecord crowded = record(kTop);
    crowded.participants_list.emplace(kMaxParticipants + 1);
    NodeRecord heavy = record(kTop);
    heavy.user_data = UserData{UserDataItem{h221_key(Bytes(4)), Bytes(kMaxRecordOctets)}};
    merge(kAda, refresh({{kAda, crowded}, {kBob, heavy}, {kCyd, record(kTop)}}));
    EXPECT_EQ(incidents, (std::vector<RosterIncident>{{kAda, "too many participants"}, {kBob, "user data too long"}}));
    EXPECT_EQ(roster.size(), 2U);
}

TEST_F(NodeRosterTest, TheRosterIsBounded) {
    for (std::size_t i = 1; i < kMaxNodes; ++i) roster.put(UserId{static_cast<std::uint16_t>(2000 + i)}, record(kTop));
    EXPECT_EQ(roster.size(), kMaxNodes);
    EXPECT_TRUE(merge(kAda, refresh({{kAda, record(kTop)}})).empty());
    EXPECT_EQ(incidents, (std::vector<RosterIncident>{{kAda, "too many nodes"}}));
}

TEST_F(NodeRosterTest, TheInstanceNumberWraps) {
    for (int i = 0; i < 65'535; ++i) {
        roster.put(kTop, record(std::nullopt, i % 2 == 0 ? u"a" : u"b"));
        roster.publish(Extent::for_everyone);
    }
    EXPECT_EQ(roster.instance(), 0);
}

// Counted in records handled, not in seconds: each join must touch only itself until the next publication.
TEST_F(NodeRosterTest, AThousandJoinsWithTwentyPublicationsSendTenThousandRecords) {
    std::size_t sent = 0;
    for (std::uint16_t i = 0; i < 1000; ++i) {
        const UserId node{static_cast<std::uint16_t>(2000 + i)};
        merge(node, refresh({{node, record(kTop)}}));
        if (i % 50 == 49) sent += refreshed(roster.publish(Extent::for_everyone)).size();
    }
    EXPECT_EQ(roster.size(), 1001U);
    EXPECT_EQ(sent, 50U * (20 * 21 / 2) + 20);
}

TEST_F(NodeRosterTest, AGivenNameStaysWhateverTheNodeSays) {
    merge(kAda, refresh({NodeRefresh{kAda, record(kTop, u"Ada")}}));
    roster.publish(Extent::for_everyone);
    EXPECT_TRUE(roster.rename(kAda, u"Grace"));
    EXPECT_EQ(updates(roster.publish(Extent::for_everyone)).size(), 1u);
    merge(kAda, update({NodeUpdate{kAda, ReplaceNode{record(kTop, u"Nobody")}}}));
    EXPECT_EQ(roster.find(kAda)->node_name, u"Grace");
    EXPECT_FALSE(roster.rename(kBob, u"Bob"));
    // Who comes under that number next has a name of its own.
    roster.remove(kAda);
    merge(kAda, refresh({NodeRefresh{kAda, record(kTop, u"Ada")}}));
    EXPECT_EQ(roster.find(kAda)->node_name, u"Ada");
}

}  // namespace
}  // namespace convene::gcc
