#include "bench/peers/server.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/check.hpp"

namespace convene::bench::peers {
namespace {

constexpr int kStartTries = 500;  // of 20 ms

std::string new_folder() {
    std::string folder = (std::filesystem::temp_directory_path() / "convene-peers-XXXXXX").string();
    CONVENE_CHECK(::mkdtemp(folder.data()) != nullptr, "no temporary folder");
    return folder;
}

}  // namespace

Server::Server(Driver& driver, Launch launch) : driver_(driver), folder_(new_folder()) {
    launch.folder = folder_;
    auto command = driver.command(launch);
    process_ = std::make_unique<Process>(command);
    for (int i = 0; i < kStartTries && process_->running(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (answers(driver.port())) return;
    }
    std::fprintf(stderr, "peers: %s does not come up\n", command.words[0].c_str());
    std::exit(1);
}

Server::~Server() {
    process_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace convene::bench::peers
