#include "bench/peers/bare_relay.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "base/check.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;  ///< 64 KiB make it a fifth slower with large payloads
constexpr int kEvents = 256;

struct Connection;
using Room = std::vector<Connection*>;  ///< its receivers

struct Connection {
    int socket = -1;
    Room* room = nullptr;
    bool publishes = false;
    std::string pending;
    std::size_t sent = 0;  ///< of pending
};

class BareRelay {
public:
    explicit BareRelay(std::uint16_t port) : epoll_(::epoll_create1(0)), listener_(listen_on(port)) {
        control(EPOLL_CTL_ADD, listener_, nullptr, EPOLLIN);
    }

    [[noreturn]] void run() {
        epoll_event events[kEvents];
        while (true) {
            int count = ::epoll_wait(epoll_, events, kEvents, -1);
            for (int i = 0; i < count; ++i) {
                auto* connection = static_cast<Connection*>(events[i].data.ptr);
                if (connection == nullptr) {
                    accept();
                } else if ((events[i].events & ~EPOLLOUT) != 0) {
                    read(*connection);
                } else {
                    flush(*connection);
                }
            }
        }
    }

private:
    void control(int operation, int socket, Connection* connection, std::uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.ptr = connection;
        ::epoll_ctl(epoll_, operation, socket, &event);
    }
    void watch(Connection& connection, std::uint32_t events) {
        control(EPOLL_CTL_MOD, connection.socket, &connection, events);
    }
    void accept() {
        int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        if (socket < 0) return;
        int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto& connection = connections_[socket];
        connection = std::make_unique<Connection>();
        connection->socket = socket;
        control(EPOLL_CTL_ADD, socket, connection.get(), EPOLLIN);
    }
    void read(Connection& connection) {
        auto size = ::recv(connection.socket, buffer_.data(), buffer_.size(), 0);
        if (size < 0 && errno == EAGAIN) return;
        if (size <= 0) return close(connection);
        auto count = static_cast<std::size_t>(size);
        if (connection.room == nullptr) return greet(connection, count);
        if (!connection.publishes) return;
        for (auto* receiver : *connection.room) write(*receiver, buffer_.data(), count);
    }
    void greet(Connection& connection, std::size_t size) {
        if (size != kBareHello) return close(connection);
        connection.room = &rooms_[room_of(buffer_.data())];
        connection.publishes = buffer_[0] == kBarePublisher;
        if (!connection.publishes) connection.room->push_back(&connection);
        write(connection, &kBareReady, 1);
    }
    void write(Connection& connection, const char* octets, std::size_t size) {
        std::size_t sent = 0;
        if (connection.pending.empty()) {
            auto count = ::send(connection.socket, octets, size, MSG_NOSIGNAL);
            if (count > 0) sent = static_cast<std::size_t>(count);
            if (sent == size) return;
            watch(connection, EPOLLIN | EPOLLOUT);
        }
        connection.pending.append(octets + sent, size - sent);
    }
    void flush(Connection& connection) {
        auto& pending = connection.pending;
        auto count =
            ::send(connection.socket, pending.data() + connection.sent, pending.size() - connection.sent, MSG_NOSIGNAL);
        if (count > 0) connection.sent += static_cast<std::size_t>(count);
        if (connection.sent < pending.size()) return;
        pending.clear();
        connection.sent = 0;
        watch(connection, EPOLLIN);
    }
    void close(Connection& connection) {
        if (connection.room != nullptr) {
            auto& room = *connection.room;
            room.erase(std::remove(room.begin(), room.end(), &connection), room.end());
        }
        int socket = connection.socket;
        connections_.erase(socket);
        ::close(socket);
    }

    int epoll_;
    int listener_;
    std::map<int, std::unique_ptr<Connection>> connections_;
    std::map<std::uint16_t, Room> rooms_;
    std::vector<char> buffer_ = std::vector<char>(kReadBytes);
};

}  // namespace

int listen_on(std::uint16_t port) {
    int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CONVENE_CHECK(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                      ::listen(listener, SOMAXCONN) == 0,
                  "the bare relay cannot listen");
    return listener;
}

void run_bare_relay(const std::vector<std::uint16_t>& ports) {
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < ports.size(); ++i) threads.emplace_back([port = ports[i]] { BareRelay(port).run(); });
    BareRelay(ports.at(0)).run();
}

}  // namespace convene::bench::peers
