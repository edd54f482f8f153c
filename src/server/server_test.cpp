// A server with its workers and nodes that visit it over sockets.
#include "server/server.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "server/testing.hpp"

namespace convene::server {
namespace {

using testing::Visitor;
using namespace std::chrono_literals;

class ServerTests : public testing::ServerTest {
protected:
    Visitor& create(std::string name, gcc::ConferenceProfile profile) {
        Visitor& visitor = visit(std::move(name));
        visitor.with([&](node::Node& node, Instant now) { node.create(address(), profile, now); });
        return visitor;
    }
    static gcc::ConferenceProfile profile(std::string number, std::u16string text) {
        gcc::ConferenceProfile out;
        out.name.numeric = std::move(number);
        out.name.text = std::move(text);
        return out;
    }
};

TEST_F(ServerTests, TwoMeetInTheLobbyAndChat) {
    start();
    Visitor& ada = join("Ada");
    Visitor& grace = join("Grace");
    EXPECT_TRUE(run_until([&] {
        return ada.roster() == 3 && grace.roster() == 3 && ada.has<node::ChatReady>() && grace.has<node::ChatReady>();
    }));
    run_for(300ms);  // names of chat users are known with the next application roster
    ada.with([](node::Node& node, Instant now) { node.say("good morning", now); });
    EXPECT_TRUE(run_until([&] { return grace.said().size() == 1; }));
    EXPECT_EQ(grace.said(), std::vector<std::string>{"Ada: good morning"});
    EXPECT_TRUE(logged("user-joined conf=lobby"));
    ada.with([](node::Node& node, Instant now) { node.leave(now); });
    EXPECT_TRUE(run_until([&] { return grace.roster() == 2 && logged("user-left"); }));
    EXPECT_FALSE(logged("good morning"));
}

TEST_F(ServerTests, AQueryListsConferences) {
    settings_.conferences.resize(2);
    settings_.conferences[0].name = "Board";
    settings_.conferences[1].name = "Secret";
    settings_.conferences[1].listed = false;
    start();
    Visitor& visitor = visit("Ada");
    visitor.with([&](node::Node& node, Instant now) { node.query(address(), now); });
    ASSERT_TRUE(run_until([&] { return visitor.has<node::QueryAnswered>(); }));
    const auto list = visitor.all<node::QueryAnswered>()[0].response.conference_list;
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].conference_name.text, u"lobby");
    EXPECT_EQ(list[1].conference_name.text, u"Board");
}

TEST_F(ServerTests, AConferenceOnDemandBeginsAndEnds) {
    start();
    Visitor& ada = create("Ada", profile("77", u"Garden"));
    ASSERT_TRUE(run_until([&] { return ada.has<gcc::Joined>(); }));
    Visitor& grace = join("Grace", named(u"Garden"));
    EXPECT_TRUE(run_until([&] { return ada.roster() == 3 && grace.roster() == 3; }));
    EXPECT_EQ(server_->conferences(), 2u);
    ada.with([](node::Node& node, Instant now) { node.leave(now); });
    grace.with([](node::Node& node, Instant now) { node.leave(now); });
    EXPECT_TRUE(run_until([&] { return server_->conferences() == 1 && logged("conference-ended conf=Garden"); }));
}

TEST_F(ServerTests, WhatThePolicyForbidsIsRefused) {
    settings_.policy = "configured";
    start();
    Visitor& ada = create("Ada", profile("77", u"Garden"));
    ASSERT_TRUE(run_until([&] { return ada.has<node::CreateRefused>(); }));
    EXPECT_EQ(ada.all<node::CreateRefused>()[0].response->result, gcc::CreateResult::user_rejected);
    Visitor& grace = visit("Grace");
    grace.join(address(), named(u"Nowhere"));
    ASSERT_TRUE(run_until([&] { return grace.has<node::JoinRefused>(); }));
    EXPECT_EQ(grace.all<node::JoinRefused>()[0].response->result, gcc::JoinResult::invalid_conference);
}

