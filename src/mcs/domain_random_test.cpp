// Providers that do anything in any order: whatever happens on the way, when the network has come to rest the
// information bases of both ends of every connection agree.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

class Chaos {
public:
    static constexpr std::size_t kNodes = 7;

    explicit Chaos(std::uint32_t seed) : random_(seed) {
        for (std::size_t i = 0; i < kNodes; ++i) {
            DomainConfig config;
            config.seed = pick(3);  // so that ids collide often
            config.parameters.max_mcspdu_size = 124;
            net_.add(config);
        }
    }

    void run(int actions) {
        for (int i = 0; i < actions; ++i) {
            act();
            for (auto steps = pick(4); steps > 0; --steps) net_.step();
            net_.forget_events();
        }
        net_.run();
    }

    void check() {
        for (std::size_t node = 0; node < kNodes; ++node) check_node(node);
        for (const auto& link : links_) {
            if (alive(link)) check_link(link);
        }
    }

private:
    std::uint32_t pick(std::size_t below) { return static_cast<std::uint32_t>(random_() % below); }
    bool alive(const Network::Link& link) {
        return net_[link.lower].connections().find(link.at_lower) != nullptr &&
               net_[link.upper].connections().find(link.at_upper) != nullptr;
    }
    std::size_t root_of(std::size_t node) {
        for (std::size_t i = 0; i < kNodes; ++i) {
            const Network::Link* up = nullptr;
            for (const auto& link : links_) {
                if (link.lower == node && net_[node].above() == link.at_lower) up = &link;
            }
            if (up == nullptr) return node;
            node = up->upper;
        }
        return node;
    }
    std::optional<std::pair<std::size_t, AttachmentId>> somebody() {
        if (users_.empty()) return std::nullopt;
        return users_[pick(users_.size())];
    }
    UserId some_id() {
        auto who = somebody();
        auto id = who ? net_[who->first].user_of(who->second) : std::nullopt;
        return id.value_or(UserId{static_cast<std::uint16_t>(1001 + pick(64'000))});
    }
    ChannelId some_channel() {
        switch (pick(4)) {
            case 0:
                return ChannelId{static_cast<std::uint16_t>(pick(4))};
            case 1:
                return channel_of(some_id());
            default: {
                auto ids = net_[pick(kNodes)].channels().ids();
                return ids.empty() ? ChannelId{1} : ids[pick(ids.size())];
            }
        }
    }
    void act() {
        auto node = static_cast<std::size_t>(pick(kNodes));
        auto action = pick(40);
        if (action < 6) {
            users_.emplace_back(node, net_[node].attach());
        } else if (action == 6 && net_[node].is_top()) {
            auto upper = static_cast<std::size_t>(pick(kNodes));
            if (root_of(upper) != node)
                links_.push_back(net_.connect(node, upper, static_cast<Version>(2 + pick(2)), 1));
        } else if (action == 7 && pick(3) == 0 && !links_.empty()) {
            auto& link = links_[pick(links_.size())];
            if (alive(link)) net_.cut(link);
        } else if (auto who = somebody()) {
            act_as(net_[who->first], who->second, action);
        }
    }
    void act_as(Domain& domain, AttachmentId who, std::uint32_t action) {
        TokenId token{static_cast<std::uint16_t>(1 + pick(3))};
        switch (action % 16) {
            case 0:
                return domain.detach(who);
            case 1:
            case 2:
            case 3:
                return domain.join(who, some_channel());
            case 4:
                return domain.leave(who, some_channel());
            case 5:
                return domain.convene(who);
            case 6:
                return domain.admit(who, some_channel(), {some_id(), some_id()});
            case 7:
                return domain.expel(who, some_channel(), {some_id()});
            case 8:
                return pick(4) == 0 ? domain.disband(who, some_channel()) : domain.token_test(who, token);
            case 9:
                return domain.token_grab(who, token);
            case 10:
                return domain.token_inhibit(who, token);
            case 11:
                return domain.token_give(who, token, some_id());
            case 12:
                return domain.token_give_response(who, token,
                                                  pick(2) == 0 ? Result::successful : Result::user_rejected);
            case 13:
                return domain.token_release(who, token);
            case 14:
                return domain.token_please(who, token);
            default:
                return domain.send(who, some_channel(), static_cast<DataPriority>(pick(4)), pick(2) == 0,
                                   Slice(Bytes(pick(300))));
        }
    }

    void check_node(std::size_t node) {
        Domain& domain = net_[node];
        EXPECT_EQ(domain.pending(), 0U) << node;
        EXPECT_FALSE(domain.is_merging()) << node;
        for (const auto& [id, channel] : domain.channels()) {
            EXPECT_TRUE(channel.confirmed);
            if (channel.kind == ChannelKind::user) {
                if (channel.direction.is_attachment()) {
                    EXPECT_EQ(domain.user_of(channel.direction.attachment()), UserId{id.value});
                } else {
                    EXPECT_NE(domain.connections().find(channel.direction.connection()), nullptr);
                }
            }
            if (channel.kind == ChannelKind::permanent || channel.kind == ChannelKind::assigned) {
                EXPECT_FALSE(channel.joined.empty()) << node << " " << id.value;
            }
            if (channel.kind == ChannelKind::managed) {
                for (UserId user : channel.admitted) EXPECT_TRUE(domain.channels().has_user(user));
                EXPECT_TRUE(!channel.admitted.empty() || domain.channels().has_user(channel.manager));
                if (domain.is_top()) {
                    EXPECT_TRUE(domain.channels().has_user(channel.manager));
                }
            }
            for (const Hop& hop : channel.joined) {
                if (hop.is_attachment()) {
                    EXPECT_TRUE(domain.user_of(hop.attachment()));
                }
            }
        }
        for (const auto& [id, token] : domain.tokens()) {
            bool here = false;
            for (UserId user : token.users()) here |= domain.channels().has_user(user);
            EXPECT_TRUE(here) << node << " token " << id.value;
            EXPECT_NE(token.state, TokenState::ungivable);
        }
    }
    void check_link(const Network::Link& link) {
        const Domain& lower = net_[link.lower];
        const Domain& upper = net_[link.upper];
        Hop down = Hop::to(link.at_upper);
        EXPECT_EQ(lower.channels().user_ids(), upper.channels().users_towards(down));
        EXPECT_EQ(upper.connections().find(link.at_upper)->sub_height, lower.height());
        EXPECT_EQ(upper.connections().find(link.at_upper)->users, lower.channels().users());
        for (const auto& [id, channel] : lower.channels()) {
            const Channel* above = upper.channels().find(id);
            ASSERT_NE(above, nullptr) << id.value;
            EXPECT_EQ(above->kind, channel.kind);
            EXPECT_EQ(above->joined.contains(down), !channel.joined.empty())
                << id.value << " kind " << int(channel.kind) << " " << link.lower << "-" << link.upper;
            if (channel.kind != ChannelKind::managed) continue;
            EXPECT_EQ(above->manager, channel.manager);
            FlatSet<UserId> admitted;
            for (UserId user : above->admitted) {
                if (upper.channels().direction_of(user) == down) admitted.insert(user);
            }
            EXPECT_EQ(admitted, channel.admitted);
        }
        for (const auto& [id, channel] : upper.channels()) {
            if (channel.joined.contains(down)) {
                EXPECT_NE(lower.channels().find(id), nullptr) << id.value;
            }
        }
        for (const auto& [id, token] : upper.tokens()) {
            for (UserId user : token.users()) {
                if (upper.channels().direction_of(user) != down) continue;
                const Token* below = lower.tokens().find(id);
                ASSERT_NE(below, nullptr) << "token " << id.value;
                EXPECT_TRUE(below->concerns(user)) << "token " << id.value;
            }
        }
        for (const auto& [id, token] : lower.tokens()) EXPECT_NE(upper.tokens().find(id), nullptr) << id.value;
    }

    std::mt19937 random_;
    Network net_;
    std::vector<Network::Link> links_;
    std::vector<std::pair<std::size_t, AttachmentId>> users_;
};

TEST(DomainChaos, InformationBasesAgreeAtRest) {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        Chaos chaos(seed);
        chaos.run(200);
        chaos.check();
        ASSERT_FALSE(::testing::Test::HasFailure()) << "seed " << seed;
    }
}

}  // namespace
}  // namespace convene::mcs
