#include "bench/peers/socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <string>

#include "base/check.hpp"

namespace convene::bench::peers {
namespace {

constexpr timeval kPatience{10, 0};

}  // namespace

Socket::~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Socket::make_nonblocking() { ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK); }

Socket dial(std::uint16_t port) { return Socket(connect_to(port)); }

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

}  // namespace convene::bench::peers
