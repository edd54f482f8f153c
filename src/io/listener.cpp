#include "io/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <chrono>

#include "io/listening_sockets.hpp"

namespace convene::io {

using boost::asio::ip::tcp;

namespace {

constexpr auto kRetryTime = std::chrono::milliseconds(200);  // after the kernel had no descriptor or memory left
constexpr int kBacklog = 4096;                               // the kernel caps it at net.core.somaxconn

/// "in use by xrdp (process 123)", as far as known.
std::string user_of(std::uint16_t port) {
    const auto sockets = listening_sockets([&](bool is_udp, std::uint16_t other) { return !is_udp && other == port; });
    if (sockets.empty()) return "in use";
    const ListeningSocket& first = sockets.front();
    if (!first.process) return "in use by a program of user id " + std::to_string(first.user);
    return "in use by " + first.program + " (process " + std::to_string(*first.process) + ")";
}

ListenError listen_error(const Endpoint& where, const boost::system::error_code& error) {
    std::string text = "cannot listen on " + to_text(where) + ": ";
    if (error == boost::asio::error::address_in_use) {
        text += "port " + std::to_string(where.port()) + " is " + user_of(where.port());
    } else if (error == boost::asio::error::access_denied) {
        text += "ports below 1024 need the capability CAP_NET_BIND_SERVICE";
    } else if (error == boost::system::errc::address_not_available) {
        text += "this machine has no such address";
    } else {
        text += error.message();
    }
    return ListenError{std::move(text), error.value()};
}

}  // namespace

Expected<std::unique_ptr<Listener>, ListenError> Listener::open(boost::asio::io_context& context,
                                                                const Endpoint& where) {
    tcp::acceptor acceptor(context);
    boost::system::error_code error;
    acceptor.open(where.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    // IPv4 has a listener of its own, so that both can be given, and refused, separately.
    if (!error && where.protocol() == tcp::v6()) acceptor.set_option(boost::asio::ip::v6_only(true), error);
    if (!error) acceptor.bind(where, error);
    if (!error) acceptor.listen(kBacklog, error);
    if (error) return make_unexpected(listen_error(where, error));
    return std::unique_ptr<Listener>(new Listener(context, std::move(acceptor)));
}

Listener::Listener(boost::asio::io_context& context, tcp::acceptor acceptor)
    : acceptor_(std::move(acceptor)), retry_(context) {
    boost::system::error_code ignored;
    endpoint_ = acceptor_.local_endpoint(ignored);
}

void Listener::start(Handler handler, TroubleHandler trouble) {
    handler_ = std::move(handler);
    trouble_ = std::move(trouble);
    accept();
}

void Listener::pause() { paused_ = true; }

void Listener::resume() {
    paused_ = false;
    accept();
}

void Listener::close() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
}

void Listener::accept() {
    if (accepting_ || paused_ || !acceptor_.is_open() || !handler_) return;
    accepting_ = true;
    acceptor_.async_accept([this, alive = std::weak_ptr(alive_)](boost::system::error_code error, tcp::socket socket) {
        if (alive.expired() || error == boost::asio::error::operation_aborted) return;
        accepting_ = false;
        accepted(error, std::move(socket));
    });
}

void Listener::accepted(boost::system::error_code error, tcp::socket socket) {
    if (!error) {
        handler_(std::move(socket));
        return accept();
    }
    // A connection that vanished before it was accepted is nothing to wait for.
    if (error == boost::asio::error::connection_aborted || error == boost::asio::error::try_again) return accept();
    if (trouble_) trouble_(error.message());
    retry_.expires_after(kRetryTime);
    retry_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code cancelled) {
        if (!cancelled && !alive.expired()) accept();
    });
}

}  // namespace convene::io
