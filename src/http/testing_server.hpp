/// A whole HTTP server on a port of its own, for tests.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "http/testing_client.hpp"

namespace convene::http {

/// Its WebSockets lead to sockets that the test reads and writes itself.
class TestSite final : private Owner {
public:
    explicit TestSite(Options options = {}, std::size_t threads = 1) {
        router.add(Method::get, "/hello", [](const Request&, const Responder& to) {
            to(Response{200, "text/plain", {}, "hello"});
        });
        router.add(
            Method::post, "/echo",
            [](Request request, const Responder& to) {
                to(Response{200, "text/plain", {}, std::move(request.body)});
            },
            RouteOptions{1000});
        router.add(Method::get, "/later", [this](const Request&, Responder to) {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(to));
            grown_.notify_all();
        });
        Owner& owner = *this;
        server = std::make_unique<Server>(owner, router, "/t120", std::move(options), threads);
        server->set_tls(*make_tls_context(*make_self_signed({"localhost"}, std::chrono::system_clock::now())));
        const auto secure = server->listen_secure(loopback());
        const auto plain = server->listen_plain(loopback());
        if (!secure || !plain) {
            ADD_FAILURE() << "cannot listen";
            return;
        }
        secure_port = secure->port();
        plain_port = plain->port();
        server->start();
    }
    ~TestSite() {
        server.reset();
        for (const int fd : inner_) ::close(fd);
    }

    static io::Endpoint loopback() { return io::Endpoint(boost::asio::ip::address_v4::loopback(), 0); }

    /// The responder of the next request for /later.
    Responder next_waiting() {
        std::unique_lock lock(mutex_);
        grown_.wait_for(lock, std::chrono::seconds(TestClient::kPatienceSeconds), [&] { return !waiting_.empty(); });
        Responder out = std::move(waiting_.front());
        waiting_.pop_front();
        return out;
    }
    /// The other end of the WebSocket that was opened last; blocking.
    int inner() {
        const std::lock_guard lock(mutex_);
        return inner_.empty() ? -1 : inner_.back();
    }
    std::vector<std::string> troubles() {
        const std::lock_guard lock(mutex_);
        return troubles_;
    }
    std::string ticket() {
        const std::lock_guard lock(mutex_);
        return ticket_;
    }

    Router router;
    std::unique_ptr<Server> server;
    std::uint16_t secure_port = 0;
    std::uint16_t plain_port = 0;
    std::atomic<unsigned> most_connections{1000};

private:
    Expected<Place, std::string> admit(const io::Endpoint& remote) override {
        if (server->totals().connections >= most_connections) return make_unexpected(std::string("too many"));
        return Place{nullptr, remote.address().to_string()};
    }
    Expected<io::LooseSocket, Response> open_socket(const Request& request, std::string_view ticket, const Ends&,
                                                    const Place&) override {
        if (ticket == "used") return make_unexpected(problem(403, "forbidden", "That ticket was used."));
        auto pair = io::make_socket_pair();
        const int mine = pair->first.take();
        const timeval patience{TestClient::kPatienceSeconds, 0};
        ::setsockopt(mine, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::fcntl(mine, F_SETFL, 0);  // blocking
        const std::lock_guard lock(mutex_);
        static_cast<void>(request);
        ticket_ = ticket;
        inner_.push_back(mine);
        return std::move(pair->second);
    }
    void on_trouble(const io::Endpoint&, std::string_view why) override {
        const std::lock_guard lock(mutex_);
        troubles_.emplace_back(why);
    }

    std::mutex mutex_;
    std::condition_variable grown_;
    std::deque<Responder> waiting_;
    std::vector<int> inner_;
    std::vector<std::string> troubles_;
    std::string ticket_;
};

}  // namespace convene::http
