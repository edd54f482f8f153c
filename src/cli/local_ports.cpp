#include "cli/local_ports.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "io/endpoint.hpp"
#include "io/listening_sockets.hpp"

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

std::string user_name(uid_t user) {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return found->pw_name;
    return std::to_string(user);
}

const KnownPort* known(bool is_udp, std::uint16_t number) {
    const auto found = std::find_if(std::begin(kPorts), std::end(kPorts), [&](const KnownPort& port) {
        return port.port == number && port.is_udp == is_udp;
    });
    return found == std::end(kPorts) ? nullptr : found;
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
    std::vector<LocalListener> out;
    const auto wanted = [](bool is_udp, std::uint16_t port) { return known(is_udp, port) != nullptr; };
    for (auto& socket : io::listening_sockets(wanted, proc)) {
        LocalListener listener;
        listener.port = known(socket.is_udp, socket.port);
        listener.address = io::to_text(socket.address);
        listener.user = socket.user;
        listener.user_name = user_name(socket.user);
        listener.process = socket.process;
        listener.program = std::move(socket.program);
        if (socket.process) listener.since = start_time(proc, fs::path(proc) / std::to_string(*socket.process));
        out.push_back(std::move(listener));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const LocalListener& a, const LocalListener& b) { return a.port < b.port; });
    return out;
}

}  // namespace convene::cli
