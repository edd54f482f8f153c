#include "tests/integration/cli_program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/integration/test_server.hpp"

namespace convene::integration {

namespace {
int serial = 0;
}  // namespace

CliProgram::CliProgram(std::vector<std::string> arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    // Servers that several tests start at once would all want the same port for browsers.
    ::setenv("CONVENE_WEB_LISTEN", "", 0);
    const char* program = std::getenv("CONVENE_PROGRAM");
    if (program == nullptr) {
        ADD_FAILURE() << "CONVENE_PROGRAM is not set; run this through ctest";
        return;
    }
    arguments.insert(arguments.begin(), program);
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    err_path_ = std::filesystem::temp_directory_path() /
                ("convene-cli-" + std::to_string(getpid()) + "-" + std::to_string(++serial));
    std::array<int, 2> in{}, out{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) {
        ADD_FAILURE() << "no pipes";
        return;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    EXPECT_EQ(posix_spawn(&process_, program, &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    in_ = in[1];
    out_fd_ = out[0];
}

CliProgram::~CliProgram() {
    end_input();
    if (out_fd_ >= 0) close(out_fd_);
    if (process_ > 0 && !status_) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove(err_path_, ignored);
}

void CliProgram::type(std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = write(in_, text.data(), text.size());
        if (count <= 0) {
            ADD_FAILURE() << "it does not read any more: " << err();
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void CliProgram::end_input() {
    if (in_ >= 0) close(std::exchange(in_, -1));
}

void CliProgram::signal(int number) const { kill(process_, number); }

bool CliProgram::read_some(std::chrono::steady_clock::time_point end) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd poll_fd{out_fd_, POLLIN, 0};
    if (left <= 0 || poll(&poll_fd, 1, static_cast<int>(left)) <= 0) return false;
    std::array<char, 4096> buffer{};
    const ssize_t count = read(out_fd_, buffer.data(), buffer.size());
    if (count <= 0) return false;
    out_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

bool CliProgram::reads(const std::function<bool(std::string_view)>& done, std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience * slowness();
    while (!done(out_))
        if (!read_some(end)) return done(out_);
    return true;
}

std::optional<nlohmann::json> CliProgram::event(std::string_view event, const nlohmann::json& with,
                                                std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience * slowness();
    while (true) {
        while (true) {
            const auto line_end = out_.find('\n', events_read_);
            if (line_end == std::string::npos) break;
            auto json = nlohmann::json::parse(out_.substr(events_read_, line_end - events_read_), nullptr, false);
            events_read_ = line_end + 1;
            if (!json.is_object() || json.value("event", "") != event) continue;
            bool matches = true;
            for (const auto& [key, value] : with.items()) matches = matches && json.contains(key) && json[key] == value;
            if (matches) return json;
        }
        if (!read_some(end)) return std::nullopt;
    }
}

std::optional<int> CliProgram::exit_code(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience * slowness();
    while (!status_ && std::chrono::steady_clock::now() < end) {
        int status = 0;
        if (waitpid(process_, &status, WNOHANG) == process_) status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        // Its output must not fill the pipe.
        else if (!read_some(std::min(end, std::chrono::steady_clock::now() + std::chrono::milliseconds(50))))
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    while (status_ && read_some(std::chrono::steady_clock::now() + std::chrono::milliseconds(100))) {
    }
    return status_;
}

std::string CliProgram::err() {
    std::ifstream file(err_path_);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::uint16_t free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    close(fd);
    EXPECT_TRUE(bound);
    return ntohs(address.sin_port);
}

bool is_listened_to(std::uint16_t port, std::chrono::milliseconds patience) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    for (const auto end = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < end;
         std::this_thread::sleep_for(std::chrono::milliseconds(2))) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        close(fd);
        if (connected) return true;
    }
    return false;
}

}  // namespace convene::integration
