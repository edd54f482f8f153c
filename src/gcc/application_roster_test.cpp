#include "gcc/application_roster.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::anybody;
using testing::capability;
using testing::kAda;
using testing::kBoard;
using testing::kBob;
using testing::kChat;
using testing::kTop;

Entity entity(UserId node, std::uint16_t number = 0) { return {node, EntityId{number}}; }
ApplicationRecord application(bool active, std::uint16_t user = 2000) {
    ApplicationRecord out;
    out.application_active = active;
    out.application_user_id = UserId{user};
    return out;
}
ApplicationInformation session(const SessionKey& key, ApplicationRecordList records,
                               ApplicationCapabilitiesList capabilities = NoChange{}) {
    ApplicationInformation out;
    out.session_key = key;
    out.application_record_list = std::move(records);
    out.application_capabilities_list = std::move(capabilities);
    return out;
}
using Refresh = std::vector<ApplicationRefresh>;
using Update = std::vector<ApplicationUpdate>;
using Collapsed = std::vector<CollapsedCapability>;
using Own = std::vector<Capability>;

class ApplicationRosterTest : public ::testing::Test {
protected:
    bool merge(UserId child, std::vector<ApplicationInformation> sessions, bool full = false,
               const InSubtree& in_subtree = anybody) {
        return roster.merge(child, full, sessions, in_subtree, incidents);
    }
    ApplicationRoster roster;
    std::vector<RosterIncident> incidents;
};

TEST_F(ApplicationRosterTest, ANewSessionIsRefreshedThenUpdated) {
    EXPECT_FALSE(roster.enrol(entity(kTop), kBoard, application(true), {{capability(1), Logical{}}}));
    auto news = roster.publish(Extent::changes);
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0].application_record_list, ApplicationRecordList(Refresh{{kTop, EntityId{0}, application(true)}}));
    EXPECT_EQ(news[0].application_capabilities_list,
              ApplicationCapabilitiesList(Collapsed{{capability(1), Logical{}, 1}}));
    EXPECT_TRUE(news[0].peer_entities_added);
    EXPECT_EQ(news[0].roster_instance_number, 1);
    EXPECT_FALSE(roster.has_news());
    EXPECT_TRUE(roster.publish(Extent::changes).empty());

    EXPECT_TRUE(merge(kAda, {session(kBoard, Refresh{{kAda, EntityId{3}, application(true)}})}));
    news = roster.publish(Extent::changes);
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0].application_record_list,
              ApplicationRecordList(Update{{kAda, EntityId{3}, AddApplication{application(true)}}}));
    EXPECT_EQ(news[0].application_capabilities_list, ApplicationCapabilitiesList(NoChange{}));
    EXPECT_EQ(news[0].roster_instance_number, 2);
}

TEST_F(ApplicationRosterTest, CapabilitiesOfActiveEntitiesAndOfChildrenCollapse) {
    roster.enrol(entity(kTop, 0), kBoard, application(true),
                 {{capability(1), Logical{}}, {capability(2), UnsignedMin{10}}});
    roster.enrol(entity(kTop, 1), kBoard, application(false), {{capability(1), Logical{}}});
    merge(kAda,
          {session(kBoard, Refresh{{kAda, EntityId{0}, application(true)}, {kBob, EntityId{0}, application(true)}},
                   Collapsed{{capability(1), Logical{}, 2}, {capability(2), UnsignedMin{4}, 1}})});
    EXPECT_EQ(roster.capabilities(kBoard),
              (Collapsed{{capability(1), Logical{}, 3}, {capability(2), UnsignedMin{4}, 2}}));
    roster.publish(Extent::changes);

    roster.enrol(entity(kTop, 1), kBoard, application(true), {{capability(1), Logical{}}});
    auto news = roster.publish(Extent::changes);
    EXPECT_EQ(
        news.at(0).application_capabilities_list,
        ApplicationCapabilitiesList(Collapsed{{capability(1), Logical{}, 4}, {capability(2), UnsignedMin{4}, 2}}));

    roster.remove_node(kAda);
    EXPECT_EQ(roster.capabilities(kBoard),
              (Collapsed{{capability(1), Logical{}, 2}, {capability(2), UnsignedMin{10}, 1}}));
    EXPECT_EQ(roster.find(kBoard, entity(kBob)), nullptr) << "reported by the node that is gone";
}

