/// What all connections of an HTTP server have in common, and what each of its threads has.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/expected.hpp"
#include "http/message.hpp"
#include "http/options.hpp"
#include "http/router.hpp"
#include "http/tls.hpp"
#include "io/endpoint.hpp"
#include "io/lane_post.hpp"
#include "io/loose_socket.hpp"

namespace convene::http {

/// One accepted connection among those that may exist.
struct Place {
    std::shared_ptr<void> held;  ///< shared by whatever the connection becomes; the place is free when it goes
    std::string source;          ///< see Request::source
};

struct Ends {
    io::Endpoint remote;
    io::Endpoint local;
};

/// What the owner of an HTTP server decides and hears. Called on all web threads at once.
class Owner {
public:
    /// Whether one more connection may come from there; the error is the reason.
    virtual Expected<Place, std::string> admit(const io::Endpoint& remote) = 0;
    /// A WebSocket wants to carry T.120. The result is a socket that takes its octets and gives those for it, or the
    /// answer to the request instead. The ticket is empty where none was offered.
    virtual Expected<io::LooseSocket, Response> open_socket(const Request& request, std::string_view ticket,
                                                            const Ends& ends, const Place& place) = 0;
    /// Something that an administrator may want to know. `why` is a few words.
    virtual void on_trouble(const io::Endpoint& remote, std::string_view why) = 0;

protected:
    ~Owner() = default;
};

/// The upper bounds of a histogram of durations, in milliseconds; longer ones are counted behind the last.
inline constexpr std::array<unsigned, 9> kDurationBounds{1, 5, 10, 25, 100, 250, 1000, 5000, 30'000};

/// Written by one thread, read by all.
class Count {
public:
    void add(std::uint64_t more = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
    void take_away() { value_.store(value_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed); }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

class Durations {
public:
    void add(Duration duration);
    std::array<Count, kDurationBounds.size() + 1> buckets;
    Count microseconds;  ///< their sum
};

/// What one web thread has counted.
struct Counters {
    Count connections;       ///< now, those that became something else included
    Count event_streams;     ///< now
    Count web_sockets;       ///< now
    Count accepted;          ///< since the start
    Count handshakes;        ///< of TLS that were completed
    Count handshakes_short;  ///< of these, those that resumed a session
    Count handshakes_failed;
    std::array<Count, 6> answers;  ///< by the first digit of their status
    Durations answer_times;        ///< from the end of the request to its answer, streams excepted
    Count messages_in;             ///< on WebSockets; likewise
    Count messages_out;
    Count octets_in;
    Count octets_out;
    Count timeouts;
    Count web_sockets_refused;
};

class Connection;
class WebSocket;

/// One thread with its event loop and what lives on it.
struct WebLane {
    Counters counters;
    // Each of them enters and leaves by itself, the last ones when the context goes.
    std::unordered_set<Connection*> connections;
    std::unordered_set<WebSocket*> web_sockets;
    boost::asio::io_context context{1};
    std::shared_ptr<io::LanePost> post = std::make_shared<io::LanePost>(context);  // shared with those who answer
};

struct Site {
    Owner& owner;
    const Router& router;
    std::string socket_path;  ///< where WebSockets are opened

    std::shared_ptr<const Options> options() const {
        const std::lock_guard lock(mutex_);
        return options_;
    }
    void set_options(Options options) {
        auto next = std::make_shared<const Options>(std::move(options));
        const std::lock_guard lock(mutex_);
        options_.swap(next);
    }
    std::shared_ptr<TlsContext> tls() const {
        const std::lock_guard lock(mutex_);
        return tls_;
    }
    void set_tls(std::shared_ptr<TlsContext> tls) {
        const std::lock_guard lock(mutex_);
        tls_.swap(tls);
    }

    Site(Owner& to, const Router& routes, std::string path, Options options)
        : owner(to),
          router(routes),
          socket_path(std::move(path)),
          options_(std::make_shared<const Options>(std::move(options))) {}

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Options> options_;  // shared with whoever is reading it
    std::shared_ptr<TlsContext> tls_;         // nothing until there is a listener with TLS; likewise
};

}  // namespace convene::http
