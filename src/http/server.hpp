/// An HTTP server: its listeners, its threads and what lives on them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/expected.hpp"
#include "http/site.hpp"
#include "io/listener.hpp"

namespace convene::http {

/// The sum over all threads; see Counters.
struct Totals {
    std::uint64_t connections = 0, event_streams = 0, web_sockets = 0, accepted = 0;
    std::uint64_t handshakes = 0, handshakes_short = 0, handshakes_failed = 0;
    std::array<std::uint64_t, 6> answers{};
    std::array<std::uint64_t, kDurationBounds.size() + 1> answer_times{};
    std::uint64_t answer_microseconds = 0;
    std::uint64_t messages_in = 0, messages_out = 0, octets_in = 0, octets_out = 0;
    std::uint64_t timeouts = 0, web_sockets_refused = 0;
};

/// Everything is called from one thread, which is none of its own. `owner` and `router` outlive it.
class Server {
public:
    /// WebSockets are opened at `socket_path`.
    Server(Owner& owner, const Router& router, std::string socket_path, Options options, std::size_t threads);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();  ///< closes everything at once and waits for the threads

    /// Both before start(). TLS needs set_tls() before; without it only loopback addresses are taken.
    Expected<io::Endpoint, io::ListenError> listen_secure(const io::Endpoint& where);
    Expected<io::Endpoint, io::ListenError> listen_plain(const io::Endpoint& where);
    void start();

    /// For requests and connections from now on.
    void set_options(Options options) { site_.set_options(std::move(options)); }
    void set_tls(std::shared_ptr<TlsContext> tls) { site_.set_tls(std::move(tls)); }

    /// Accepts nobody any more and closes each connection after the request under way. Streams of events end at once,
    /// and so do WebSockets, as "going away" (RFC 6455 §7.4.1): who hears that comes back when there is a server again.
    /// `done` is called on a thread of the server's when nothing that happens from now on gets to them.
    void drain(std::function<void()> done);
    Totals totals() const;

private:
    Expected<io::Endpoint, io::ListenError> listen(const io::Endpoint& where, bool is_secure);
    void accepted(boost::asio::ip::tcp::socket socket, bool is_secure);

    Site site_;
    std::vector<std::unique_ptr<WebLane>> lanes_;
    std::vector<std::unique_ptr<io::Listener>> listeners_;  // on the first lane
    std::vector<std::thread> threads_;
    std::size_t next_lane_ = 0;  // of the first lane's thread
};

}  // namespace convene::http
