#include "gcc/application_roster_copy.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::kAda;
using testing::kBoard;
using testing::kBob;
using testing::kChat;

using Refresh = std::vector<ApplicationRefresh>;
using Update = std::vector<ApplicationUpdate>;
using Keys = std::vector<SessionKey>;

ApplicationRecord enrolled(bool active) {
    ApplicationRecord out;
    out.application_active = active;
    return out;
}
ApplicationInformation session(const SessionKey& key, ApplicationRecordList records, std::uint16_t instance) {
    ApplicationInformation out;
    out.session_key = key;
    out.application_record_list = std::move(records);
    out.roster_instance_number = instance;
    return out;
}

TEST(ApplicationRosterCopy, ASessionBeginsWithARefreshAndEndsWithAnEmptyOne) {
    ApplicationRosterCopy copy;
    EXPECT_TRUE(
        copy.receive(false, {session(kBoard, Update{{kAda, EntityId{0}, AddApplication{enrolled(true)}}}, 3)}).empty());
    EXPECT_TRUE(copy.receive(false, {session(kBoard, NoChange{}, 3)}).empty());
    EXPECT_EQ(copy.find(kBoard), nullptr);

    EXPECT_EQ(copy.receive(false, {session(kBoard, Refresh{{kAda, EntityId{0}, enrolled(true)}}, 4)}), Keys{kBoard});
    EXPECT_EQ(copy.find(kBoard)->instance, 4);
    EXPECT_EQ(copy.find(kBoard)->active(), 1U);
    EXPECT_EQ(copy.receive(false, {session(kBoard,
                                           Update{{kAda, EntityId{0}, AddApplication{enrolled(false)}},
                                                  {kBob, EntityId{9}, RemoveRecord{}},
                                                  {kBob, EntityId{1}, ReplaceApplication{enrolled(true)}}},
                                           5)}),
              Keys{kBoard});
    EXPECT_EQ(copy.find(kBoard)->entities.size(), 2U);
    EXPECT_EQ(copy.find(kBoard)->active(), 1U);

    EXPECT_EQ(copy.receive(false, {session(kBoard, Refresh{}, 6)}), Keys{kBoard});
    EXPECT_EQ(copy.find(kBoard), nullptr);
    EXPECT_TRUE(copy.receive(false, {session(kBoard, Refresh{}, 6)}).empty());
}

TEST(ApplicationRosterCopy, AFullRefreshEndsSessionsThatItDoesNotMention) {
    ApplicationRosterCopy copy;
    copy.receive(false, {session(kBoard, Refresh{{kAda, EntityId{0}, enrolled(true)}}, 1),
                         session(kChat, Refresh{{kAda, EntityId{1}, enrolled(true)}}, 1)});
    EXPECT_EQ(copy.receive(true, {session(kChat, Refresh{{kAda, EntityId{1}, enrolled(true)}}, 1)}), Keys{kBoard});
    EXPECT_EQ(copy.sessions().size(), 1U);
}

TEST(ApplicationRosterCopy, ALostNodeLeavesItsSessions) {
    ApplicationRosterCopy copy;
    copy.receive(
        true, {session(kBoard, Refresh{{kAda, EntityId{0}, enrolled(true)}}, 1),
               session(kChat, Refresh{{kAda, EntityId{1}, enrolled(true)}, {kBob, EntityId{1}, enrolled(true)}}, 1)});
    EXPECT_EQ(copy.remove_node(kAda), (Keys{kBoard, kChat}));
    EXPECT_EQ(copy.find(kBoard), nullptr);
    EXPECT_EQ(copy.find(kChat)->entities.size(), 1U);
    EXPECT_TRUE(copy.remove_node(kAda).empty());
}

}  // namespace
}  // namespace convene::gcc
