// The finished program as an administrator runs it: start, signals, exit codes, and a crowd that says nothing.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "server/exit_code.hpp"
#include "server/front.hpp"
#include "server/testing.hpp"

namespace convene::server {
namespace {

using namespace std::chrono_literals;
using testing::Visitor;

/// `convene serve` as a process of its own, on a port of its own.
class Program {
public:
    Program(const std::string& directory, std::vector<std::string> arguments, std::vector<std::string> environment = {})
        : log_(directory + "/stderr"), out_(directory + "/stdout") {
        const char* program = std::getenv("CONVENE_PROGRAM");
        arguments.insert(arguments.begin(), {program, "serve"});
        std::vector<char*> argv, env;
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        for (auto& variable : environment) env.push_back(variable.data());
        for (char** variable = environ; *variable != nullptr; ++variable) env.push_back(*variable);
        env.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        const int flags = O_WRONLY | O_CREAT | O_TRUNC;
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log_.c_str(), flags, 0600);
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_.c_str(), flags, 0600);
        EXPECT_EQ(::posix_spawn(&process_, program, &actions, nullptr, argv.data(), env.data()), 0);
        ::posix_spawn_file_actions_destroy(&actions);
    }
    ~Program() {
        if (process_ > 0 && !status_) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
    }

    void signal(int number) const { ::kill(process_, number); }
    std::string log() const { return text_of(log_); }
    std::string out() const { return text_of(out_); }
    bool has_ended() {
        int status = 0;
        if (!status_ && ::waitpid(process_, &status, WNOHANG) == process_) status_ = status;
        return status_.has_value();
    }
    /// After has_ended(); -1 when a signal ended it.
    int exit_code() const { return WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -1; }
    /// Where it listens, once it does.
    std::optional<std::string> address() const {
        const std::string text = log(), key = "server-listening addr=";
        const auto at = text.find(key);
        const auto end = text.find('\n', at);
        if (at == std::string::npos || end == std::string::npos || text.find("server-ready") == std::string::npos)
            return std::nullopt;
        return text.substr(at + key.size(), end - at - key.size());
    }
    std::size_t memory_kib() const {
        std::ifstream status("/proc/" + std::to_string(process_) + "/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("VmRSS:")) return std::strtoul(line.c_str() + 6, nullptr, 10);
        return 0;
    }

private:
    static std::string text_of(const std::string& path) {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    std::string log_, out_;
    pid_t process_ = 0;
    std::optional<int> status_;
};

class Serve : public ::testing::Test {
protected:
    void SetUp() override {
        if (std::getenv("CONVENE_PROGRAM") == nullptr) GTEST_SKIP() << "CONVENE_PROGRAM names no program";
        std::string name = ::testing::TempDir() + "convene-serve-XXXXXX";
        directory_ = ::mkdtemp(name.data());
        write("");
    }
    void TearDown() override {
        visitors_.clear();
        program_.reset();
        if (!directory_.empty()) std::filesystem::remove_all(directory_);
    }

    void write(std::string_view configuration) { std::ofstream(directory_ + "/convene.toml") << configuration; }
    Program& start(std::vector<std::string> more = {}, std::vector<std::string> environment = {}) {
        std::vector<std::string> arguments{"--config", directory_ + "/convene.toml", "--listen", "127.0.0.1:0"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        program_ = std::make_unique<Program>(directory_, arguments, environment);
        return *program_;
    }
    bool run_until(const std::function<bool()>& done, Duration limit = 20s) {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > end) return false;
            context_.restart();
            context_.run_for(5ms);
            if (context_.stopped()) ::usleep(5000);
        }
        return true;
    }
    bool is_up() {
        return run_until([&] { return program_->address() || program_->has_ended(); }) && program_->address();
    }
    Visitor& join(std::string name) {
        visitors_.push_back(std::make_unique<Visitor>(lane_, std::move(name)));
        Visitor& visitor = *visitors_.back();
        visitor.join(*program_->address());
        EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>(); }));
        return visitor;
    }

    std::string directory_;
    boost::asio::io_context context_{1};
    io::Lane lane_{context_};
    std::unique_ptr<Program> program_;
    std::vector<std::unique_ptr<Visitor>> visitors_;
};

TEST_F(Serve, SigtermTellsEverybodyAndEndsInTime) {
    Program& program = start();
    ASSERT_TRUE(is_up()) << program.log();
    Visitor& ada = join("Ada");
    Visitor& grace = join("Grace");
    EXPECT_TRUE(run_until([&] { return ada.roster() == 3 && grace.roster() == 3; }));
    const auto begin = std::chrono::steady_clock::now();
    program.signal(SIGTERM);
    EXPECT_TRUE(run_until([&] { return program.has_ended() && ada.has<gcc::Ended>() && grace.has<gcc::Ended>(); }));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 6s);
    EXPECT_EQ(program.exit_code(), exit_fine) << program.log();
    EXPECT_TRUE(ada.has<gcc::Terminating>());
    for (const Visitor* visitor : {&ada, &grace}) EXPECT_TRUE(visitor->has<gcc::TextMessage>()) << "nobody said why";
    EXPECT_NE(program.log().find("server-stopped clean=yes"), std::string::npos);
}