TEST_F(ServerTests, PasswordsAreNeededAndGuessingIsSlowedDown) {
    std::string name = ::testing::TempDir() + "convene-server-XXXXXX";
    const std::string directory = ::mkdtemp(name.data());
    std::ofstream(directory + "/secret") << "sesame\n";
    settings_.conferences.resize(1);
    settings_.conferences[0].name = "Vault";
    settings_.conferences[0].password_file = directory + "/secret";
    settings_.password_attempts = 3;
    settings_.password_refill = Milliseconds(3'600'000);
    start();
    const auto try_with = [&](std::optional<std::u16string> password) {
        auto options = named(u"Vault");
        if (password) options.password = gcc::PasswordSelector{gcc::SimpleText{*password}};
        Visitor& visitor = visit("Eve");
        visitor.join(address(), options);
        EXPECT_TRUE(run_until([&] { return visitor.has<node::JoinRefused>() || visitor.has<gcc::Joined>(); }));
        return visitor.has<gcc::Joined>() ? gcc::JoinResult::success
                                          : visitor.all<node::JoinRefused>()[0].response->result;
    };
    EXPECT_EQ(try_with(u"sesame"), gcc::JoinResult::success);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(try_with(u"guess"), gcc::JoinResult::invalid_password);
    EXPECT_EQ(try_with(u"sesame"), gcc::JoinResult::user_rejected);  // throttled
    EXPECT_FALSE(logged("sesame"));
    std::filesystem::remove_all(directory);
}

TEST_F(ServerTests, AFullConferenceTakesNobody) {
    settings_.conferences.resize(1);
    settings_.conferences[0].name = "Small";
    settings_.conferences[0].max_users = 2;
    start();
    join("Ada", named(u"Small"));
    Visitor& grace = join("Grace", named(u"Small"));
    EXPECT_TRUE(run_until([&] { return grace.roster() == 3; }));
    Visitor& late = visit("Late");
    late.join(address(), named(u"Small"));
    EXPECT_TRUE(run_until([&] { return late.has<node::JoinRefused>(); }));
}

TEST_F(ServerTests, DrainingTellsEverybody) {
    start();
    Visitor& ada = join("Ada");
    Visitor& grace = join("Grace");
    EXPECT_TRUE(run_until([&] { return ada.roster() == 3 && grace.roster() == 3; }));
    const auto begin = std::chrono::steady_clock::now();
    std::optional<bool> clean;
    server_->drain([&](bool was_clean) { clean = was_clean; });
    EXPECT_TRUE(run_until([&] { return clean && ada.has<gcc::Ended>() && grace.has<gcc::Ended>(); }));
    EXPECT_TRUE(*clean);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
    EXPECT_TRUE(ada.has<gcc::TextMessage>());
    EXPECT_TRUE(ada.has<gcc::Terminating>());
    boost::asio::ip::tcp::socket socket(context_);
    boost::system::error_code error;
    socket.connect(server_->endpoints().front(), error);
    EXPECT_TRUE(error);
}

TEST_F(ServerTests, DrainingDoesNotWaitForThoseWhoDoNotListen) {
    settings_.drain_time = Milliseconds(300);
    start();
    Visitor& ada = join("Ada");
    EXPECT_TRUE(run_until([&] { return ada.roster() == 2; }));
    for (const auto transport : ada.runner().transports()) ada.runner().connection(transport)->pause_reading();
    std::optional<bool> clean;
    const auto begin = std::chrono::steady_clock::now();
    server_->drain([&](bool was_clean) { clean = was_clean; });
    EXPECT_TRUE(run_until([&] { return clean.has_value(); }));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
}

TEST_F(ServerTests, SeveralTransportsFindTheirConference) {
    start();
    Visitor& ada = visit("Ada", [](node::NodeConfig& config) {
        config.links.range.minimum.num_priorities = 3;
        config.links.preferred_priorities = 3;
        config.domain.parameters.num_priorities = 3;
    });
    ada.join(address());
    ASSERT_TRUE(run_until([&] { return ada.has<gcc::Joined>(); }));
    EXPECT_EQ(ada.runner().connections(), 3u);
}

