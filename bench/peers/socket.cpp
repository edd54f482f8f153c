#include "bench/peers/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <string>

#include "base/check.hpp"
#include "bench/relay_client.hpp"

namespace convene::bench::peers {
namespace {

constexpr timeval kPatience{10, 0};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

Socket::~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Socket::make_nonblocking() { ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK); }

Socket dial(std::uint16_t port) { return Socket(connect_to(port)); }

bool answers(std::uint16_t port) {
    Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
    auto address = loopback(port);
    return ::connect(socket.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

void converse(Socket& socket, std::string_view request, std::string_view wanted) {
    write_all(socket.descriptor(), as_bytes(request));
    ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    std::string answer;
    char more[4096];
    while (answer.find(wanted) == std::string::npos) {
        auto count = ::recv(socket.descriptor(), more, sizeof more, 0);
        CONVENE_CHECK(count > 0, "a server does not answer as its protocol says");
        answer.append(more, static_cast<std::size_t>(count));
    }
}

std::uint16_t free_port() {
    Socket probe(::socket(AF_INET, SOCK_STREAM, 0));
    auto address = loopback(0);
    socklen_t size = sizeof address;
    CONVENE_CHECK(::bind(probe.descriptor(), reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                      ::getsockname(probe.descriptor(), reinterpret_cast<sockaddr*>(&address), &size) == 0,
                  "no free port");
    return ntohs(address.sin_port);
}

}  // namespace convene::bench::peers
