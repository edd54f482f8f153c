#include "cli/local_ports.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "io/endpoint.hpp"

namespace convene::cli {
namespace {

namespace fs = std::filesystem;

constexpr KnownPort kPorts[] = {
    {1503, false, "T.120 data conferencing", "convene"},
    {1503, true, "T.120 unreliable data (MAP)", ""},
    {389, false, "LDAP directory", "convene slapd ns-slapd samba"},
    {443, false, "HTTPS", "convene nginx apache2 httpd caddy haproxy lighttpd traefik"},
    {522, false, "User Location Service", "convene"},
    {1002, false, "Internet Locator Service", "convene"},
    {1720, false, "H.323 call signalling", "convene gnugk asterisk"},
    {1731, false, "audio call control", "convene"},
    {9503, false, "Convene's admin and metrics", "convene"},
};

constexpr unsigned kTcpListen = 0x0A;  // states of /proc/net/tcp and udp
constexpr unsigned kUdpOpen = 0x07;

/// Each 32-bit word of the address in the byte order of the machine, in hexadecimal.
std::string address_text(const std::string& hex) {
    std::array<std::uint32_t, 4> words{};
    for (std::size_t i = 0; i < hex.size() / 8 && i < words.size(); ++i)
        words[i] = static_cast<std::uint32_t>(std::strtoul(hex.substr(i * 8, 8).c_str(), nullptr, 16));
    if (hex.size() == 8) {
        boost::asio::ip::address_v4::bytes_type octets;
        std::memcpy(octets.data(), words.data(), octets.size());
        return io::to_text(boost::asio::ip::address(boost::asio::ip::address_v4(octets)));
    }
    boost::asio::ip::address_v6::bytes_type octets;
    std::memcpy(octets.data(), words.data(), octets.size());
    return io::to_text(boost::asio::ip::address(boost::asio::ip::address_v6(octets)));
}

std::string user_name(uid_t user) {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return found->pw_name;
    return std::to_string(user);
}

void read_table(const std::string& path, bool is_udp, std::map<std::string, LocalListener>& by_inode) {
    std::ifstream table(path);
    std::string line;
    std::getline(table, line);  // headings
    while (std::getline(table, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
        if (!(fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode))
            continue;
        const auto colon = local.find(':');
        const auto wanted = is_udp ? kUdpOpen : kTcpListen;
        if (colon == std::string::npos || std::strtoul(state.c_str(), nullptr, 16) != wanted) continue;
        const auto number = std::strtoul(local.c_str() + colon + 1, nullptr, 16);
        const auto known = std::find_if(std::begin(kPorts), std::end(kPorts), [&](const KnownPort& port) {
            return port.port == number && port.is_udp == is_udp;
        });
        if (known == std::end(kPorts)) continue;
        LocalListener out;
        out.port = known;
        out.address = address_text(local.substr(0, colon));
        out.user = static_cast<uid_t>(std::strtoul(user.c_str(), nullptr, 10));
        out.user_name = user_name(out.user);
        by_inode.emplace("socket:[" + inode + "]", std::move(out));
    }
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// "btime" of /proc/stat: when the machine started, in seconds since 1970.
std::optional<std::int64_t> boot_time(const std::string& proc) {
    std::ifstream stat(proc + "/stat");
    std::string word;
    std::int64_t value = 0;
    while (stat >> word)
        if (word == "btime" && stat >> value) return value;
    return std::nullopt;
}

std::optional<std::chrono::system_clock::time_point> start_time(const std::string& proc, const fs::path& process) {
    std::ifstream file(process / "stat");
    std::string text;
    std::getline(file, text);
    // The second field is the name in parentheses, and may hold anything, parentheses too.
    const auto end_of_name = text.rfind(')');
    const auto boot = boot_time(proc);
    if (end_of_name == std::string::npos || !boot) return std::nullopt;
    std::istringstream fields(text.substr(end_of_name + 1));
    std::string field;
    for (int i = 3; i <= 22; ++i)  // proc(5): starttime is field 22, in ticks since the machine started
        if (!(fields >> field)) return std::nullopt;
    const auto ticks = std::strtoull(field.c_str(), nullptr, 10);
    const auto second = static_cast<unsigned long long>(std::max(1L, sysconf(_SC_CLK_TCK)));
    return std::chrono::system_clock::time_point(
        std::chrono::seconds(*boot + static_cast<std::int64_t>(ticks / second)));
}

}  // namespace

std::span<const KnownPort> known_ports() { return kPorts; }

bool LocalListener::expected() const {
    std::string_view names = port->programs;
    while (!names.empty() && !program.empty()) {
        const auto end = names.find(' ');
        if (names.substr(0, end) == program) return true;
        if (end == std::string_view::npos) break;
        names.remove_prefix(end + 1);
    }
    return false;
}

std::string judge(const LocalListener& listener) {
    if (listener.expected()) return "as expected";
    if (listener.program.empty()) return "cannot tell: only root and its owner see the program";
    if (listener.port->programs.empty()) return "not expected: nothing uses this by default";
    if (listener.port->port == 1503) return "not expected: stop it, or have one of the two listen elsewhere";
    return "not a program that is usual here";
}

std::vector<LocalListener> local_listeners(const std::string& proc) {
    std::map<std::string, LocalListener> by_inode;
    for (const char* table : {"/net/tcp", "/net/tcp6"}) read_table(proc + table, false, by_inode);
    for (const char* table : {"/net/udp", "/net/udp6"}) read_table(proc + table, true, by_inode);
    std::error_code error;
    for (fs::directory_iterator process(proc, error), end; !error && process != end; process.increment(error)) {
        const std::string number = process->path().filename();
        if (by_inode.empty() || !is_number(number)) continue;
        std::error_code denied;
        for (fs::directory_iterator fd(process->path() / "fd", denied); !denied && fd != end; fd.increment(denied)) {
            std::error_code gone;
            const auto found = by_inode.find(fs::read_symlink(fd->path(), gone).string());
            if (found == by_inode.end() || found->second.process) continue;
            found->second.process = static_cast<pid_t>(std::strtol(number.c_str(), nullptr, 10));
            std::ifstream name(process->path() / "comm");
            std::getline(name, found->second.program);
            found->second.since = start_time(proc, process->path());
        }
    }
    std::vector<LocalListener> out;
    for (auto& [inode, listener] : by_inode) out.push_back(std::move(listener));
    std::stable_sort(out.begin(), out.end(),
                     [](const LocalListener& a, const LocalListener& b) { return a.port < b.port; });
    return out;
}

}  // namespace convene::cli
