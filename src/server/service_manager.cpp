#include "server/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace convene::server {

ServiceManager ServiceManager::from_environment() {
    const char* socket = std::getenv("NOTIFY_SOCKET");
    return ServiceManager(socket == nullptr ? "" : socket);
}

void ServiceManager::reloading() const {
    // systemd compares the time with its own, from the clock that steady_clock is on Linux.
    const auto now =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now));
}

std::optional<Milliseconds> ServiceManager::watchdog_interval() {
    const char* micros = std::getenv("WATCHDOG_USEC");
    const char* process = std::getenv("WATCHDOG_PID");
    if (micros == nullptr || (process != nullptr && std::atol(process) != ::getpid())) return std::nullopt;
    const long long value = std::atoll(micros);
    if (value <= 0) return std::nullopt;
    return Milliseconds(std::max(1LL, value / 2000));
}

void ServiceManager::send(const std::string& message) const {
    sockaddr_un address{};
    if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket_.data(), socket_.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    // When nobody receives it, nobody wanted to know.
    static_cast<void>(::sendto(fd, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                               reinterpret_cast<const sockaddr*>(&address), length));
    ::close(fd);
}

}  // namespace convene::server
