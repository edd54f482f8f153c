#include "sim/invariants.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

namespace convene::sim {
namespace {

std::string at(Node node) { return " at provider " + std::to_string(node); }
std::string text(mcs::ChannelId id) { return "channel " + std::to_string(id.value); }
std::string text(mcs::TokenId id) { return "token " + std::to_string(id.value); }

/// One provider by itself.
class ProviderCheck {
public:
    ProviderCheck(const mcs::Domain& domain, Node node, Report& report)
        : domain_(domain), node_(node), report_(report) {}

    void run() {
        expect(domain_.pending() == 0, "requests are pending");
        expect(!domain_.is_merging(), "a merge goes on");
        domain_.connections().for_each([&](const mcs::Connection& connection) { check(connection); });
        for (const auto& [id, channel] : domain_.channels()) check(id, channel);
        for (const auto& [id, token] : domain_.tokens()) check(id, token);
    }

private:
    void expect(bool holds, const std::string& what) {
        report_.expect(holds, [&] { return what + at(node_); });
    }
    void check(const mcs::Connection& connection) {
        expect(connection.nothing_queued(), "octets are counted as queued");
        expect(connection.attaching == 0, "an attachment is counted as under way");
        for (const auto& queue : connection.queues) expect(queue.feeders.empty(), "a transport is kept waiting");
        for (unsigned holds : connection.holds) expect(holds == 0, "a transport is held");
    }
    void check(mcs::ChannelId id, const mcs::Channel& channel) {
        expect(channel.confirmed, text(id) + " is not confirmed");
        for (const mcs::Hop& hop : channel.joined) {
            bool alive = hop.is_attachment() ? domain_.user_of(hop.attachment()).has_value()
                                             : domain_.connections().find(hop.connection()) != nullptr;
            expect(alive, text(id) + " is joined by what is gone");
        }
        switch (channel.kind) {
            case mcs::ChannelKind::user:
                if (channel.direction.is_attachment()) {
                    expect(domain_.user_of(channel.direction.attachment()) == mcs::UserId{id.value},
                           text(id) + " leads to another user");
                } else {
                    expect(domain_.connections().find(channel.direction.connection()) != nullptr,
                           text(id) + " leads nowhere");
                }
                break;
            case mcs::ChannelKind::permanent:
            case mcs::ChannelKind::assigned:
                expect(!channel.joined.empty(), text(id) + " is kept though nobody has joined it");
                break;
            case mcs::ChannelKind::managed:
                for (mcs::UserId user : channel.admitted)
                    expect(domain_.channels().has_user(user), text(id) + " admits somebody from elsewhere");
                expect(domain_.channels().has_user(channel.manager) || (!domain_.is_top() && !channel.admitted.empty()),
                       text(id) + " has no reason to be here");
                break;
        }
    }
    void check(mcs::TokenId id, const mcs::Token& token) {
        expect(token.confirmed, text(id) + " is not confirmed");
        expect(token.state != mcs::TokenState::ungivable, text(id) + " is still ungivable");
        bool here = false;
        for (mcs::UserId user : token.users()) here |= domain_.channels().has_user(user);
        expect(here, text(id) + " is kept though nobody here has to do with it");
    }

    const mcs::Domain& domain_;
    Node node_;
    Report& report_;
};

/// The two ends of a connection.
class LinkCheck {
public:
    LinkCheck(const Network& network, const Network::Link& link, Report& report)
        : below_(network[link.ends[Network::lower].node]),
          above_(network[link.ends[Network::upper].node]),
          connection_(*above_.connections().find(*link.ends[Network::upper].connection)),
          down_(mcs::Hop::to(connection_.id)),
          where_(" between " + std::to_string(link.ends[Network::lower].node) + " and " +
                 std::to_string(link.ends[Network::upper].node)),
          report_(report) {}

    void run() {
        expect(below_.channels().user_ids() == above_.channels().users_towards(down_), "different users");
        expect(connection_.users == below_.channels().users(), "different numbers of users");
        expect(connection_.sub_height == below_.height(), "different heights");
        for (const auto& [id, channel] : below_.channels()) check(id, channel);
        for (const auto& [id, channel] : above_.channels()) {
            bool known = below_.channels().find(id) != nullptr;
            expect(known || !channel.joined.contains(down_), text(id) + " is joined only above");
        }
        for (const auto& [id, token] : below_.tokens()) check_below(id, token);
        for (const auto& [id, token] : above_.tokens()) check_above(id, token);
    }

private:
    void expect(bool holds, const std::string& what) {
        report_.expect(holds, [&] { return what + where_; });
    }
    bool is_below(mcs::UserId user) const { return above_.channels().direction_of(user) == down_; }

