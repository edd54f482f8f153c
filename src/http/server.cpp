#include "http/server.hpp"

#include <pthread.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "http/connection.hpp"
#include "http/web_socket.hpp"

namespace convene::http {

namespace {

void add(Totals& to, const Counters& from) {
    to.connections += from.connections.get();
    to.event_streams += from.event_streams.get();
    to.web_sockets += from.web_sockets.get();
    to.accepted += from.accepted.get();
    to.handshakes += from.handshakes.get();
    to.handshakes_short += from.handshakes_short.get();
    to.handshakes_failed += from.handshakes_failed.get();
    for (std::size_t i = 0; i < to.answers.size(); ++i) to.answers[i] += from.answers[i].get();
    for (std::size_t i = 0; i < to.answer_times.size(); ++i) to.answer_times[i] += from.answer_times.buckets[i].get();
    to.answer_microseconds += from.answer_times.microseconds.get();
    to.messages_in += from.messages_in.get();
    to.messages_out += from.messages_out.get();
    to.octets_in += from.octets_in.get();
    to.octets_out += from.octets_out.get();
    to.timeouts += from.timeouts.get();
    to.web_sockets_refused += from.web_sockets_refused.get();
}

}  // namespace

Server::Server(Owner& owner, const Router& router, std::string socket_path, Options options, std::size_t threads)
    : site_(owner, router, std::move(socket_path), std::move(options)) {
    for (std::size_t i = 0; i < threads; ++i) lanes_.push_back(std::make_unique<WebLane>());
}

Server::~Server() {
    for (auto& lane : lanes_) {
        lane->post->close();
        lane->context.stop();
    }
    for (auto& thread : threads_) thread.join();
    // Now nobody else uses what is left.
    listeners_.clear();
    for (auto& lane : lanes_) {
        const auto connections = lane->connections;  // aborting one may take it out of the set
        for (auto* connection : connections) connection->abort();
    }
}

Expected<io::Endpoint, io::ListenError> Server::listen_secure(const io::Endpoint& where) { return listen(where, true); }

Expected<io::Endpoint, io::ListenError> Server::listen_plain(const io::Endpoint& where) {
    if (!where.address().is_loopback())
        return make_unexpected(
            io::ListenError{"refusing to serve HTTP without TLS on " + io::to_text(where) +
                                ": anybody on the way could read and change it. Only loopback addresses may do without",
                            EINVAL});
    return listen(where, false);
}

Expected<io::Endpoint, io::ListenError> Server::listen(const io::Endpoint& where, bool is_secure) {
    CONVENE_TRY(listener, io::Listener::open(lanes_.front()->context, where));
    listener->start(
        [this, is_secure](boost::asio::ip::tcp::socket socket) { accepted(std::move(socket), is_secure); },
        [this, endpoint = listener->endpoint()](std::string_view what) { site_.owner.on_trouble(endpoint, what); });
    listeners_.push_back(std::move(listener));
    return listeners_.back()->endpoint();
}

void Server::start() {
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        threads_.emplace_back([&lane = *lanes_[i], i] {
            static_cast<void>(::pthread_setname_np(::pthread_self(), ("web-" + std::to_string(i)).c_str()));
            const auto work = boost::asio::make_work_guard(lane.context);
            lane.context.run();
        });
}

void Server::accepted(boost::asio::ip::tcp::socket socket, bool is_secure) {
    boost::system::error_code error;
    Ends ends;
    ends.remote = socket.remote_endpoint(error);
    if (error) return;  // gone already
    ends.local = socket.local_endpoint(error);
    auto place = site_.owner.admit(ends.remote);
    if (!place) return site_.owner.on_trouble(ends.remote, place.error());
    WebLane& lane = *lanes_[next_lane_++ % lanes_.size()];
    const auto kind = is_secure ? Connection::Kind::secure : Connection::Kind::plain;
    // Shared, because what is posted must be copyable.
    auto loose = std::make_shared<io::LooseSocket>(io::LooseSocket::from(socket));
    lane.post->post([this, &lane, loose, kind, ends, place = std::move(*place)]() mutable {
        Stream::Socket own(lane.context);
        boost::system::error_code refused;
        const int fd = loose->take();
        own.assign(loose->family() == AF_INET6 ? boost::asio::ip::tcp::v6() : boost::asio::ip::tcp::v4(), fd, refused);
        if (refused) {
            ::close(fd);
            return;
        }
        std::make_shared<Connection>(site_, lane, std::move(own), kind, std::move(ends), std::move(place))->start();
    });
}

void Server::drain(std::function<void()> done) {
    lanes_.front()->post->post([this] {
        for (auto& listener : listeners_) listener->close();
    });
    auto left = std::make_shared<std::atomic<std::size_t>>(lanes_.size());
    for (auto& lane : lanes_)
        lane->post->post([&lane = *lane, left, done] {
            // Finishing one may take it out of the set.
            const auto connections = lane.connections;
            for (auto* connection : connections) connection->finish();
            const auto web_sockets = lane.web_sockets;
            for (auto* web_socket : web_sockets) web_socket->close(boost::beast::websocket::close_code::going_away);
            if (--*left == 0) done();
        });
}

Totals Server::totals() const {
    Totals out;
    for (const auto& lane : lanes_) add(out, lane->counters);
    return out;
}

}  // namespace convene::http
