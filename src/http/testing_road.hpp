/// A road from TCP to a WebSocket: whoever connects to it, such as an ordinary client, arrives as a browser would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/testing_client.hpp"

namespace convene::http {

/// Listens on a port of 127.0.0.1 and has one thread for all who come.
class TestRoad {
public:
    /// `web_port` speaks HTTPS. `protocols` makes what is offered as subprotocols, with a ticket where one is needed.
    explicit TestRoad(
        std::uint16_t web_port, std::function<std::string()> protocols = [] { return std::string("t120"); })
        : web_port_(web_port), protocols_(std::move(protocols)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&where), size) == 0 && ::listen(listener_, 256) == 0 &&
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size) == 0)
            port_ = ntohs(where.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    TestRoad(const TestRoad&) = delete;
    TestRoad& operator=(const TestRoad&) = delete;
    ~TestRoad() {
        stop_ = true;
        thread_.join();
        for (const auto& lane : lanes_) ::close(lane.tcp);
        ::close(listener_);
    }

    std::uint16_t port() const { return port_; }
    /// Status of the last answer to a request for a WebSocket.
    unsigned last_status() const { return last_status_; }
    /// Of the last WebSocket that the server closed.
    unsigned last_close_code() const { return last_close_code_; }

private:
    struct Lane {
        int tcp;
        std::unique_ptr<TestClient> web;
        bool over = false;
        std::optional<std::chrono::steady_clock::time_point> until{};  // set when its TCP side has ended
    };
    static constexpr std::chrono::milliseconds kGoodbye{500};  // for what the server still has to say

    void run() {
        while (!stop_) {
            std::vector<pollfd> watched{{listener_, POLLIN, 0}};
            for (const auto& lane : lanes_) {
                watched.push_back({lane.until ? -1 : lane.tcp, POLLIN, 0});
                watched.push_back({lane.web->fd(), POLLIN, 0});
            }
            if (::poll(watched.data(), watched.size(), 50) < 0) continue;
            std::size_t at = 1;
            const auto now = std::chrono::steady_clock::now();
            for (auto& lane : lanes_) {
                if (lane.until && *lane.until < now) lane.over = true;
                if (watched[at++].revents != 0) from_tcp(lane);
                if (watched[at++].revents != 0) from_web(lane);
            }
            lanes_.remove_if([](const Lane& lane) {
                if (lane.over) ::close(lane.tcp);
                return lane.over;
            });
            if (watched[0].revents != 0) accept();
        }
    }

    void accept() {
        const int tcp = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (tcp < 0) return;
        const int on = 1;
        ::setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto web = std::make_unique<TestClient>(web_port_, TestClient::Kind::tls);
        ::setsockopt(web->fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        last_status_ = web->is_open() ? web->open_socket(protocols_()).status : 0;
        if (last_status_ == 101)
            lanes_.push_back(Lane{tcp, std::move(web)});
        else
            ::close(tcp);
    }

    void from_tcp(Lane& lane) {
        std::array<char, 16 * 1024> room;
        const auto count = ::recv(lane.tcp, room.data(), room.size(), 0);
        if (count <= 0)
            lane.until = std::chrono::steady_clock::now() + kGoodbye;
        else
            lane.over = !lane.web->send_frame(2, std::string_view(room.data(), static_cast<std::size_t>(count)));
    }

    void from_web(Lane& lane) {
        do {
            if (!lane.web->receive()) {
                lane.over = true;
                return;
            }
            while (const auto frame = lane.web->buffered_frame()) {
                if (frame->opcode == 9) lane.web->send_frame(10, frame->payload);
                if (frame->opcode == 8) last_close_code_ = frame->close_code();
                if (frame->opcode == 8) lane.over = true;
                if (frame->opcode != 2) continue;
                const auto size = static_cast<ssize_t>(frame->payload.size());
                if (!lane.until && ::send(lane.tcp, frame->payload.data(), frame->payload.size(), MSG_NOSIGNAL) != size)
                    lane.until = std::chrono::steady_clock::now() + kGoodbye;
            }
        } while (!lane.over && lane.web->has_pending());
    }

    std::uint16_t web_port_;
    std::function<std::string()> protocols_;
    std::list<Lane> lanes_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<unsigned> last_status_{0};
    std::atomic<unsigned> last_close_code_{0};
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

}  // namespace convene::http