    void check(mcs::ChannelId id, const mcs::Channel& lower) {
        const mcs::Channel* upper = above_.channels().find(id);
        expect(upper != nullptr, text(id) + " is known only below");
        if (upper == nullptr) return;
        expect(upper->kind == lower.kind, text(id) + " is of different kinds");
        expect(upper->joined.contains(down_) == !lower.joined.empty(), text(id) + " is joined at one end only");
        if (lower.kind != mcs::ChannelKind::managed) return;
        expect(upper->manager == lower.manager, text(id) + " has different managers");
        mcs::FlatSet<mcs::UserId> admitted;
        for (mcs::UserId user : upper->admitted) {
            if (is_below(user)) admitted.insert(user);
        }
        expect(admitted == lower.admitted, text(id) + " admits different users");
    }
    void check_below(mcs::TokenId id, const mcs::Token& lower) {
        const mcs::Token* upper = above_.tokens().find(id);
        expect(upper != nullptr, text(id) + " is known only below");
        if (upper == nullptr) return;
        for (mcs::UserId user : lower.users())
            expect(!below_.channels().has_user(user) || upper->concerns(user),
                   text(id) + " concerns a user only below");
        if (lower.state == mcs::TokenState::grabbed) {
            expect(upper->state == mcs::TokenState::grabbed || upper->state == mcs::TokenState::giving,
                   text(id) + " is grabbed only below");
            expect(upper->grabber == lower.grabber, text(id) + " has different holders");
        }
    }
    void check_above(mcs::TokenId id, const mcs::Token& upper) {
        const mcs::Token* lower = below_.tokens().find(id);
        for (mcs::UserId user : upper.users())
            expect(!is_below(user) || (lower != nullptr && lower->concerns(user)),
                   text(id) + " concerns a user only above");
    }

    const mcs::Domain& below_;
    const mcs::Domain& above_;
    const mcs::Connection& connection_;
    mcs::Hop down_;
    std::string where_;
    Report& report_;
};

/// All users of a tree have different ids, and the top provider knows these and no others.
void check_ids(const Network& network, const Crowd& crowd, const std::vector<Tree>& trees, Report& report) {
    std::vector<std::size_t> tree_of(network.size());
    for (std::size_t tree = 0; tree < trees.size(); ++tree) {
        for (Node node : trees[tree].nodes) tree_of[node] = tree;
    }
    std::vector<std::vector<mcs::UserId>> users(trees.size());
    for (PersonId who : crowd.present()) {
        const Person& person = crowd.people()[who];
        users[tree_of[person.node]].push_back(*person.user);
    }
    for (std::size_t tree = 0; tree < trees.size(); ++tree) {
        auto& ids = users[tree];
        std::sort(ids.begin(), ids.end());
        report.expect(std::adjacent_find(ids.begin(), ids.end()) == ids.end(),
                      [&] { return "two users have the same id" + at(trees[tree].top); });
        report.expect(ids == network[trees[tree].top].channels().user_ids(),
                      [&] { return "the top provider knows other users" + at(trees[tree].top); });
    }
}

}  // namespace

std::vector<Tree> trees_of(const Network& network, Report& report) {
    std::vector<Node> parent(network.size());
    std::iota(parent.begin(), parent.end(), Node{0});
    auto root = [&](Node node) {
        while (parent[node] != node) node = parent[node] = parent[parent[node]];
        return node;
    };
    for (const auto& link : network.links()) {
        bool low = link.ends[Network::lower].connection.has_value();
        bool up = link.ends[Network::upper].connection.has_value();
        report.expect(low == up, [&] {
            return "only one end has a connection" + at(link.ends[low ? Network::lower : Network::upper].node);
        });
        if (!low || !up) continue;
        Node one = root(link.ends[Network::lower].node);
        Node two = root(link.ends[Network::upper].node);
        report.expect(one != two, [&] { return "connections form a ring" + at(one); });
        parent[std::max(one, two)] = std::min(one, two);
    }
    std::map<Node, Tree> trees;
    std::map<Node, std::size_t> tops;
    for (Node node = 0; node < network.size(); ++node) {
        Tree& tree = trees[root(node)];
        tree.nodes.push_back(node);
        if (!network[node].is_top()) continue;
        tree.top = node;
        ++tops[root(node)];
    }
    std::vector<Tree> out;
    for (auto& [node, tree] : trees) {
        report.expect(tops[node] == 1,
                      [&, n = node] { return std::to_string(tops[n]) + " top providers in the domain" + at(n); });
        out.push_back(std::move(tree));
    }
    return out;
}

void check_providers(const Network& network, const Crowd& crowd, const std::vector<Tree>& trees, Report& report) {
    report.expect(network.in_flight() == 0, [] { return "PDUs are left on a link"; });
    report.expect(network.paused() == 0, [] { return "a transport is paused for good"; });
    for (Node node = 0; node < network.size(); ++node) ProviderCheck(network[node], node, report).run();
    for (const auto& link : network.links()) {
        if (network.is_up(link)) LinkCheck(network, link, report).run();
    }
    check_ids(network, crowd, trees, report);
}

void check_empty(const Network& network, Report& report) {
    for (Node node = 0; node < network.size(); ++node) {
        report.expect(network[node].channels().empty(), [&] { return "channels outlive all users" + at(node); });
        report.expect(network[node].tokens().empty(), [&] { return "tokens outlive all users" + at(node); });
    }
}

}  // namespace convene::sim
