#include "io/port_owner.hpp"

#include <arpa/inet.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "io/endpoint.hpp"

namespace convene::io {

namespace fs = std::filesystem;
namespace ip = boost::asio::ip;

namespace {

constexpr unsigned kListenState = 0x0A;  // TCP_LISTEN in /proc/net/tcp

// "0100007F:05DF": each 32-bit word of the address in the byte order of the machine, the port in hex.
std::string address_text(const std::string& field, std::uint16_t port) {
    const std::string hex = field.substr(0, field.find(':'));
    std::array<std::uint32_t, 4> words{};
    for (std::size_t i = 0; i < hex.size() / 8 && i < words.size(); ++i)
        words[i] = static_cast<std::uint32_t>(std::strtoul(hex.substr(i * 8, 8).c_str(), nullptr, 16));
    if (hex.size() == 8) return to_text(Endpoint(ip::address_v4(ntohl(words[0])), port));
    ip::address_v6::bytes_type octets;
    std::memcpy(octets.data(), words.data(), octets.size());
    return to_text(Endpoint(ip::address_v6(octets), port));
}

void read_table(const char* path, std::uint16_t port, std::map<std::string, PortOwner>& by_inode) {
    std::ifstream table(path);
    std::string line;
    std::getline(table, line);  // headings
    while (std::getline(table, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
        if (!(fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode))
            continue;
        const auto colon = local.find(':');
        if (colon == std::string::npos || std::strtoul(state.c_str(), nullptr, 16) != kListenState) continue;
        if (std::strtoul(local.c_str() + colon + 1, nullptr, 16) != port) continue;
        PortOwner owner;
        owner.address = address_text(local, port);
        owner.user = static_cast<uid_t>(std::strtoul(user.c_str(), nullptr, 10));
        by_inode.emplace("socket:[" + inode + "]", owner);
    }
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::vector<PortOwner> owners_of_port(std::uint16_t port) {
    std::map<std::string, PortOwner> by_inode;
    read_table("/proc/net/tcp", port, by_inode);
    read_table("/proc/net/tcp6", port, by_inode);
    std::error_code error;
    if (!by_inode.empty()) {
        for (fs::directory_iterator process("/proc", error), end; process != end; process.increment(error)) {
            const std::string number = process->path().filename();
            if (error || !is_number(number)) continue;
            std::error_code denied;
            for (fs::directory_iterator fd(process->path() / "fd", denied); !denied && fd != end;
                 fd.increment(denied)) {
                std::error_code gone;
                const auto found = by_inode.find(fs::read_symlink(fd->path(), gone).string());
                if (found == by_inode.end() || found->second.process != 0) continue;
                found->second.process = std::atoi(number.c_str());
                std::ifstream(process->path() / "comm") >> found->second.program;
            }
        }
    }
    std::vector<PortOwner> owners;
    for (auto& [inode, owner] : by_inode) owners.push_back(std::move(owner));
    return owners;
}

std::string describe(const std::vector<PortOwner>& owners) {
    if (owners.empty()) return "in use";
    const PortOwner& first = owners.front();
    if (first.program.empty()) return "in use by a program of user id " + std::to_string(first.user);
    return "in use by " + first.program + " (process " + std::to_string(first.process) + ")";
}

}  // namespace convene::io
