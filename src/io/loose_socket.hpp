/// A socket on its way from one event loop to another.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <utility>

#include "base/expected.hpp"

namespace convene::io {

/// A connected stream socket of any family that belongs to no io_context; closed unless somebody takes it.
class LooseSocket {
public:
    LooseSocket() = default;
    LooseSocket(int fd, int family) : fd_(fd), family_(family) {}
    LooseSocket(LooseSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)), family_(other.family_) {}
    LooseSocket& operator=(LooseSocket other) noexcept {
        std::swap(fd_, other.fd_);
        std::swap(family_, other.family_);
        return *this;
    }
    ~LooseSocket() {
        if (fd_ >= 0) ::close(fd_);
    }

    /// Takes a socket away from its io_context, on which nothing of it may be under way.
    template <class Socket>
    static LooseSocket from(Socket& socket) {
        boost::system::error_code ignored;
        const int family = socket.local_endpoint(ignored).protocol().family();
        return LooseSocket(socket.release(ignored), family);
    }
    /// Gives it to another one; nothing when that has no room for it.
    std::optional<boost::asio::generic::stream_protocol::socket> join(boost::asio::io_context& context) && {
        boost::asio::generic::stream_protocol::socket out(context);
        boost::system::error_code error;
        out.assign(boost::asio::generic::stream_protocol(family_, 0), fd_, error);
        if (error) return std::nullopt;
        fd_ = -1;
        return out;
    }

    bool is_open() const { return fd_ >= 0; }
    int family() const { return family_; }
    int take() { return std::exchange(fd_, -1); }

private:
    int fd_ = -1;
    int family_ = AF_UNSPEC;
};

/// Two sockets that are connected with each other, within this process; nothing when the machine has no room for them.
inline std::optional<std::pair<LooseSocket, LooseSocket>> make_socket_pair() {
    int both[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, both) != 0) return std::nullopt;
    return std::pair(LooseSocket(both[0], AF_UNIX), LooseSocket(both[1], AF_UNIX));
}

}  // namespace convene::io