TEST_F(Serve, ASecondSignalLeavesAtOnce) {
    Program& program = start();
    ASSERT_TRUE(is_up()) << program.log();
    Visitor& ada = join("Ada");
    for (const auto transport : ada.runner().transports()) ada.runner().connection(transport)->pause_reading();
    program.signal(SIGINT);
    EXPECT_TRUE(run_until([&] { return program.log().find("server-draining") != std::string::npos; }));
    program.signal(SIGINT);
    EXPECT_TRUE(run_until([&] { return program.has_ended(); }, 2s));
    EXPECT_EQ(program.exit_code(), exit_not_stopped_cleanly);
}

TEST_F(Serve, SighupReadsTheConfigurationAgain) {
    Program& program = start();
    ASSERT_TRUE(is_up()) << program.log();
    Visitor& ada = join("Ada");
    write("[server]\nworkers = 3\n[[conference]]\nname = \"Added\"\n");
    program.signal(SIGHUP);
    EXPECT_TRUE(run_until([&] { return program.log().find("config-reloaded") != std::string::npos; }));
    EXPECT_NE(program.log().find("config-needs-restart key=server.workers"), std::string::npos);
    EXPECT_TRUE(run_until([&] { return program.log().find("conference-created conf=Added") != std::string::npos; }));
    write("[server]\nworker = 3\n");
    program.signal(SIGHUP);
    EXPECT_TRUE(run_until([&] { return program.log().find("config-rejected") != std::string::npos; }));
    EXPECT_NE(program.log().find("did you mean"), std::string::npos);
    EXPECT_FALSE(program.has_ended());
    // Whoever is there stays.
    join("Grace");
    EXPECT_TRUE(run_until([&] { return ada.roster() == 3; }));
    EXPECT_FALSE(ada.has<gcc::Ended>());
}

TEST_F(Serve, ABadConfigurationIs78) {
    write("[server]\nlisen = []\n");
    Program& program = start();
    EXPECT_TRUE(run_until([&] { return program.has_ended(); }));
    EXPECT_EQ(program.exit_code(), exit_bad_configuration);
    EXPECT_NE(program.log().find("convene.toml:2:1: unknown key \"lisen\"; did you mean \"listen\"?"),
              std::string::npos)
        << program.log();
}

TEST_F(Serve, APortInUseIs1AndSaysWhoHasIt) {
    boost::asio::ip::tcp::acceptor taken(context_, {boost::asio::ip::address_v4::loopback(), 0});
    // Else the program would inherit it, and have the port itself.
    ASSERT_EQ(::fcntl(taken.native_handle(), F_SETFD, FD_CLOEXEC), 0);
    Program& program = start({"--listen", "127.0.0.1:" + std::to_string(taken.local_endpoint().port())});
    EXPECT_TRUE(run_until([&] { return program.has_ended(); }));
    EXPECT_EQ(program.exit_code(), exit_could_not_start);
    EXPECT_NE(program.log().find("process " + std::to_string(::getpid())), std::string::npos) << program.log();
}

TEST_F(Serve, TellsTheServiceManager) {
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const std::string path = directory_ + "/notify";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    std::string told;
    const auto hears = [&](std::string_view what) {
        return run_until([&] {
            char part[512];
            const ssize_t count = ::recv(fd, part, sizeof part, MSG_DONTWAIT);
            if (count > 0) told.append(part, static_cast<std::size_t>(count)).append("\n");
            return told.find(what) != std::string::npos;
        });
    };
    Program& program = start({}, {"NOTIFY_SOCKET=" + path, "WATCHDOG_USEC=200000"});
    EXPECT_TRUE(hears("READY=1"));
    EXPECT_TRUE(hears("WATCHDOG=1"));
    program.signal(SIGHUP);
    EXPECT_TRUE(hears("RELOADING=1"));
    program.signal(SIGTERM);
    EXPECT_TRUE(hears("STOPPING=1")) << told;
    ::close(fd);
}

TEST_F(Serve, ALoopbackServerSaysHowToOpenIt) {
    Program& program = start();
    ASSERT_TRUE(is_up()) << program.log();
    EXPECT_NE(program.out().find("convene serve --listen '*:1503'"), std::string::npos);
}

TEST_F(Serve, TenThousandWhoSayNothingAreSurvived) {
    const std::uint64_t limit = raise_descriptor_limit();
    const std::size_t crowd = std::min<std::uint64_t>(10'000, limit > 1000 ? limit - 500 : 0);
    Program& program = start({"--limits-connections-per-address", "100000", "--limits-connections", "100000",
                              "--limits-handshake-time", "2m"});
    ASSERT_TRUE(is_up()) << program.log();
    join("Ada");
    const auto where = io::parse_host_port(*program.address());
    const io::Endpoint endpoint(boost::asio::ip::make_address(where->host), where->port);
    const std::size_t before = program.memory_kib();

    std::vector<boost::asio::ip::tcp::socket> sockets;
    sockets.reserve(crowd);
    for (std::size_t i = 0; i < crowd; ++i) {
        boost::system::error_code error;
        sockets.emplace_back(context_).connect(endpoint, error);
        ASSERT_FALSE(error) << error.message() << " at " << i;
    }
    // Everybody is in, and still somebody who wants to speak is served.
    Visitor& grace = join("Grace");
    EXPECT_TRUE(run_until([&] { return grace.roster() == 3; }));
    const std::size_t each = (program.memory_kib() - before) * 1024 / std::max<std::size_t>(crowd, 1);
    RecordProperty("octets_per_silent_connection", static_cast<int>(each));
    EXPECT_LT(each, 4096u) << crowd << " connections";
}

}  // namespace
}  // namespace convene::server
