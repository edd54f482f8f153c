#include "bench/peers/server.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace convene::bench::peers {
namespace {

constexpr int kStartTries = 500;  // of 20 ms

}  // namespace

Server::Server(Driver& driver, Launch launch) : driver_(driver) {
    launch.folder = folder_.path();
    auto command = driver.command(launch);
    process_ = std::make_unique<Process>(command);
    for (int i = 0; i < kStartTries && process_->running(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (answers(driver.port())) return;
    }
    std::fprintf(stderr, "peers: %s does not come up\n", command.words[0].c_str());
    std::exit(1);
}

}  // namespace convene::bench::peers
