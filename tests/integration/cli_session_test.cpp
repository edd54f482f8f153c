// People and scripts in a conference, through the finished program.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class CliSession : public ::testing::Test {
protected:
    void SetUp() override {
        directory_ = fs::temp_directory_path() / ("convene-session-" + std::to_string(getpid()));
        fs::create_directories(directory_);
    }
    void TearDown() override { fs::remove_all(directory_); }

    std::string file(const std::string& name, const std::string& text) {
        std::ofstream(directory_ / name) << text;
        return directory_ / name;
    }

    fs::path directory_;
};

std::vector<std::string> join(const std::string& address, const std::string& name,
                              const std::string& conference = "lobby") {
    return {"join", "--json", "--name", name, address, conference};
}

TEST_F(CliSession, TwoPeopleMeetAndTalk) {
    TestServer server{server::Settings{}};
    CliProgram alice(join(server.address(), "Alice"));
    ASSERT_TRUE(alice.event("ready")) << alice.out() << alice.err();
    CliProgram bob(join(server.address(), "Bob"));
    ASSERT_TRUE(bob.event("ready")) << bob.out() << bob.err();
    const auto arrived = alice.event("arrived", {{"name", "Bob"}});
    ASSERT_TRUE(arrived) << alice.out();

    bob.type("hello everybody\n");
    const auto said = alice.event("chat", {{"name", "Bob"}, {"text", "hello everybody"}, {"private", false}});
    ASSERT_TRUE(said) << alice.out();
    EXPECT_EQ((*said)["node"], (*arrived)["node"]);

    alice.type("{\"command\":\"msg\",\"to\":\"bob\",\"text\":\"just you\"}\n");
    EXPECT_TRUE(bob.event("chat", {{"name", "Alice"}, {"text", "just you"}, {"private", true}})) << bob.out();

    bob.type("/name Robert\n");
    EXPECT_TRUE(alice.event("renamed", {{"name", "Robert"}, {"before", "Bob"}})) << alice.out();

    alice.type("/who\n");
    const auto roster = alice.event("roster");
    ASSERT_TRUE(roster);
    EXPECT_EQ((*roster)["nodes"].size(), 3u) << *roster;  // with the server

    alice.type("/nonsense\n/msg Nobody hi\n");
    EXPECT_TRUE(alice.event("error"));
    EXPECT_TRUE(alice.event("error", {{"text", "nobody is called Nobody"}}));

    bob.type("/quit\n");
    EXPECT_EQ(bob.exit_code(), 0) << bob.err();
    EXPECT_TRUE(alice.event("left", {{"name", "Robert"}})) << alice.out();
    alice.signal(SIGINT);
    EXPECT_EQ(alice.exit_code(std::chrono::seconds(3)), 0) << alice.err();
}

TEST_F(CliSession, AScriptSaysItsLinesAndLeaves) {
    TestServer server{server::Settings{}};
    CliProgram listener(join(server.address(), "Listener"));
    ASSERT_TRUE(listener.event("ready")) << listener.err();
    CliProgram script({"join", "--plain", "--name", "Script", server.address(), "lobby"});
    script.type("one\ntwo");
    script.end_input();
    EXPECT_EQ(script.exit_code(), 0) << script.err();
    EXPECT_TRUE(listener.event("chat", {{"text", "one"}})) << listener.out();
    EXPECT_TRUE(listener.event("chat", {{"text", "two"}})) << listener.out();
    EXPECT_TRUE(listener.event("left", {{"name", "Script"}}));
}

TEST_F(CliSession, TheConductorHandsOver) {
    TestServer server{server::Settings{}};
    CliProgram alice(join(server.address(), "Alice"));
    ASSERT_TRUE(alice.event("ready")) << alice.err();
    CliProgram bob(join(server.address(), "Bob"));
    ASSERT_TRUE(bob.event("ready")) << bob.err();
    ASSERT_TRUE(alice.event("arrived", {{"name", "Bob"}}));
    alice.type("/conductor take\n");
    EXPECT_TRUE(bob.event("conductor", {{"name", "Alice"}})) << bob.out();
    EXPECT_TRUE(alice.event("conductor", {{"name", "Alice"}})) << alice.out();
    bob.type("/conductor ask\n");
    EXPECT_TRUE(alice.event("conductor-wanted", {{"name", "Bob"}})) << alice.out();
    alice.type("/conductor give Bob\n");
    EXPECT_TRUE(bob.event("conductor-offered", {{"name", "Alice"}})) << bob.out();
    bob.type("/conductor accept\n");
    EXPECT_TRUE(alice.event("conductor", {{"name", "Bob"}})) << alice.out();
    bob.type("/conductor release\n");
    EXPECT_TRUE(alice.event("conductor", {{"node", nullptr}})) << alice.out();
}

