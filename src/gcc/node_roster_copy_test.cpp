#include "gcc/node_roster_copy.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::kAda;
using testing::kBob;
using testing::kTop;

NodeRecord named(std::u16string name) {
    NodeRecord out;
    out.node_name = std::move(name);
    return out;
}
NodeInformation information(NodeRecordList list, std::uint16_t instance) {
    NodeInformation out;
    out.node_record_list = std::move(list);
    out.roster_instance_number = instance;
    return out;
}
using Refreshes = std::vector<NodeRefresh>;
using Updates = std::vector<NodeUpdate>;

TEST(NodeRosterCopy, UpdatesBeforeTheFirstRefreshAreIgnored) {
    NodeRosterCopy copy;
    EXPECT_TRUE(copy.receive(information(Updates{{kAda, AddNode{named(u"Ada")}}}, 4)).empty());
    EXPECT_TRUE(copy.receive(information(NoChange{}, 4)).empty());
    EXPECT_FALSE(copy.is_complete());
    EXPECT_TRUE(copy.nodes().empty());

    EXPECT_EQ(copy.receive(information(Refreshes{{kTop, named(u"t")}, {kAda, named(u"Ada")}}, 5)).added,
              (std::vector<UserId>{kTop, kAda}));
    EXPECT_TRUE(copy.is_complete());
    EXPECT_EQ(copy.instance(), 5);
}

TEST(NodeRosterCopy, ARefreshReplacesWholesaleAndTellsTheDifference) {
    NodeRosterCopy copy;
    copy.receive(information(Refreshes{{kTop, named(u"t")}, {kAda, named(u"Ada")}}, 5));
    const NodeChanges changes = copy.receive(information(Refreshes{{kTop, named(u"T")}, {kBob, named(u"Bob")}}, 6));
    EXPECT_EQ(changes.added, std::vector<UserId>{kBob});
    EXPECT_EQ(changes.replaced, std::vector<UserId>{kTop});
    EXPECT_EQ(changes.removed, std::vector<UserId>{kAda});
}

TEST(NodeRosterCopy, UpdatesAreTolerant) {
    NodeRosterCopy copy;
    copy.receive(information(Refreshes{{kTop, named(u"t")}, {kAda, named(u"Ada")}}, 5));
    const NodeChanges changes = copy.receive(information(Updates{{kAda, AddNode{named(u"A.")}},
                                                                 {kBob, ReplaceNode{named(u"Bob")}},
                                                                 {UserId{1009}, RemoveRecord{}},
                                                                 {UserId{1010}, asn1::UnknownAlternative{1, {}}}},
                                                         6));
    EXPECT_EQ(changes.replaced, std::vector<UserId>{kAda});
    EXPECT_EQ(changes.added, std::vector<UserId>{kBob});
    EXPECT_TRUE(changes.removed.empty());
    EXPECT_EQ(copy.instance(), 6);
    EXPECT_EQ(copy.remove(kBob).removed, std::vector<UserId>{kBob});
    EXPECT_TRUE(copy.remove(kBob).empty());
    EXPECT_EQ(copy.find(kBob), nullptr);
    EXPECT_EQ(copy.find(kAda)->node_name, u"A.");
}

}  // namespace
}  // namespace convene::gcc
