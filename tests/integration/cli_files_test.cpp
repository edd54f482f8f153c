// Files from one to others, through the finished program.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

constexpr std::uintmax_t kBig = std::uintmax_t{150} * 1024 * 1024;  // takes long enough to be interrupted
constexpr auto kLong = std::chrono::seconds(60);

class CliFiles : public ::testing::Test {
protected:
    void SetUp() override {
        directory_ = fs::temp_directory_path() / ("convene-files-" + std::to_string(getpid()));
        for (const char* name : {"from", "bob", "carol"}) fs::create_directories(directory_ / name);
    }
    void TearDown() override { fs::remove_all(directory_); }

    std::string make(const std::string& name, std::size_t size) {
        std::mt19937 random(static_cast<unsigned>(size));
        std::string text(size, '\0');
        for (char& c : text) c = static_cast<char>(random());
        const auto path = directory_ / "from" / name;
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    /// Mostly holes, which cost no disk.
    std::string make_big(const std::string& name) {
        const std::string path = make(name, 1000);
        fs::resize_file(path, kBig);
        return path;
    }
    static std::string content(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static bool has(const fs::path& directory, const std::string& part) {
        for (const auto& entry : fs::directory_iterator(directory))
            if (entry.path().filename().string().find(part) != std::string::npos) return true;
        return false;
    }
    static std::time_t date(const fs::path& path) {
        struct stat status {};
        EXPECT_EQ(stat(path.c_str(), &status), 0);
        return status.st_mtime;
    }
    static bool is_empty(const fs::path& directory) { return fs::is_empty(directory); }

    Words receive(const std::string& address, const std::string& name, Words more = {}) {
        std::string folder = name;
        folder[0] = static_cast<char>(std::tolower(folder[0]));
        Words out{"receive", "--json", "--name", name, "--dir", directory_ / folder, address, "lobby"};
        out.insert(out.end(), more.begin(), more.end());
        return out;
    }
    static Words send(const std::string& address, Words files, Words more = {}) {
        Words out{"send", "--json", "--name", "Ada", address, "lobby"};
        out.insert(out.end(), files.begin(), files.end());
        out.insert(out.end(), more.begin(), more.end());
        return out;
    }

    fs::path directory_;
};

TEST_F(CliFiles, SeveralToEverybody) {
    TestServer server{server::Settings{}};
    CliProgram bob(receive(server.address(), "Bob"));
    CliProgram carol(receive(server.address(), "Carol"));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    ASSERT_TRUE(carol.event("roster")) << carol.err();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));

