#include "gcc/roster_exchange.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <random>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::anybody;
using testing::kAda;
using testing::kBoard;
using testing::kTop;

NodeRecord node_record(std::optional<UserId> superior, unsigned version = 0) {
    NodeRecord out;
    out.superior_node = superior;
    out.node_name = std::u16string(version + 1, u'n');
    return out;
}
ApplicationRecord application_record(bool active) {
    ApplicationRecord out;
    out.application_active = active;
    return out;
}

TEST(RosterExchange, ANewcomerMakesTheBroadcastAFullRefresh) {
    Rosters top, ada;
    top.nodes.put(kTop, node_record(std::nullopt));
    top.applications.enrol({kTop, EntityId{0}}, kBoard, application_record(true), {});
    EXPECT_TRUE(next_broadcast(top)->full_refresh);
    EXPECT_FALSE(next_broadcast(top));

    ada.nodes.put(kAda, node_record(kTop));
    const auto first = next_report(ada, true);
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->full_refresh);
    EXPECT_TRUE(merge_report(top, kAda, *first, anybody).incidents.empty());

    const auto broadcast = next_broadcast(top);
    ASSERT_TRUE(broadcast);
    EXPECT_TRUE(broadcast->full_refresh);
    EXPECT_EQ(broadcast->application_information.size(), 1U) << "every session, although none has changed";
    RosterCopies copy;
    const RosterChanges changes = receive_broadcast(copy, *broadcast);
    EXPECT_EQ(changes.nodes.added.size(), 2U);
    EXPECT_EQ(changes.sessions, std::vector<SessionKey>{kBoard});

    ada.applications.enrol({kAda, EntityId{0}}, kBoard, application_record(true), {});
    const auto later = next_report(ada, false);
    ASSERT_TRUE(later);
    EXPECT_FALSE(later->full_refresh);
    EXPECT_TRUE(std::holds_alternative<NoChange>(later->node_information.node_record_list));
    EXPECT_FALSE(next_report(ada, false));
    EXPECT_TRUE(merge_report(top, kAda, *later, anybody).applications_changed);
    EXPECT_FALSE(next_broadcast(top)->full_refresh);
}

TEST(RosterExchange, NewsThatCancelOutSayNothing) {
    Rosters top;
    top.nodes.put(kTop, node_record(std::nullopt));
    next_broadcast(top);
    top.nodes.put(UserId{1002}, node_record(kTop));
    top.applications.enrol({UserId{1002}, EntityId{0}}, kBoard, application_record(true), {});
    EXPECT_EQ(remove_subtree(top, UserId{1002}), std::vector<UserId>{UserId{1002}});
    EXPECT_FALSE(next_broadcast(top));
}

// A conference of providers at any depth. Reports and broadcasts travel in queues, so that they overtake losses as
// they do in reality; losses are known at once to everybody whom MCS would tell.
class Hierarchy {
public:
    explicit Hierarchy(unsigned seed) : random_(seed) { add(std::nullopt); }

    void step() {
        const unsigned what = roll(100);
        if (what < 15) {
            join();
        } else if (what < 22) {
            leave();
        } else if (what < 32) {
            rename();
        } else if (what < 50) {
            enrol();
        } else if (what < 58) {
            unenrol();
        } else if (what < 75) {
            report(any_node());
        } else if (what < 90) {
            deliver_report(any_node());
        } else {
            broadcast();
        }
    }

    /// Lets everything that is under way arrive.
    void settle() {
        for (std::size_t level = 0; level < nodes_.size(); ++level) {  // no chain is longer
            for (auto& [id, node] : nodes_) {
                report(id);
                while (!node.up.empty()) deliver_report(id);
            }
        }
        broadcast();
    }

    void expect_agreement() {
        const Rosters& top = nodes_.at(kTop).rosters;
        std::map<UserId, NodeRecord> truth;
        std::map<SessionKey, std::map<Entity, ApplicationRecord>, SessionKeyOrder> sessions;
        std::map<SessionKey, CapabilityCounts, SessionKeyOrder> counts;
        for (const auto& [id, node] : nodes_) {
            truth[id] = node_record(node.parent, node.version);
            for (const auto& [where, application] : node.applications) {
                sessions[where.first][{id, where.second}] = application_record(application.active);
                if (!application.active) continue;
                for (const Capability& capability : application.capabilities) {
                    const auto number = std::get<StandardCapability>(capability.capability_id);
                    auto& [entities, least] = counts[where.first][number];
                    const std::uint64_t value = std::get<UnsignedMin>(capability.capability_class).value;
                    least = entities == 0 ? value : std::min(least, value);
                    ++entities;
                }
            }
        }
        ASSERT_EQ(top.nodes.size(), truth.size());
        for (const auto& [id, node] : nodes_) {
            SCOPED_TRACE(id.value);
            if (id == kTop) continue;  // ignores its own broadcasts
            ASSERT_EQ(node.copies.nodes.nodes(), truth);
            ASSERT_EQ(node.copies.nodes.instance(), top.nodes.instance());
            ASSERT_EQ(node.copies.applications.sessions().size(), sessions.size());
            for (const auto& [key, entities] : sessions) {
                const SessionRoster* session = node.copies.applications.find(key);
                ASSERT_NE(session, nullptr);
                ASSERT_EQ(session->entities, entities);
                CapabilityCounts listed;
                for (const CollapsedCapability& line : session->capabilities) {
                    listed[std::get<StandardCapability>(line.capability_id)] = {
                        line.number_of_entities, std::get<UnsignedMin>(line.capability_class).value};
                }
                ASSERT_EQ(listed, counts[key]);
            }
        }
    }

