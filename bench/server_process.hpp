/// The server program under test, running by itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/loopback.hpp"
#include "bench/process.hpp"

namespace convene::bench {

/// CONVENE_PROGRAM or build/release/convene; empty, with a message, when there is none.
std::string program_under_test();

/// `program serve` on free ports of loopback with one worker and no limits in the way, and with `more` arguments. Its
/// constructor waits until it has come up.
class ServerProcess {
public:
    explicit ServerProcess(const std::string& program, const std::vector<std::string>& more = {});

    std::uint16_t port() const { return port_; }
    std::uint16_t web_port() const { return web_port_; }  ///< HTTPS
    double cpu_seconds() const { return process_.cpu_seconds(); }
    std::size_t resident_octets() const { return process_.resident_octets(); }
    pid_t process() const { return process_.id(); }

private:
    std::uint16_t port_ = free_port();
    std::uint16_t web_port_ = free_port();
    Process process_;
};

}  // namespace convene::bench