    const std::string plan = make("plan.pdf", 300'000), note = make("note.txt", 0), one = make("caf\u00e9 one", 8192);
    CliProgram ada(send(server.address(), {plan, note, one}));
    EXPECT_EQ(ada.exit_code(kLong), 0) << ada.out() << ada.err();
    EXPECT_NE(ada.out().find("\"event\":\"file-sent\""), std::string::npos) << ada.out();
    for (auto* receiver : {&bob, &carol}) {
        for (int i = 0; i < 3; ++i) {
            const auto received = receiver->event("file-received", {{"verified", "yes"}, {"name", "Ada"}});
            ASSERT_TRUE(received) << receiver->out() << receiver->err();
            EXPECT_TRUE(fs::exists((*received)["path"].get<std::string>()));
        }
    }
    for (const char* who : {"bob", "carol"}) {
        EXPECT_TRUE(content(directory_ / who / "plan.pdf") == content(plan));
        EXPECT_TRUE(content(directory_ / who / "caf\u00e9 one") == content(one));
        EXPECT_EQ(fs::file_size(directory_ / who / "note.txt"), 0U);
        EXPECT_EQ(date(directory_ / who / "plan.pdf"), date(plan));
        EXPECT_FALSE(has(directory_ / who, ".part"));
    }
    bob.signal(SIGINT);
    EXPECT_EQ(bob.exit_code(), 0) << bob.err();
}

TEST_F(CliFiles, ToOneAlone) {
    TestServer server{server::Settings{}};
    CliProgram bob(receive(server.address(), "Bob", {"--once"}));
    CliProgram carol(receive(server.address(), "Carol"));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    ASSERT_TRUE(carol.event("roster")) << carol.err();
    const std::string secret = make("secret.txt", 20'000);
    CliProgram ada(send(server.address(), {secret}, {"--to", "bob"}));
    const auto offered = bob.event("file-offered", {{"private", true}, {"size", 20'000}});
    ASSERT_TRUE(offered) << bob.out() << bob.err() << ada.err();
    EXPECT_EQ(bob.exit_code(kLong), 0) << bob.out() << bob.err();
    const auto sent = ada.event("file-sent");
    ASSERT_TRUE(sent) << ada.out() << ada.err();
    EXPECT_EQ((*sent)["confirmed"].size(), 1U);
    EXPECT_EQ((*sent)["confirmed"][0]["name"], "Bob");
    EXPECT_EQ(ada.exit_code(kLong), 0);
    EXPECT_TRUE(content(directory_ / "bob" / "secret.txt") == content(secret));
    EXPECT_TRUE(is_empty(directory_ / "carol"));
    carol.signal(SIGINT);
    EXPECT_EQ(carol.exit_code(), 0);
    EXPECT_EQ(carol.out().find("secret"), std::string::npos) << carol.out();
}

TEST_F(CliFiles, WhatIsNotWantedIsRefused) {
    TestServer server{server::Settings{}};
    CliProgram bob(receive(server.address(), "Bob", {"--accept", "*.pdf", "--max-size", "100KiB"}));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    CliProgram text(send(server.address(), {make("note.txt", 10)}));
    EXPECT_EQ(text.exit_code(kLong), 4) << text.out() << text.err();
    EXPECT_NE(text.out().find("\"reason\":\"rejected\""), std::string::npos) << text.out();
    CliProgram large(send(server.address(), {make("large.pdf", 200'000)}));
    EXPECT_EQ(large.exit_code(kLong), 4) << large.out();
    ASSERT_TRUE(bob.event("file-declined", {{"file_name", "large.pdf"}})) << bob.out();
    CliProgram right(send(server.address(), {make("small.pdf", 1000)}));
    EXPECT_EQ(right.exit_code(kLong), 0) << right.out();
    EXPECT_TRUE(fs::exists(directory_ / "bob" / "small.pdf"));
    EXPECT_FALSE(fs::exists(directory_ / "bob" / "note.txt"));
}

TEST_F(CliFiles, WhatIsNoFileIsSaidBeforeAnybodyIsCalled) {
    CliProgram directory(send("127.0.0.1:1", {directory_}));
    EXPECT_EQ(directory.exit_code(), 1);
    EXPECT_NE(directory.err().find("is a directory"), std::string::npos) << directory.err();
    CliProgram missing(send("127.0.0.1:1", {make("there", 1), directory_ / "nothing"}));
    EXPECT_EQ(missing.exit_code(), 1);
    EXPECT_NE(missing.err().find("No such file"), std::string::npos) << missing.err();
    const std::string pipe = directory_ / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    CliProgram fifo(send("127.0.0.1:1", {pipe}));
    EXPECT_EQ(fifo.exit_code(), 1);
    CliProgram nowhere({"receive", "127.0.0.1:1", "lobby", "--dir", directory_ / "nothing"});
    EXPECT_EQ(nowhere.exit_code(), 1) << nowhere.err();
    CliProgram asks({"receive", "127.0.0.1:1", "lobby", "--accept", "ask"});
    EXPECT_EQ(asks.exit_code(), 2) << asks.err();
}

TEST_F(CliFiles, NothingIsReplacedAndNoLinkIsFollowed) {
    TestServer server{server::Settings{}};
    const fs::path bobs = directory_ / "bob";
    std::ofstream(bobs / "plan.txt") << "mine";
    fs::create_symlink(directory_ / "outside", bobs / ".plan.txt.part");
    CliProgram bob(receive(server.address(), "Bob"));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    const std::string plan = make("plan.txt", 5000);
    CliProgram ada(send(server.address(), {plan}));
    EXPECT_EQ(ada.exit_code(kLong), 0) << ada.out();
    EXPECT_TRUE(bob.event("file-received", {{"path", (bobs / "plan (2).txt").string()}})) << bob.out();
    EXPECT_EQ(content(bobs / "plan.txt"), "mine");
    EXPECT_TRUE(content(bobs / "plan (2).txt") == content(plan));
    EXPECT_FALSE(fs::exists(directory_ / "outside"));
}

TEST_F(CliFiles, TheSenderCancels) {
    TestServer server{server::Settings{}};
    CliProgram bob(receive(server.address(), "Bob"));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    CliProgram ada(send(server.address(), {make_big("big.iso")}));
    ASSERT_TRUE(bob.event("file-progress")) << bob.out() << ada.out() << ada.err();
    EXPECT_TRUE(has(directory_ / "bob", ".big.iso.part"));
    ada.signal(SIGINT);
    EXPECT_EQ(ada.exit_code(), 5) << ada.err();
    EXPECT_TRUE(bob.event("file-failed", {{"reason", "aborted"}})) << bob.out();
    EXPECT_TRUE(is_empty(directory_ / "bob"));
}

TEST_F(CliFiles, AReceiverCancels) {
    TestServer server{server::Settings{}};
    CliProgram bob(receive(server.address(), "Bob"));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    CliProgram ada(send(server.address(), {make_big("big.iso")}));
    ASSERT_TRUE(bob.event("file-progress")) << bob.out() << ada.out() << ada.err();
    bob.signal(SIGINT);
    EXPECT_EQ(bob.exit_code(), 5) << bob.err();
    EXPECT_TRUE(is_empty(directory_ / "bob"));
    EXPECT_TRUE(ada.event("file-lost", {{"name", "Bob"}, {"waiting", false}})) << ada.out();
    EXPECT_EQ(ada.exit_code(kLong), 5) << ada.out();
}

TEST_F(CliFiles, ADiskThatIsFull) {
    TestServer server{server::Settings{}};
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 1024 * 1024;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    CliProgram bob(receive(server.address(), "Bob"));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    CliProgram ada(send(server.address(), {make("large", 3'000'000)}));
    EXPECT_TRUE(bob.event("file-failed", {{"reason", "cannot-store"}})) << bob.out() << bob.err();
    EXPECT_TRUE(is_empty(directory_ / "bob"));
    EXPECT_EQ(ada.exit_code(kLong), 5) << ada.out();
}

TEST_F(CliFiles, AFileThatChangesWhileItIsSent) {
    TestServer server{server::Settings{}};
    CliProgram bob(receive(server.address(), "Bob"));
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    const std::string big = make_big("log");
    CliProgram ada(send(server.address(), {big}));
    ASSERT_TRUE(bob.event("file-progress")) << bob.out() << ada.out() << ada.err();
    fs::resize_file(big, 10);
    EXPECT_TRUE(ada.event("file-failed", {{"reason", "cannot-read"}})) << ada.out();
    EXPECT_EQ(ada.exit_code(), 1);
    EXPECT_TRUE(bob.event("file-failed", {{"reason", "aborted"}})) << bob.out();
    EXPECT_TRUE(is_empty(directory_ / "bob"));
}

TEST_F(CliFiles, GoesOnAfterTheServerWasKilled) {
    const std::uint16_t port = free_port();
    const std::string address = "127.0.0.1:" + std::to_string(port);
    const auto serve = [&] { return std::make_unique<CliProgram>(Words{"serve", "--listen", address}); };
    auto server = serve();
    ASSERT_TRUE(is_listened_to(port)) << server->err();
    CliProgram bob(receive(address, "Bob"));
    ASSERT_TRUE(bob.event("roster")) << bob.out() << bob.err();
    const std::string big = make_big("big.iso");
    CliProgram ada(send(address, {big}));
    ASSERT_TRUE(bob.event("file-progress")) << bob.out() << bob.err() << ada.out() << ada.err();
    server->signal(SIGKILL);
    server->exit_code();
    server = serve();
    const auto interrupted = bob.event("file-interrupted");
    ASSERT_TRUE(interrupted) << bob.out();
    EXPECT_GT((*interrupted)["done"].get<std::uint64_t>(), 0U);
    EXPECT_TRUE(has(directory_ / "bob", ".big.iso.part"));

    const auto asked = ada.event("file-requested", {{"name", "Bob"}}, kLong);
    ASSERT_TRUE(asked) << ada.out() << ada.err();
    EXPECT_EQ((*asked)["from_octet"], (*interrupted)["done"]);
    const auto received = bob.event("file-received", {{"verified", "yes"}}, kLong);
    ASSERT_TRUE(received) << bob.out();
    EXPECT_EQ((*received)["octets"], kBig);
    EXPECT_EQ((*received)["file"], (*interrupted)["file"]);
    EXPECT_EQ(ada.exit_code(kLong), 0) << ada.out() << ada.err();
    EXPECT_TRUE(content(directory_ / "bob" / "big.iso").substr(0, 1000) == content(big).substr(0, 1000));
    EXPECT_FALSE(has(directory_ / "bob", ".part"));
}

TEST_F(CliFiles, ListsAndGets) {
    TestServer server{server::Settings{}};
    CliProgram ada(
        {"join", "--json", "--stay", "--name", "Ada", "--dir", directory_ / "carol", server.address(), "lobby"});
    CliProgram bob(receive(server.address(), "Bob"));
    ASSERT_TRUE(ada.event("ready")) << ada.err();
    ASSERT_TRUE(bob.event("roster")) << bob.err();
    const std::string plan = make("plan.pdf", 50'000);
    ada.type("/send " + plan + "\n");
    ASSERT_TRUE(ada.event("file-sent")) << ada.out();

    CliProgram list(Words{"receive", "--json", "--name", "Carol", server.address(), "lobby", "--list"});
    const auto shown = list.event("file-list", {{"name", "Ada"}});
    ASSERT_TRUE(shown) << list.out() << list.err();
    EXPECT_EQ((*shown)["entries"][0]["file_name"], "plan.pdf");
    EXPECT_EQ(list.exit_code(), 0) << list.err();

    CliProgram get(receive(server.address(), "Carol", {"--get", "plan.pdf"}));
    EXPECT_EQ(get.exit_code(kLong), 0) << get.out() << get.err();
    EXPECT_TRUE(content(directory_ / "carol" / "plan.pdf") == content(plan));
}

TEST_F(CliFiles, InASession) {
    TestServer server{server::Settings{}};
    const auto join = [&](const std::string& name, const std::string& folder) {
        return Words{"join",           "--json", "--stay", "--name", name, "--dir", directory_ / folder,
                     server.address(), "lobby"};
    };
    CliProgram ada(join("Ada", "from"));
    CliProgram bob(join("Bob", "bob"));
    ASSERT_TRUE(ada.event("ready")) << ada.err();
    ASSERT_TRUE(bob.event("ready")) << bob.err();
    const std::string plan = make("plan.pdf", 50'000);

    ada.type("/send " + plan + " Bob\n");
    auto offered = bob.event("file-offered", {{"file_name", "plan.pdf"}});
    ASSERT_TRUE(offered) << bob.out() << ada.out();
    bob.type("/files\n");
    ASSERT_TRUE(bob.event("files")) << bob.out();
    bob.type("/accept " + std::to_string((*offered)["file"].get<int>()) + "\n");
    EXPECT_TRUE(bob.event("file-received", {{"verified", "yes"}})) << bob.out();
    EXPECT_TRUE(ada.event("file-sent", {{"file_name", "plan.pdf"}})) << ada.out();
    EXPECT_TRUE(content(directory_ / "bob" / "plan.pdf") == content(plan));

    ada.type("{\"command\":\"send\",\"text\":\"" + plan + "\"}\n");
    offered = bob.event("file-offered", {{"file_name", "plan.pdf"}});
    ASSERT_TRUE(offered) << bob.out() << ada.out();
    bob.type("/refuse " + std::to_string((*offered)["file"].get<int>()) + "\n");
    EXPECT_TRUE(ada.event("file-failed", {{"reason", "rejected"}})) << ada.out();

    ada.type("/send " + plan + "\n");
    const auto offering = ada.event("file-offering");
    ASSERT_TRUE(offering) << ada.out();
    ASSERT_TRUE(bob.event("file-offered")) << bob.out();
    ada.type("/cancel " + std::to_string((*offering)["file"].get<int>()) + "\n");
    EXPECT_TRUE(ada.event("file-failed", {{"reason", "cancelled"}})) << ada.out();
    EXPECT_TRUE(bob.event("file-failed", {{"reason", "aborted"}})) << bob.out();

    ada.type("/send " + directory_.string() + "\n/accept 99\n/send /nowhere/at/all\n");
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(ada.event("error")) << ada.out();
}

}  // namespace
}  // namespace convene::integration
