/// Which programs of this machine listen where, as far as the kernel tells without privileges.
#pragma once

#include <sys/types.h>

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace convene::io {

/// A TCP socket that listens, or a UDP socket that is connected to nobody.
struct ListeningSocket {
    bool is_udp = false;
    boost::asio::ip::address address;
    std::uint16_t port = 0;
    uid_t user = 0;
    std::optional<pid_t> process;  ///< nothing when only root and its owner may see it
    std::string program;           ///< the name of the process, such as "xrdp"; empty without `process`
};

/// Those that `wanted` says, read from `proc` (normally /proc); none where there is no such file system.
std::vector<ListeningSocket> listening_sockets(const std::function<bool(bool is_udp, std::uint16_t port)>& wanted,
                                               const std::string& proc = "/proc");

}  // namespace convene::io
