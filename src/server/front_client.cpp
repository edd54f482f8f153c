#include "server/front_client.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include "base/overloaded.hpp"

namespace convene::server {

namespace {
constexpr std::size_t kReadAtOnce = 16 * 1024;
}  // namespace

FrontClient::FrontClient(Socket socket, FrontGuest guest, ConnectionNumber number, FrontClientEvents& events,
                         std::shared_ptr<const FrontClientLimits> limits)
    : socket_(std::move(socket)),
      events_(events),
      limits_(std::move(limits)),
      guest_(std::move(guest)),
      number_(number) {}

void FrontClient::start() {
    boost::system::error_code ignored;
    socket_.native_non_blocking(true, ignored);
    const int on = 1;
    static_cast<void>(::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    wait();
}

void FrontClient::wait() {
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](boost::system::error_code error) {
        if (!error && !self->over_) self->read();
    });
}

void FrontClient::read() {
    std::array<std::byte, kReadAtOnce> buffer;
    const ssize_t count = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return wait();
    if (count < 0) return gone(LogEvent::connection_closed, std::generic_category().message(errno));
    if (count == 0) return gone(LogEvent::connection_closed, "closed by the peer");
    if (lingering_) return wait();  // too late to say anything

    const ByteView octets(buffer.data(), static_cast<std::size_t>(count));
    if (tap_ != nullptr) tap_->received(octets);
    received_ += octets.size();
    if (received_ > limits_->octets)
        return gone(LogEvent::handshake_failed, "sent too much before saying what it wants");
    const auto now = std::chrono::steady_clock::now();
    if (reception_ == nullptr) reception_ = std::make_unique<node::Reception>(limits_->reception, now);
    // A copy of its own: what the reception keeps goes to another thread.
    reception_->on_bytes(Slice(octets), now);
    pump();
    if (over_ || socket_.is_open() == false) return;
    if (!decided_ && !lingering_) {
        const auto& purpose = reception_->purpose();
        if (std::holds_alternative<node::ConferenceCall>(purpose) ||
            std::holds_alternative<node::AdditionalTransport>(purpose)) {
            decided_ = true;
            const auto self = shared_from_this();
            events_.on_decided(*this);
            if (over_) return;
        }
    }
    wait();
}

void FrontClient::pump() {
    std::vector<node::Reception::Output> outputs;
    reception_->take_outputs(outputs);
    for (auto& output : outputs) {
        if (over_ || lingering_) return;
        if (const auto* write = std::get_if<node::Reception::Write>(&output)) {
            if (!send(write->octets)) return gone(LogEvent::connection_closed, "does not take its answer");
        } else {
            linger(std::move(std::get<node::Reception::Close>(output).why));
        }
    }
}

bool FrontClient::send(ByteView octets) {
    // Answers are small and the first that is sent: they fit into the empty buffer of the kernel or something is wrong.
    const ssize_t count = ::send(socket_.native_handle(), octets.data(), octets.size(), MSG_NOSIGNAL);
    if (count > 0 && tap_ != nullptr) tap_->sent(octets.first(static_cast<std::size_t>(count)));
    return count == static_cast<ssize_t>(octets.size());
}

void FrontClient::answer(ByteView tsdu, std::string why) {
    reception_->answer(tsdu, std::move(why));
    pump();
}

void FrontClient::linger(std::string why) {
    lingering_ = true;
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    static_cast<void>(why);
    events_.on_lingering(*this);
}

void FrontClient::abort() {
    if (std::exchange(over_, true)) return;
    close(false);
}

void FrontClient::close(bool by_peer) {
    if (tap_ != nullptr) tap_->closed(by_peer);
    boost::system::error_code ignored;
    socket_.close(ignored);
    // A wait that has not come back yet keeps this object alive, perhaps longer than the server.
    guest_.ticket = {};
    tap_.reset();
    reception_.reset();
}

void FrontClient::gone(LogEvent event, std::string_view why) {
    if (over_) return;
    const auto self = shared_from_this();
    over_ = true;
    events_.on_gone(*this, event, why);
    close(true);
}

Handover FrontClient::release() {
    over_ = true;
    return Handover{io::LooseSocket::from(socket_),
                    std::move(reception_),
                    guest_.peer,
                    guest_.local,
                    number_,
                    std::move(guest_.ticket),
                    std::move(tap_),
                    {},
                    std::move(guest_.admission)};
}

}  // namespace convene::server
