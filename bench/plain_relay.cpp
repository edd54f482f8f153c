#include "bench/plain_relay.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/check.hpp"

namespace convene::bench {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kMostPending = 1024 * 1024;  ///< then the sender has to wait

struct Receiver {
    int socket = -1;
    std::string pending;
    std::size_t sent = 0;
};

class PlainRelay {
public:
    explicit PlainRelay(int listener) : listener_(listener), epoll_(::epoll_create1(0)) { watch(listener_, EPOLLIN); }

    void run() {
        epoll_event events[64];
        while (true) {
            int count = ::epoll_wait(epoll_, events, 64, -1);
            for (int i = 0; i < count; ++i) {
                int socket = events[i].data.fd;
                if (socket == listener_) {
                    accept();
                } else if (socket == sender_) {
                    if (!relay()) return;
                } else {
                    for (auto& receiver : receivers_) {
                        if (receiver.socket == socket) flush(receiver);
                    }
                }
            }
            bool must_wait = false;
            for (auto& receiver : receivers_)
                must_wait = must_wait || receiver.pending.size() - receiver.sent > kMostPending;
            if (sender_ >= 0 && must_wait != waiting_) {
                waiting_ = must_wait;
                modify(sender_, waiting_ ? 0U : std::uint32_t{EPOLLIN});
            }
        }
    }

private:
    void watch(int socket, std::uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.fd = socket;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    }
    void modify(int socket, std::uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.fd = socket;
        ::epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
    }
    void accept() {
        int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (sender_ < 0) {
            sender_ = socket;
            watch(socket, EPOLLIN);
        } else {
            receivers_.push_back({socket, {}, 0});
            watch(socket, 0);
        }
    }
    bool relay() {
        auto size = ::recv(sender_, buffer_.data(), buffer_.size(), 0);
        if (size == 0) return false;
        if (size < 0) return errno == EAGAIN;
        for (auto& receiver : receivers_) {
            std::size_t sent = 0;
            if (receiver.pending.empty()) {
                auto count = ::send(receiver.socket, buffer_.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
                if (count > 0) sent = static_cast<std::size_t>(count);
            }
            if (sent == static_cast<std::size_t>(size)) continue;
            if (receiver.pending.empty()) modify(receiver.socket, EPOLLOUT);
            receiver.pending.append(buffer_.data() + sent, static_cast<std::size_t>(size) - sent);
        }
        return true;
    }
    void flush(Receiver& receiver) {
        auto count = ::send(receiver.socket, receiver.pending.data() + receiver.sent,
                            receiver.pending.size() - receiver.sent, MSG_NOSIGNAL);
        if (count > 0) receiver.sent += static_cast<std::size_t>(count);
        if (receiver.sent < receiver.pending.size()) return;
        receiver.pending.clear();
        receiver.sent = 0;
        modify(receiver.socket, 0);
    }

    int listener_;
    int epoll_;
    int sender_ = -1;
    bool waiting_ = false;
    std::vector<Receiver> receivers_;
    std::vector<char> buffer_ = std::vector<char>(kReadBytes);
};

}  // namespace

void run_plain_relay(int port_pipe) {
    int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CONVENE_CHECK(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(listener, 256) == 0 &&
                      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0,
                  "no port to listen on");
    std::uint16_t port = ntohs(address.sin_port);
    CONVENE_CHECK(::write(port_pipe, &port, sizeof port) == sizeof port, "nobody asks for the port");
    PlainRelay(listener).run();
    ::_exit(0);
}

}  // namespace convene::bench
