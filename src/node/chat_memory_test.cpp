// Receipts for what is said, and what newcomers are told.
#include <gtest/gtest.h>

#include "node/receipt.hpp"
#include "node/testing.hpp"

namespace convene::node {
namespace {

using testing::config_for;
using testing::Network;

struct Talk {
    Network network;
    Network::Member* server;

    explicit Talk(bool keeps = true) {
        auto config = config_for("server", 1);
        config.keeps_chat = keeps;
        config.wants_history = false;
        server = &network.add(std::move(config));
        gcc::ConferenceProfile profile;
        profile.name.numeric = "1503";
        profile.termination = gcc::TerminationMethod::manual;
        server->node->host(profile, network.now());
        network.run();
    }
    Network::Member& join(const std::string& name, bool wants_history = true) {
        auto config = config_for(name, 100 + name.size());
        config.wants_history = wants_history;
        auto& member = network.add(std::move(config));
        member.node->join("server", {}, network.now());
        network.pass(std::chrono::seconds{3});
        return member;
    }
    void say(Network::Member& member, const std::string& text) {
        member.node->say(text, network.now());
        network.run();
    }
    /// What the server has heard is safe now.
    void acknowledge_all() {
        for (const auto& line : server->all<ChatLine>())
            if (line.number != 0) server->node->chat()->acknowledge(line.from, line.number);
        server->node->settle(network.now());
        network.run();
    }
};

TEST(ChatMemory, AKeeperCountsWhatEachSaysAndConfirmsIt) {
    Talk talk;
    auto& ada = talk.join("Ada");
    auto& grace = talk.join("Grace");
    talk.say(ada, "one");
    talk.say(grace, "hello");
    talk.say(ada, "two");
    ada.node->say_privately(*grace.node->conference()->self(), "psst", talk.network.now());
    talk.network.run();
    const auto heard = talk.server->all<ChatLine>();
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0].number, 1U);
    EXPECT_EQ(heard[1].number, 1U);
    EXPECT_EQ(heard[2].number, 2U);
    EXPECT_EQ(ada.node->chat()->unsaved(), 2U);
    talk.acknowledge_all();
    EXPECT_EQ(ada.node->chat()->unsaved(), 0U);
    EXPECT_EQ(grace.node->chat()->unsaved(), 0U);
    ASSERT_FALSE(ada.all<ChatSaved>().empty());
    EXPECT_EQ(ada.all<ChatSaved>().back().left, 0U);
    for (const auto& line : ada.all<ChatLine>()) EXPECT_EQ(line.number, 0U);
}

TEST(ChatMemory, ALongLineThatComesInPartsIsOneLine) {
    Talk talk;
    auto& ada = talk.join("Ada");
    const std::string text(15'000, 'x');
    for (int i = 0; i < 5; ++i) talk.say(ada, text);
    const auto heard = talk.server->all<ChatLine>();
    ASSERT_EQ(heard.size(), 5U);
    EXPECT_EQ(heard.back().text, text);
    EXPECT_EQ(heard.back().number, 5U);
}

TEST(ChatMemory, ANewcomerIsToldWhatWasBefore) {
    Talk talk;
    auto& ada = talk.join("Ada");
    ASSERT_EQ(talk.server->all<ChatNewcomer>().size(), 1U);
    const std::vector<PastLine> past{{"Charles", 1'000, "an engine"}, {"Ada", 2'000, "a program"}};
    talk.server->node->chat()->tell_history(talk.server->all<ChatNewcomer>().front().user, past);
    talk.server->node->settle(talk.network.now());
    talk.network.run();
    ASSERT_EQ(ada.all<ChatHistory>().size(), 1U);
    EXPECT_EQ(ada.all<ChatHistory>().front().lines, past);
    EXPECT_TRUE(ada.all<ChatHistory>().front().is_last);
    EXPECT_TRUE(ada.all<ChatLine>().empty());
}

TEST(ChatMemory, ALineThatWaitsForItsNameIsToldOnce) {
    Talk talk;
    auto& ada = talk.join("Ada");
    // Rosters travel later than chat: Ada hears Grace before she knows who that is.
    auto& grace = talk.network.add(config_for("Grace", 7));
    grace.node->join("server", {}, talk.network.now());
    for (int i = 0; i < 100 && grace.all<ChatReady>().empty(); ++i) talk.network.pass(std::chrono::milliseconds{50});
    talk.say(grace, "good morning");
    ASSERT_TRUE(ada.all<ChatLine>().empty());
    ASSERT_EQ(talk.server->all<ChatNewcomer>().size(), 1U);
    const std::vector<PastLine> past{{"Charles", 1'000, "an engine"}, {"Grace", 2'000, "good morning"}};
    talk.server->node->chat()->tell_history(talk.server->all<ChatNewcomer>().front().user, past);
    talk.server->node->settle(talk.network.now());
    talk.network.run();
    ASSERT_EQ(ada.all<ChatHistory>().size(), 1U);
    EXPECT_EQ(ada.all<ChatHistory>().front().lines, std::vector<PastLine>{past.front()});
    ASSERT_TRUE(ada.all<ChatLine>().empty());
    talk.network.pass(std::chrono::seconds{3});
    ASSERT_EQ(ada.all<ChatLine>().size(), 1U);
    EXPECT_EQ(ada.all<ChatLine>().front().name, "Grace");
    EXPECT_EQ(ada.all<ChatLine>().front().text, "good morning");
}

TEST(ChatMemory, WhoDoesNotAskIsNeitherToldNorConfirmed) {
    Talk talk;
    auto& ada = talk.join("Ada", false);
    EXPECT_TRUE(talk.server->all<ChatNewcomer>().empty());
    talk.say(ada, "hello");
    talk.acknowledge_all();
    EXPECT_EQ(ada.node->chat()->unsaved(), 1U);
    EXPECT_TRUE(ada.all<ChatSaved>().empty());
}

TEST(ChatMemory, OnlyTheTopOfTheConferenceIsBelieved) {
    Talk talk;
    auto& ada = talk.join("Ada");
    auto config = config_for("Mallory", 666);
    config.keeps_chat = true;  // pretends to remember
    auto& mallory = talk.network.add(std::move(config));
    mallory.node->join("server", {}, talk.network.now());
    talk.network.pass(std::chrono::seconds{3});
    ASSERT_FALSE(mallory.all<ChatNewcomer>().empty());
    for (const auto& newcomer : mallory.all<ChatNewcomer>())
        mallory.node->chat()->tell_history(newcomer.user, {{"Grace", 1, "never said"}});
    talk.say(ada, "hello");
    for (const auto& line : mallory.all<ChatLine>()) mallory.node->chat()->acknowledge(line.from, line.number);
    mallory.node->settle(talk.network.now());
    talk.network.run();
    EXPECT_TRUE(ada.all<ChatHistory>().empty());
    EXPECT_TRUE(ada.all<ChatLine>().empty());
    EXPECT_EQ(ada.node->chat()->unsaved(), 1U);
}

}  // namespace
}  // namespace convene::node