TEST_F(CliSession, CreateWithPasswordsLockEjectAndEnd) {
    TestServer server{server::Settings{}};
    const std::string password = file("password", "open sesame\n");
    const std::string convener = file("convener", "master\n");
    CliProgram creator({"create", "--json", "--name", "Carol", server.address(), "Planning", "--new-password-file",
                        password, "--new-convener-password-file", convener});
    ASSERT_TRUE(creator.event("ready")) << creator.out() << creator.err();

    // Without the password, with a wrong one, with the right one.
    CliProgram none(join(server.address(), "Nobody", "Planning"));
    EXPECT_EQ(none.exit_code(), 4) << none.out();
    auto arguments = join(server.address(), "Wrong", "Planning");
    arguments.insert(arguments.end(), {"--password-file", file("wrong", "guess\n")});
    CliProgram wrong(arguments);
    EXPECT_EQ(wrong.exit_code(), 4) << wrong.out();
    arguments = join(server.address(), "Dave", "Planning");
    arguments.insert(arguments.end(), {"--password-file", "-"});
    CliProgram dave(arguments);
    dave.type("open sesame\n");
    ASSERT_TRUE(dave.event("ready")) << dave.out() << dave.err();
    ASSERT_TRUE(creator.event("arrived", {{"name", "Dave"}}));

    CliProgram missing(join(server.address(), "Lost", "Nowhere"));
    EXPECT_EQ(missing.exit_code(), 7) << missing.out();

    creator.type("/lock\n");
    EXPECT_TRUE(creator.event("answer", {{"request", "lock"}, {"granted", true}})) << creator.out();
    EXPECT_TRUE(dave.event("locked")) << dave.out();
    arguments = join(server.address(), "Late", "Planning");
    arguments.insert(arguments.end(), {"--password-file", password});
    CliProgram late(arguments);
    EXPECT_EQ(late.exit_code(), 4) << late.out();
    creator.type("/unlock\n");
    EXPECT_TRUE(dave.event("unlocked")) << dave.out();

    // Not everybody may.
    dave.type("/eject Carol\n");
    EXPECT_TRUE(dave.event("answer", {{"request", "eject"}, {"granted", false}})) << dave.out();
    creator.type("/eject Dave\n");
    EXPECT_TRUE(creator.event("answer", {{"request", "eject"}, {"granted", true}})) << creator.out();
    EXPECT_EQ(dave.exit_code(), 4) << dave.out();

    CliProgram query({"query", "--json", server.address()});
    EXPECT_EQ(query.exit_code(), 0) << query.err();
    EXPECT_NE(query.out().find("\"name\":\"Planning\""), std::string::npos) << query.out();
    EXPECT_NE(query.out().find("\"name\":\"lobby\""), std::string::npos) << query.out();

    creator.type("/end\n");
    EXPECT_EQ(creator.exit_code(), 0) << creator.out();
}

