// The programs in examples/, as they are built, against a server.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/people.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

using std::chrono::milliseconds;

/// A program of this build with its output; ended, if need be by force, when it goes out of scope.
class Program {
public:
    Program(const std::string& name, std::vector<std::string> arguments) {
        const char* build = std::getenv("CONVENE_BUILD");
        const std::string path = std::string(build != nullptr ? build : ".") + "/examples/" + name;
        arguments.insert(arguments.begin(), path);
        std::vector<char*> argv;
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return;
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::execv(path.c_str(), argv.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        out_ = ends[0];
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        if (out_ >= 0) ::close(out_);
    }

    /// What it has printed, read without waiting.
    const std::string& output() {
        char buffer[4096];
        pollfd readable{out_, POLLIN, 0};
        while (::poll(&readable, 1, 0) > 0) {
            const ssize_t count = ::read(out_, buffer, sizeof buffer);
            if (count <= 0) break;
            output_.append(buffer, static_cast<std::size_t>(count));
        }
        return output_;
    }
    void interrupt() const { ::kill(pid_, SIGINT); }
    /// Its exit code, or -1 when it does not end.
    int wait() {
        for (int i = 0; i < 500 * slowness(); ++i) {
            int status = 0;
            if (::waitpid(pid_, &status, WNOHANG) == pid_) {
                pid_ = -1;
                return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
            }
            output();
            std::this_thread::sleep_for(milliseconds(10));
        }
        return -1;
    }

private:
    pid_t pid_ = -1;
    int out_ = -1;
    std::string output_;
};

server::Settings quick() {
    server::Settings settings;
    settings.roster_delay = server::Milliseconds(10);
    return settings;
}

bool has(const std::vector<std::string>& lines, std::string_view part) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

TEST(Examples, TheChatBotGreetsAndAnswers) {
    TestServer server(quick());
    People people;
    auto& ada = people.add("Ada");
    ada.join(server.address(), "lobby");
    ASSERT_TRUE(people.run_until([&] { return ada.can_chat(); }));

    Program bot("chat_bot", {server.address(), "lobby"});
    ASSERT_TRUE(people.run_until([&] { return has(ada.lines(), "I answer !ping"); })) << server.log_text();
    ada.say("!ping");
    EXPECT_TRUE(people.run_until([&] { return has(ada.lines(), "Ada: pong"); }));
    ada.say("!time");
    EXPECT_TRUE(people.run_until([&] { return has(ada.lines(), "Ada: it is "); }));
    auto& grace = people.add("Grace");
    grace.join(server.address(), "lobby");
    EXPECT_TRUE(people.run_until([&] { return has(ada.lines(), "Welcome, Grace!"); }));

    const auto bots = ada.node().nodes_named("Bot");
    ASSERT_EQ(bots.size(), 1U);
    ASSERT_TRUE(ada.node().say_privately(bots[0], "!ping", io::NodeRunner::now()));
    ada.runner().act();
    EXPECT_TRUE(people.run_until([&] {
        const auto lines = ada.all<node::ChatLine>();
        return std::any_of(lines.begin(), lines.end(), [](const auto* line) { return line->is_private; });
    }));

    bot.interrupt();
    EXPECT_TRUE(people.run_until([&] { return ada.node().nodes_named("Bot").empty(); }));
    EXPECT_EQ(bot.wait(), 0);
}

TEST(Examples, TheMonitorTellsWhatHappens) {
    TestServer server(quick());
    People people;
    Program monitor("monitor", {server.address(), "lobby"});
    auto& ada = people.add("Ada");
    ada.join(server.address(), "lobby");
    const auto prints = [&](std::string_view text) {
        return people.run_until([&] { return monitor.output().find(text) != std::string::npos; });
    };
    ASSERT_TRUE(people.run_until([&] { return ada.can_chat(); }));
    EXPECT_TRUE(prints("joined as "));
    EXPECT_TRUE(prints("here Ada\n"));
    EXPECT_TRUE(people.run_until([&] { return !ada.node().nodes_named("Monitor").empty(); }));
    ada.say("hello");
    EXPECT_TRUE(prints("chat <Ada> hello\n")) << monitor.output();
    ada.node().rename("Countess", io::NodeRunner::now());
    ada.runner().act();
    EXPECT_TRUE(prints("renamed Ada is now Countess\n"));
    ada.leave();
    EXPECT_TRUE(prints("gone Countess\n"));
    monitor.interrupt();
    EXPECT_EQ(monitor.wait(), 0);
    EXPECT_NE(monitor.output().find("over\n"), std::string::npos);
}

TEST(Examples, TheySayWhatIsWrong) {
    TestServer server(quick());
    Program nowhere("chat_bot", {server.address(), "nowhere"});
    EXPECT_EQ(nowhere.wait(), 1);
    Program without("monitor", {});
    EXPECT_EQ(without.wait(), 2);
}

}  // namespace
}  // namespace convene::integration
