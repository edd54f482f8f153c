#include "io/listening_sockets.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "base/digits.hpp"

namespace convene::io {
namespace {

namespace fs = std::filesystem;
namespace ip = boost::asio::ip;

constexpr unsigned kTcpListen = 0x0A;  // states in /proc/net/tcp and udp
constexpr unsigned kUdpOpen = 0x07;

using ByInode = std::map<std::string, ListeningSocket>;

/// "0100007F": each 32-bit word of the address in the byte order of the machine, in hexadecimal.
ip::address read_address(const std::string& hex) {
    std::array<std::uint32_t, 4> words{};
    for (std::size_t i = 0; i < hex.size() / 8 && i < words.size(); ++i)
        words[i] = static_cast<std::uint32_t>(std::strtoul(hex.substr(i * 8, 8).c_str(), nullptr, 16));
    if (hex.size() == 8) {
        ip::address_v4::bytes_type octets;
        std::memcpy(octets.data(), words.data(), octets.size());
        return ip::address_v4(octets);
    }
    ip::address_v6::bytes_type octets;
    std::memcpy(octets.data(), words.data(), octets.size());
    return ip::address_v6(octets);
}

void read_table(const std::string& path, bool is_udp, const std::function<bool(bool, std::uint16_t)>& wanted,
                ByInode& into) {
    std::ifstream table(path);
    std::string line;
    std::getline(table, line);  // headings
    while (std::getline(table, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
        if (!(fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode))
            continue;
        const auto colon = local.find(':');
        if (colon == std::string::npos || std::strtoul(state.c_str(), nullptr, 16) != (is_udp ? kUdpOpen : kTcpListen))
            continue;
        const auto port = static_cast<std::uint16_t>(std::strtoul(local.c_str() + colon + 1, nullptr, 16));
        if (!wanted(is_udp, port)) continue;
        ListeningSocket out;
        out.is_udp = is_udp;
        out.address = read_address(local.substr(0, colon));
        out.port = port;
        out.user = static_cast<uid_t>(std::strtoul(user.c_str(), nullptr, 10));
        into.emplace("socket:[" + inode + "]", std::move(out));
    }
}

/// Whose file descriptors these are.
void find_processes(const std::string& proc, ByInode& sockets) {
    std::error_code error;
    for (fs::directory_iterator process(proc, error), end; !error && process != end; process.increment(error)) {
        const std::string number = process->path().filename();
        if (!is_digits(number)) continue;
        std::error_code denied;
        for (fs::directory_iterator fd(process->path() / "fd", denied); !denied && fd != end; fd.increment(denied)) {
            std::error_code gone;
            const auto found = sockets.find(fs::read_symlink(fd->path(), gone).string());
            if (found == sockets.end() || found->second.process) continue;
            found->second.process = static_cast<pid_t>(std::strtol(number.c_str(), nullptr, 10));
            std::ifstream name(process->path() / "comm");
            std::getline(name, found->second.program);
        }
    }
}

}  // namespace

std::vector<ListeningSocket> listening_sockets(const std::function<bool(bool is_udp, std::uint16_t port)>& wanted,
                                               const std::string& proc) {
    ByInode by_inode;
    for (const char* table : {"/net/tcp", "/net/tcp6"}) read_table(proc + table, false, wanted, by_inode);
    for (const char* table : {"/net/udp", "/net/udp6"}) read_table(proc + table, true, wanted, by_inode);
    if (!by_inode.empty()) find_processes(proc, by_inode);
    std::vector<ListeningSocket> out;
    for (auto& [inode, socket] : by_inode) out.push_back(std::move(socket));
    return out;
}

}  // namespace convene::io