TEST_F(CliSession, ErrandsJoinForAMoment) {
    TestServer server{server::Settings{}};
    const std::string convener = file("convener", "master\n");
    CliProgram creator({"create", "--json", "--stay", "--leave", "--keep", "--name", "Carol", server.address(),
                        "Planning", "--new-convener-password-file", convener});
    ASSERT_EQ(creator.exit_code(), 0) << creator.out() << creator.err();
    CliProgram guest(join(server.address(), "Guest", "Planning"));
    ASSERT_TRUE(guest.event("ready")) << guest.out() << guest.err();

    // Under the same name, as it is where both run as one user.
    CliProgram denied({"eject", "--name", "guest", server.address(), "Planning", "Guest"});
    EXPECT_EQ(denied.exit_code(), 4) << denied.out() << denied.err();
    CliProgram unknown({"eject", server.address(), "Planning", "Stranger", "--convener-password-file", convener});
    EXPECT_EQ(unknown.exit_code(), 7) << unknown.out() << unknown.err();
    CliProgram lock({"lock", server.address(), "Planning", "--convener-password-file", convener});
    EXPECT_EQ(lock.exit_code(), 0) << lock.out() << lock.err();
    EXPECT_TRUE(guest.event("locked")) << guest.out();
    guest.type("/unlock\n");  // a guest may not
    EXPECT_TRUE(guest.event("answer", {{"granted", false}})) << guest.out();
    guest.type("/quit\n");
    EXPECT_EQ(guest.exit_code(), 0);

    CliProgram invite({"invite", server.address(), "lobby", "127.0.0.1:" + std::to_string(free_port())});
    EXPECT_EQ(invite.exit_code(), 5) << invite.out() << invite.err();
    CliProgram end({"end", server.address(), "lobby"});
    EXPECT_EQ(end.exit_code(), 4) << end.out() << end.err();
}

TEST_F(CliSession, NobodyThere) {
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    EXPECT_EQ(CliProgram({"query", address}).exit_code(), 5);
    EXPECT_EQ(CliProgram(join(address, "Early")).exit_code(), 5);
    EXPECT_EQ(CliProgram({"lock", address, "x"}).exit_code(), 5);
}

TEST_F(CliSession, ComesBackWhenTheServerDies) {
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    auto server = std::make_unique<CliProgram>(std::vector<std::string>{"serve", "--listen", address});
    std::optional<CliProgram> alice;
    bool inside = false;
    for (int attempt = 0; attempt < 50 && !inside; ++attempt) {  // until the server listens
        alice.emplace(join(address, "Alice"));
        inside = alice->event("ready", Json::object(), std::chrono::seconds(5)).has_value();
    }
    ASSERT_TRUE(inside) << server->err();
    server->signal(SIGKILL);
    ASSERT_EQ(server->exit_code(), -1);
    const auto gone = alice->event("reconnecting");
    ASSERT_TRUE(gone) << alice->out();
    EXPECT_GE((*gone)["in_ms"], 1000);
    server = std::make_unique<CliProgram>(std::vector<std::string>{"serve", "--listen", address});
    EXPECT_TRUE(alice->event("joined", Json::object(), std::chrono::seconds(30))) << alice->out() << server->err();
    EXPECT_TRUE(alice->event("ready", Json::object(), std::chrono::seconds(30))) << alice->out();
    alice->type("/quit\n");
    EXPECT_EQ(alice->exit_code(), 0);
}

