/// Who listens on the ports of conferencing on this machine.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convene::cli {

/// A port that belongs to conferencing, and the programs that are expected on it.
struct KnownPort {
    std::uint16_t port;
    bool is_udp;
    std::string_view use;
    std::string_view programs;  ///< names separated by spaces; empty: nobody is expected
};
std::span<const KnownPort> known_ports();

/// A socket that listens. What only its owner or root may see is empty.
struct LocalListener {
    const KnownPort* port = nullptr;
    std::string address;  ///< without the port
    uid_t user = 0;
    std::string user_name;  ///< or its number
    std::optional<pid_t> process;
    std::string program;
    std::optional<std::chrono::system_clock::time_point> since;  ///< the process runs

    bool expected() const;
};

/// Reads `proc` (normally /proc), as far as it lets us.
std::vector<LocalListener> local_listeners(const std::string& proc = "/proc");

/// One phrase: whether this is to be expected, and why not.
std::string judge(const LocalListener& listener);

}  // namespace convene::cli
