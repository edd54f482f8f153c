#include "bench/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.hpp"

namespace convene::bench {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int tcp_socket() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    CONVENE_CHECK(socket >= 0, "no socket");
    return socket;
}

bool connects(int socket, std::uint16_t port) {
    const auto address = loopback(port);
    return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

std::uint16_t free_port() {
    const int probe = tcp_socket();
    auto address = loopback(0);
    socklen_t size = sizeof address;
    CONVENE_CHECK(::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                      ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0,
                  "no free port");
    ::close(probe);
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
    const int probe = tcp_socket();
    const bool does = connects(probe, port);
    ::close(probe);
    return does;
}

int connect_to(std::uint16_t port) {
    const int socket = tcp_socket();
    CONVENE_CHECK(connects(socket, port), "nobody listens");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

void write_all(int socket, ByteView octets) {
    while (!octets.empty()) {
        const auto count = ::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL);
        CONVENE_CHECK(count > 0, "the server has closed the connection");
        octets = octets.subspan(static_cast<std::size_t>(count));
    }
}

void read_all(int socket, std::byte* into, std::size_t size) {
    while (size > 0) {
        const auto count = ::recv(socket, into, size, 0);
        CONVENE_CHECK(count > 0, "the server has closed the connection");
        into += count;
        size -= static_cast<std::size_t>(count);
    }
}

}  // namespace convene::bench