TEST_F(ServerTests, AReceiverThatStopsReadingHurtsOnlyItself) {
    settings_.stall_time = Milliseconds(500);
    start();
    Visitor& ada = join("Ada");
    Visitor& grace = join("Grace");
    Visitor& stuck = join("Stuck");
    EXPECT_TRUE(run_until([&] {
        return ada.roster() == 4 && grace.roster() == 4 && stuck.roster() == 4 && ada.has<node::ChatReady>() &&
               grace.has<node::ChatReady>() && stuck.has<node::ChatReady>();
    }));
    for (const auto transport : stuck.runner().transports()) stuck.runner().connection(transport)->pause_reading();

    const std::string line(2000, 'x');
    std::size_t said = 0;
    // More than the kernel's buffers and the queue hold, so that the server must act.
    EXPECT_TRUE(run_until(
        [&] {
            ada.with([&](node::Node& node, Instant now) {
                if (said < 12'000 &&
                    ada.runner().connection(ada.runner().transports().at(0))->octets_queued() < 100'000)
                    for (int i = 0; i < 20; ++i, ++said) node.say(line, now);
            });
            return logged("connection-too-slow") && grace.said().size() >= 4000;
        },
        60s));
    EXPECT_TRUE(logged("connection-too-slow"));
    EXPECT_TRUE(run_until([&] { return ask({{"command", "status"}})["too_slow"] == 1; }));
    const std::size_t received = grace.said().size();
    EXPECT_GE(received, 4000u);
    EXPECT_TRUE(run_until([&] { return grace.roster() == 3; }));
    EXPECT_TRUE(run_until([&] { return grace.said().size() == said; }, 60s));
}

TEST_F(ServerTests, TooMuchForAConferenceCostsTheOneWhoIsFurthestBehind) {
    settings_.conference_queue = ByteSize{1 << 20};
    settings_.output_queue = ByteSize{64 << 20};
    settings_.flow_high = ByteSize{32 << 20};
    settings_.stall_time = Milliseconds(60'000);
    start();
    Visitor& ada = join("Ada");
    Visitor& grace = join("Grace");
    Visitor& first = join("First");
    Visitor& second = join("Second");
    EXPECT_TRUE(run_until([&] {
        for (Visitor* each : {&ada, &grace, &first, &second})
            if (each->roster() != 5 || !each->has<node::ChatReady>()) return false;
        return true;
    }));
    const auto stop_reading = [](Visitor& visitor) {
        for (const auto transport : visitor.runner().transports())
            visitor.runner().connection(transport)->pause_reading();
    };
    const std::string line(2000, 'x');
    std::size_t said = 0;
    // Little is under way at any time, so that it ends soon after somebody is disconnected.
    constexpr std::size_t kWindow = 100;
    const auto say = [&](std::size_t lines) {
        const std::size_t most = said + lines;
        return run_until(
            [&] {
                const std::size_t heard = grace.said().size();
                ada.with([&](node::Node& node, Instant now) {
                    for (; said < std::min(most, heard + kWindow); ++said) node.say(line, now);
                });
                return heard == most || logged("connection-too-slow");
            },
            60s);
    };
    stop_reading(first);
    EXPECT_TRUE(say(1000));  // more than the limit; the kernel may hold it all
    stop_reading(second);
    EXPECT_TRUE(say(10'000));
    EXPECT_TRUE(logged("too much output waits in its conference")) << log_text();
    EXPECT_TRUE(run_until([&] { return grace.said().size() == said && ada.roster() == 4; }));
    EXPECT_TRUE(ada.node().nodes_named("First").empty());
    EXPECT_FALSE(ada.node().nodes_named("Second").empty());
    EXPECT_TRUE(run_until([&] { return ask({{"command", "status"}})["too_slow"] == 1; }));
}

TEST_F(ServerTests, AdministratorsSeeAndAct) {
    start();
    Visitor& ada = join("Ada");
    Visitor& grace = join("Grace");
    EXPECT_TRUE(run_until([&] { return ada.roster() == 3 && grace.roster() == 3; }));
    EXPECT_TRUE(run_until([&] { return ask({{"command", "status"}})["participants"] == 2; }));
    EXPECT_EQ(ask({{"command", "conferences"}})["conferences"][0]["conference"], "lobby");
    const auto list = ask({{"command", "participants"}, {"conference", "lobby"}})["participants"];
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0]["address"].get<std::string>().substr(0, 10), "127.0.0.1:");

    EXPECT_TRUE(ask({{"command", "lock"}, {"conference", "lobby"}})["ok"]);
    Visitor& late = visit("Late");
    late.join(address());
    EXPECT_TRUE(run_until([&] { return late.has<node::JoinRefused>(); }));
    EXPECT_TRUE(ask({{"command", "unlock"}, {"conference", "lobby"}})["ok"]);

    const auto user = list[1]["user"];
    EXPECT_TRUE(ask({{"command", "eject"}, {"conference", "lobby"}, {"user", user}})["ok"]);
    EXPECT_TRUE(run_until(
        [&] { return ada.roster() + grace.roster() > 0 && (ada.has<gcc::Ended>() || grace.has<gcc::Ended>()); }));

    EXPECT_TRUE(ask({{"command", "seen"}})["applications"].is_array());
    EXPECT_FALSE(ask({{"command", "end"}, {"conference", "nowhere"}})["ok"]);
    EXPECT_FALSE(ask({{"command", "nonsense"}})["ok"]);
    EXPECT_FALSE(ask({{"command", "reload"}})["ok"]);
    EXPECT_FALSE(ask({{"command", "capture"}, {"conference", "lobby"}, {"on", true}})["ok"]);  // nowhere to write

    EXPECT_TRUE(ask({{"command", "end"}, {"conference", "lobby"}})["ok"]);
    EXPECT_TRUE(run_until([&] { return logged("conference-ended conf=lobby"); }));
    EXPECT_TRUE(run_until([&] { return server_->conferences() == 1; }));  // permanent: begins anew
    join("Again");
}

TEST_F(ServerTests, CapturesAreWritten) {
    std::string name = ::testing::TempDir() + "convene-server-XXXXXX";
    const std::string directory = ::mkdtemp(name.data());
    settings_.capture_directory = directory + "/captures";
    start();
    Visitor& ada = join("Ada");
    EXPECT_TRUE(run_until([&] { return ada.roster() == 2; }));
    const auto answer = ask({{"command", "capture"}, {"conference", "lobby"}, {"on", true}});
    ASSERT_TRUE(answer["ok"]) << answer;
    Visitor& grace = join("Grace");
    EXPECT_TRUE(run_until([&] { return grace.roster() == 3; }));
    EXPECT_TRUE(ask({{"command", "capture"}, {"conference", "lobby"}, {"on", false}})["ok"]);
    EXPECT_GT(std::filesystem::file_size(answer["file"].get<std::string>()), 300u);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(settings_.capture_directory))
        files += entry.path().extension() == ".pcap" ? 1 : 0;
    EXPECT_EQ(files, 3u);  // one of each connection, one of the conference
    EXPECT_EQ(std::filesystem::status(settings_.capture_directory).permissions(), std::filesystem::perms::owner_all);
    std::filesystem::remove_all(directory);
}

TEST_F(ServerTests, NewSettingsTakeEffect) {
    start();
    LoadedSettings loaded;
    loaded.settings = settings_;
    loaded.settings.policy = "configured";
    loaded.settings.listen = {"127.0.0.1:1"};
    loaded.settings.conferences.resize(1);
    loaded.settings.conferences[0].name = "Added";
    server_->reload(loaded);
    EXPECT_TRUE(logged("config-needs-restart key=server.listen"));
    EXPECT_TRUE(logged("config-reloaded"));
    join("Ada", named(u"Added"));
    Visitor& grace = create("Grace", profile("77", u"Garden"));
    EXPECT_TRUE(run_until([&] { return grace.has<node::CreateRefused>(); }));

    loaded.problems = {ConfigProblem{"file:1:1", "is wrong"}};
    loaded.settings.policy = "open";
    server_->reload(loaded);
    EXPECT_TRUE(logged("config-rejected"));
    EXPECT_EQ(server_->shared().settings.get()->policy, "configured");
}

TEST_F(ServerTests, WorkersAnswerThePing) {
    start();
    bool alive = false;
    server_->ping([&] { alive = true; });
    EXPECT_TRUE(run_until([&] { return alive; }));
}

}  // namespace
}  // namespace convene::server
