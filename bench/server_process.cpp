#include "bench/server_process.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "base/check.hpp"

namespace convene::bench {
namespace {

constexpr int kStartTries = 200;  // of 50 ms

std::string on_loopback(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

Command command_of(const std::string& program, std::uint16_t port, std::uint16_t web_port,
                   const std::vector<std::string>& more) {
    Command command{
        {program, "serve", "--listen", on_loopback(port), "--web-listen", on_loopback(web_port), "--workers", "1"},
        {"CONVENE_LIMITS_CONNECTIONS_PER_ADDRESS=100000", "CONVENE_LIMITS_USERS=10000"}};
    command.words.insert(command.words.end(), more.begin(), more.end());
    return command;
}

}  // namespace

std::string program_under_test() {
    const char* given = std::getenv("CONVENE_PROGRAM");
    std::string program = given != nullptr ? given : "build/release/convene";
    if (::access(program.c_str(), X_OK) == 0) return program;
    std::fprintf(stderr, "%s is not there; run `make build` first or set CONVENE_PROGRAM\n", program.c_str());
    return {};
}

ServerProcess::ServerProcess(const std::string& program, const std::vector<std::string>& more)
    : process_(command_of(program, port_, web_port_, more)) {
    for (int i = 0; i < kStartTries && process_.running(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        if (answers(web_port_)) return;  // it comes up after the other one
    }
    CONVENE_CHECK(false, "the server does not come up");
}

}  // namespace convene::bench
