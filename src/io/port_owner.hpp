/// Which program of this machine listens on a TCP port, as far as the kernel tells without privileges.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace convene::io {

/// A listening socket. What cannot be seen without being its owner or root stays empty or zero.
struct PortOwner {
    std::string address;  ///< "127.0.0.1:1503"
    uid_t user = 0;
    pid_t process = 0;    ///< 0 when unknown
    std::string program;  ///< the name of the process, such as "xrdp"

    friend bool operator==(const PortOwner&, const PortOwner&) = default;
};

/// Reads /proc; empty where there is none or nobody listens.
std::vector<PortOwner> owners_of_port(std::uint16_t port);

/// "in use by xrdp (process 123)", as far as known.
std::string describe(const std::vector<PortOwner>& owners);

}  // namespace convene::io