// The conference was made by one of them and needs a password; it goes with the server, and comes back with its maker.
TEST_F(CliSession, AConversationGoesOnAfterTheServerDies) {
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    const std::string password = file("password", "open sesame\n"), convener = file("convener", "master\n");
    const auto serve = [&] {
        auto server = std::make_unique<CliProgram>(std::vector<std::string>{"serve", "--listen", address});
        EXPECT_TRUE(server->reads([](std::string_view out) { return out.find("Only this machine") != out.npos; }));
        return server;
    };
    auto server = serve();
    CliProgram alice({"create", "--json", "--name", "Alice", address, "Planning", "--new-password-file", password,
                      "--new-convener-password-file", convener});
    ASSERT_TRUE(alice.event("ready")) << alice.out() << alice.err();
    auto arguments = join(address, "Bob", "Planning");
    arguments.insert(arguments.end(), {"--password-file", password});
    CliProgram bob(arguments);
    ASSERT_TRUE(bob.event("ready")) << bob.out() << bob.err();
    alice.type("before\n");
    EXPECT_TRUE(bob.event("chat", {{"name", "Alice"}, {"text", "before"}})) << bob.out();

    server->signal(SIGKILL);
    ASSERT_EQ(server->exit_code(), -1);
    EXPECT_TRUE(alice.event("reconnecting", {{"attempt", 1}})) << alice.out();
    EXPECT_TRUE(bob.event("reconnecting", {{"attempt", 1}})) << bob.out();
    EXPECT_TRUE(bob.event("reconnecting", {{"attempt", 2}})) << bob.out();
    bob.type("/who\n");
    server = serve();
    for (CliProgram* program : {&alice, &bob}) {
        EXPECT_TRUE(program->event("ready", Json::object(), std::chrono::seconds(40))) << program->out();
    }
    EXPECT_TRUE(bob.event("roster")) << "what was typed meanwhile is done then\n" << bob.out();
    alice.type("after\n");
    EXPECT_TRUE(bob.event("chat", {{"name", "Alice"}, {"text", "after"}})) << bob.out();
    // She is the convener again, and nobody else is.
    CliProgram second({"lock", "--name", "Eve", address, "Planning", "--password-file", password,
                       "--convener-password-file", convener});
    EXPECT_EQ(second.exit_code(), 4) << second.out();
    EXPECT_NE(second.err().find("there is a convener already"), std::string::npos) << second.err();
    alice.type("/lock\n");
    EXPECT_TRUE(alice.event("answer", {{"request", "lock"}, {"granted", true}})) << alice.out();
    for (CliProgram* program : {&alice, &bob}) program->type("/quit\n");
    EXPECT_EQ(alice.exit_code(), 0);
    EXPECT_EQ(bob.exit_code(), 0);
}

TEST_F(CliSession, GivesUpInTime) {
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    CliProgram server({"serve", "--listen", address});
    ASSERT_TRUE(server.reads([](std::string_view out) { return out.find("Only this machine") != out.npos; }));
    auto arguments = join(address, "Alice");
    CliProgram impatient(arguments);
    arguments.insert(arguments.end(), {"--retry-for", "0s"});
    CliProgram never(arguments);
    arguments.back() = "1500ms";
    CliProgram patient(arguments);
    for (CliProgram* program : {&impatient, &never, &patient}) ASSERT_TRUE(program->event("ready")) << program->err();
    server.signal(SIGKILL);
    EXPECT_EQ(never.exit_code(), 5) << never.out();
    EXPECT_FALSE(never.event("reconnecting"));
    EXPECT_EQ(patient.exit_code(), 5) << patient.out();
    EXPECT_NE(patient.out().find("reconnecting"), std::string::npos);
    EXPECT_NE(patient.out().find("unreachable"), std::string::npos);
    EXPECT_TRUE(impatient.event("reconnecting"));
    impatient.signal(SIGINT);  // while it waits
    EXPECT_EQ(impatient.exit_code(std::chrono::seconds(3)), 0);
}

TEST_F(CliSession, ACapturedSessionIsUnderstoodWhole) {
    server::Settings settings;
    settings.capture_directory = directory_ / "captures";
    fs::create_directories(directory_ / "captures");
    {
        TestServer server{settings};
        EXPECT_EQ(CliProgram({"query", server.address()}).exit_code(), 0);
        CliProgram alice(join(server.address(), "Alice"));
        ASSERT_TRUE(alice.event("ready")) << alice.err();
        CliProgram bob(join(server.address(), "Bob"));
        ASSERT_TRUE(bob.event("ready")) << bob.err();
        bob.type("for the record\n");
        EXPECT_TRUE(alice.event("chat", {{"text", "for the record"}}));
        alice.type("/quit\n");
        bob.type("/quit\n");
        EXPECT_EQ(alice.exit_code(), 0);
        EXPECT_EQ(bob.exit_code(), 0);
    }
    std::size_t files = 0;
    bool has_chat = false;
    for (const auto& entry : fs::recursive_directory_iterator(directory_ / "captures")) {
        if (!entry.is_regular_file()) continue;
        ++files;
        CliProgram dissect({"dissect", "--roundtrip", entry.path()});
        EXPECT_EQ(dissect.exit_code(), 0) << entry.path() << "\n" << dissect.err();
        has_chat = has_chat || dissect.out().find("for the record") != std::string::npos;
    }
    EXPECT_GT(files, 0u);
    EXPECT_TRUE(has_chat);
}

}  // namespace
}  // namespace convene::integration