TEST_F(ApplicationRosterTest, OnlyCapabilitiesMayChange) {
    roster.enrol(entity(kTop), kBoard, application(true), {});
    roster.publish(Extent::changes);
    roster.enrol(entity(kTop), kBoard, application(true), {{capability(5), UnsignedMax{1}}});
    const auto news = roster.publish(Extent::changes);
    EXPECT_EQ(news.at(0).application_record_list, ApplicationRecordList(NoChange{}));
    EXPECT_EQ(news.at(0).application_capabilities_list,
              ApplicationCapabilitiesList(Collapsed{{capability(5), UnsignedMax{1}, 1}}));
    EXPECT_FALSE(news.at(0).peer_entities_added || news.at(0).peer_entities_removed);
    EXPECT_EQ(news.at(0).roster_instance_number, 2);
}

TEST_F(ApplicationRosterTest, AnEmptiedSessionIsSentOnceWithEmptyLists) {
    roster.enrol(entity(kTop), kBoard, application(true), {{capability(1), Logical{}}});
    roster.publish(Extent::changes);
    roster.unenrol(entity(kTop), kBoard);
    EXPECT_FALSE(roster.has_session(kBoard));
    EXPECT_EQ(roster.take_ended(), std::vector<SessionKey>{kBoard});
    EXPECT_TRUE(roster.take_ended().empty());
    const auto news = roster.publish(Extent::changes);
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0].application_record_list, ApplicationRecordList(Refresh{}));
    EXPECT_EQ(news[0].application_capabilities_list, ApplicationCapabilitiesList(Collapsed{}));
    EXPECT_TRUE(news[0].peer_entities_removed);
    EXPECT_FALSE(news[0].peer_entities_added);
    EXPECT_TRUE(roster.publish(Extent::everything).empty());
}

TEST_F(ApplicationRosterTest, ASessionThatNobodyHeardOfEndsSilently) {
    roster.enrol(entity(kTop), kBoard, application(true), {});
    roster.unenrol(entity(kTop), kBoard);
    EXPECT_TRUE(roster.publish(Extent::changes).empty());
    merge(kAda, {session(kChat, Refresh{}, Collapsed{{capability(1), Logical{}, 1}})});
    EXPECT_FALSE(roster.has_session(kChat));
    EXPECT_TRUE(roster.publish(Extent::everything).empty());
    EXPECT_EQ(roster.take_ended(), std::vector<SessionKey>{kBoard});
}

TEST_F(ApplicationRosterTest, ASessionThatComesBackBeforeItsLastWordsGoesOn) {
    roster.enrol(entity(kTop), kBoard, application(true), {});
    roster.publish(Extent::changes);
    roster.unenrol(entity(kTop), kBoard);
    roster.enrol(entity(kTop, 1), kBoard, application(true), {});
    EXPECT_TRUE(roster.take_ended().empty());
    const auto news = roster.publish(Extent::changes);
    EXPECT_EQ(news.at(0).application_record_list,
              ApplicationRecordList(
                  Update{{kTop, EntityId{0}, RemoveRecord{}}, {kTop, EntityId{1}, AddApplication{application(true)}}}));
    EXPECT_EQ(news.at(0).roster_instance_number, 2);
}

TEST_F(ApplicationRosterTest, AFullRefreshEndsWhatItDoesNotMention) {
    roster.enrol(entity(kTop), kChat, application(true), {});
    merge(kAda, {session(kBoard, Refresh{{kAda, EntityId{0}, application(true)}}),
                 session(kChat, Refresh{{kAda, EntityId{1}, application(true)}, {kBob, EntityId{1}, application(true)}},
                         Collapsed{{capability(1), Logical{}, 2}})});
    EXPECT_TRUE(merge(kAda, {session(kChat, Refresh{{kAda, EntityId{1}, application(true)}})}, true));
    EXPECT_FALSE(roster.has_session(kBoard));
    EXPECT_TRUE(roster.has(kChat, entity(kTop)));
    EXPECT_TRUE(roster.has(kChat, entity(kAda, 1)));
    EXPECT_FALSE(roster.has(kChat, entity(kBob, 1)));
    EXPECT_FALSE(merge(kAda, {session(kChat, Refresh{{kAda, EntityId{1}, application(true)}})}, true)) << "said again";
    EXPECT_TRUE(merge(kAda, {}, true));
    EXPECT_EQ(roster.capabilities(kChat), Collapsed{});
    EXPECT_EQ(roster.sessions(), std::vector<SessionKey>{kChat});
}