    std::size_t size() const { return nodes_.size(); }

private:
    using CapabilityCounts = std::map<StandardCapability, std::pair<std::uint32_t, std::uint64_t>>;

    struct Application {
        bool active = false;
        std::vector<Capability> capabilities;
    };
    struct Node {
        std::optional<UserId> parent;
        unsigned version = 0;
        Rosters rosters;
        RosterCopies copies;
        std::map<std::pair<SessionKey, EntityId>, Application,
                 bool (*)(const std::pair<SessionKey, EntityId>&, const std::pair<SessionKey, EntityId>&)>
            applications{[](const auto& a, const auto& b) {
                const SessionKeyOrder before;
                if (before(a.first, b.first)) return true;
                return !before(b.first, a.first) && a.second < b.second;
            }};
        std::deque<RosterUpdateIndication> up;
        bool has_reported = false;
    };

    unsigned roll(unsigned sides) { return static_cast<unsigned>(random_() % sides); }
    UserId any_node() { return std::next(nodes_.begin(), roll(static_cast<unsigned>(nodes_.size())))->first; }
    bool is_below(UserId node, UserId ancestor) const {
        for (auto at = nodes_.find(node); at != nodes_.end();) {
            if (at->first == ancestor) return true;
            if (!at->second.parent) return false;
            at = nodes_.find(*at->second.parent);
        }
        return false;
    }

    void add(std::optional<UserId> parent) {
        // Numbers are reused soon, as MCS may.
        std::uint16_t number = parent ? static_cast<std::uint16_t>(1002 + roll(40)) : kTop.value;
        while (nodes_.count(UserId{number}) != 0) ++number;
        Node& node = nodes_[UserId{number}];
        node.parent = parent;
        node.rosters.nodes.put(UserId{number}, node_record(parent));
    }
    void join() {
        if (nodes_.size() < 25) add(roll(2) == 0 ? kTop : any_node());
    }
    void leave() {
        const UserId lost = any_node();
        if (lost == kTop) return;
        std::vector<UserId> gone;
        for (const auto& [id, node] : nodes_) {
            if (is_below(id, lost)) gone.push_back(id);
        }
        for (const UserId each : gone) nodes_.erase(each);
        for (auto& [id, node] : nodes_) {
            for (const UserId each : gone) {
                remove_subtree(node.rosters, each);
                remove_node(node.copies, each);
            }
        }
    }
    void rename() {
        const UserId id = any_node();
        Node& node = nodes_.at(id);
        node.version = roll(3);
        node.rosters.nodes.put(id, node_record(node.parent, node.version));
    }
    void enrol() {
        const UserId id = any_node();
        Node& node = nodes_.at(id);
        const SessionKey session{kBoard.application_protocol_key, ChannelId{static_cast<std::uint16_t>(8 + roll(3))}};
        const EntityId entity{static_cast<std::uint16_t>(roll(2))};
        Application application{roll(3) != 0, {}};
        for (StandardCapability number = 0; number < 3; ++number) {
            if (roll(2) == 0) application.capabilities.push_back({CapabilityId{number}, UnsignedMin{roll(5)}});
        }
        ASSERT_FALSE(node.rosters.applications.enrol({id, entity}, session, application_record(application.active),
                                                     application.capabilities));
        node.applications[{session, entity}] = application;
    }
    void unenrol() {
        const UserId id = any_node();
        Node& node = nodes_.at(id);
        if (node.applications.empty()) return;
        const auto which = node.applications.begin();
        node.rosters.applications.unenrol({id, which->first.second}, which->first.first);
        node.applications.erase(which);
    }
    void report(UserId id) {
        Node& node = nodes_.at(id);
        if (!node.parent) return;
        auto next = next_report(node.rosters, !node.has_reported);
        node.has_reported = true;
        if (next) node.up.push_back(std::move(*next));
    }
    void deliver_report(UserId id) {
        Node& node = nodes_.at(id);
        if (node.up.empty()) return;
        merge_report(nodes_.at(*node.parent).rosters, id, node.up.front(),
                     [&](UserId about) { return is_below(about, id); });
        node.up.pop_front();
    }
    void broadcast() {
        const auto next = next_broadcast(nodes_.at(kTop).rosters);
        if (!next) return;
        for (auto& [id, node] : nodes_) {
            if (id != kTop) receive_broadcast(node.copies, *next);
        }
    }

    std::mt19937 random_;
    std::map<UserId, Node> nodes_;
};

TEST(RosterExchange, AllCopiesAgreeWithTheTruthAfterAnyInterleaving) {
    std::size_t nodes_seen = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        Hierarchy world(seed);
        for (int i = 0; i < 200; ++i) {
            world.step();
            if (i % 67 != 66) continue;
            world.settle();
            world.expect_agreement();
            if (::testing::Test::HasFatalFailure()) return;
            nodes_seen += world.size();
        }
    }
    EXPECT_GT(nodes_seen, 3000U) << "the worlds must not be empty";
}

}  // namespace
}  // namespace convene::gcc