TEST_F(ApplicationRosterTest, NobodyReportsOnNodesThatAreNotBelowIt) {
    roster.enrol(entity(kTop), kBoard, application(true), {});
    const auto only_ada = [](UserId node) { return node == kAda; };
    merge(kAda,
          {session(kBoard, Update{{kTop, EntityId{0}, RemoveRecord{}},
                                  {kBob, EntityId{0}, AddApplication{application(true)}}})},
          false, only_ada);
    EXPECT_EQ(incidents.size(), 2U);
    EXPECT_TRUE(roster.has(kBoard, entity(kTop)));
    EXPECT_FALSE(roster.has(kBoard, entity(kBob)));
}

TEST_F(ApplicationRosterTest, OneEntityOfANodeWorksInConductedMode) {
    ApplicationRecord capable = application(true);
    capable.conducting_operation_capable = true;
    EXPECT_FALSE(roster.enrol(entity(kTop, 1), kBoard, capable, {}));
    EXPECT_EQ(roster.enrol(entity(kTop, 2), kBoard, capable, {}), EnrolRefusal::second_conducting_capable);
    EXPECT_FALSE(roster.enrol(entity(kTop, 1), kBoard, capable, {}));
    EXPECT_FALSE(roster.enrol(entity(kTop, 2), kChat, capable, {}));
    EXPECT_FALSE(roster.has(kBoard, entity(kTop, 2)));
}

TEST_F(ApplicationRosterTest, EverythingIsBounded) {
    std::vector<ApplicationInformation> many;
    for (std::uint16_t i = 0; i <= kMaxEntitiesPerNode; ++i) {
        many.push_back(session(SessionKey{h221_key(Bytes(4)), ChannelId{static_cast<std::uint16_t>(i + 1)}},
                               Refresh{{kAda, EntityId{i}, application(true)}}));
    }
    merge(kAda, many);
    EXPECT_EQ(incidents, (std::vector<RosterIncident>{{kAda, "too many entities of one node"}}));
    EXPECT_EQ(roster.sessions().size(), kMaxEntitiesPerNode);
    EXPECT_EQ(roster.enrol(entity(kAda, 999), kBoard, application(true), {}), EnrolRefusal::too_many_entities);
    EXPECT_FALSE(roster.has_session(kBoard));

    incidents.clear();
    ApplicationRecord heavy = application(true);
    heavy.non_collapsing_capabilities.emplace(kMaxNonCollapsing + 1);
    merge(kBob, {session(kBoard, Refresh{{kBob, EntityId{0}, heavy}}),
                 session(kChat, Refresh{{kBob, EntityId{1}, application(true)}}, Collapsed(kMaxCapabilities + 1))});
    EXPECT_EQ(incidents, (std::vector<RosterIncident>{{kBob, "too many non-collapsing capabilities"},
                                                      {kBob, "too many capabilities"}}));
    EXPECT_EQ(roster.enrol(entity(kTop), kBoard, heavy, {}), EnrolRefusal::record_too_large);

    roster.remove_node(kAda);
    EXPECT_EQ(roster.sessions(), std::vector<SessionKey>{kChat});
    incidents.clear();
    for (std::uint16_t i = 1; i < kMaxSessions + 1; ++i) {
        const UserId node{static_cast<std::uint16_t>(3000 + i)};
        merge(node,
              {session(SessionKey{h221_key(Bytes(5)), ChannelId{i}}, Refresh{{node, EntityId{0}, application(true)}})});
    }
    EXPECT_EQ(roster.sessions().size(), kMaxSessions);
    EXPECT_EQ(incidents.size(), 1U);
    EXPECT_EQ(roster.enrol(entity(kTop), kBoard, application(true), {}), EnrolRefusal::too_many_sessions);
}

}  // namespace
}  // namespace convene::gcc
