#include "io/connection.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "io/lane.hpp"

namespace convene::io {

namespace {

// A peer that vanished is noticed after about two minutes, whether or not something was on its way to it. T.120 has no
// keepalive of its own.
constexpr int kKeepIdleSeconds = 60;
constexpr int kKeepIntervalSeconds = 10;
constexpr int kKeepProbes = 6;
constexpr unsigned kUnacknowledgedMilliseconds = 120'000;

constexpr int kReadsPerWakeUp = 4;
constexpr std::size_t kRunsPerWrite = 64;             // entries of one vectored write
constexpr std::size_t kOctetsPerWakeUp = 512 * 1024;  // written for one connection before others have their turn

void set_option(int fd, int level, int name, int value) {
    // A socket without the option still works.
    static_cast<void>(::setsockopt(fd, level, name, &value, sizeof value));
}

/// Of a socket within the machine, an address of nobody.
boost::asio::ip::tcp::endpoint tcp_endpoint(const boost::asio::generic::stream_protocol::endpoint& from) {
    boost::asio::ip::tcp::endpoint out;
    const int family = from.protocol().family();
    if ((family != AF_INET && family != AF_INET6) || from.size() > out.capacity()) return out;
    out.resize(from.size());
    std::memcpy(out.data(), from.data(), from.size());
    return out;
}

std::string text_of(int error) { return std::generic_category().message(error); }

}  // namespace

Connection::Connection(Lane& lane, Socket socket, std::uint32_t number, ConnectionEvents& events,
                       ConnectionLimits limits)
    : lane_(lane), socket_(std::move(socket)), events_(events), limits_(limits), number_(number) {
    boost::system::error_code ignored;
    peer_ = tcp_endpoint(socket_.remote_endpoint(ignored));
    local_ = tcp_endpoint(socket_.local_endpoint(ignored));
}

Connection::~Connection() = default;

void Connection::start() {
    boost::system::error_code error;
    socket_.native_non_blocking(true, error);
    const int fd = socket_.native_handle();
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, kKeepIdleSeconds);
    set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, kKeepIntervalSeconds);
    set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, kKeepProbes);
    set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(kUnacknowledgedMilliseconds));
    wait_readable();
}

void Connection::wait_readable() {
    if (waiting_readable_ || state_ == State::closed || state_ == State::draining) return;
    if (state_ == State::open && !reading_) return;
    waiting_readable_ = true;
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](boost::system::error_code error) {
        self->waiting_readable_ = false;
        if (!error) self->on_readable();
    });
}

void Connection::resume_reading() {
    if (std::exchange(reading_, true)) return;
    wait_readable();
}

void Connection::on_readable() {
    if (state_ == State::open && reading_) read_some();
    if (state_ == State::lingering) discard_some();
    wait_readable();
}

void Connection::read_some() {
    // Then others have their turn.
    for (std::size_t taken = 0; taken < kTurnOctets && state_ == State::open && reading_;) {
        const auto free = lane_.read_blocks().room();
        const auto room = free.first(std::min(free.size(), kTurnOctets - taken));
        const ssize_t count = ::recv(socket_.native_handle(), room.data(), room.size(), 0);
        if (count == 0) return ended("closed by the peer", true);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) return;
            return ended(text_of(errno), true);
        }
        const auto octets = static_cast<std::size_t>(count);
        Slice slice = lane_.read_blocks().take(octets);
        if (tap_ != nullptr) tap_->received(slice);
        traffic_.octets_in += octets;
        taken += octets;
        const bool all = octets < room.size();
        lane_.begin_read(std::chrono::steady_clock::now());
        events_.on_bytes(*this, std::move(slice));
        lane_.end_read(octets);
        if (all) return;
    }
}

void Connection::discard_some() {
    std::array<std::byte, 4096> waste;
    for (int reads = 0; reads < kReadsPerWakeUp; ++reads) {
        const ssize_t count = ::recv(socket_.native_handle(), waste.data(), waste.size(), 0);
        if (count > 0) continue;
        if (count < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK)) return;
        return ended(close_reason_, false);
    }
}

void Connection::write(Slice octets, std::uint32_t frames) {
    if (state_ != State::open) return;
    if (output_.empty()) waiting_since_ = lane_.read_at();
    output_.push(std::move(octets), frames);
    if (!std::exchange(flush_wanted_, true)) lane_.flush_soon(shared_from_this());
}

void Connection::flush() {
    flush_wanted_ = false;
    if (state_ != State::open && state_ != State::draining) return;
    if (waiting_writable_) {
        // The kernel's buffer is full already; only the limit is to be watched.
        if (output_.octets() > limits_.output_limit) return too_slow(TooSlow::queue);
        return tell_backlog();
    }
    write_some();
}

void Connection::write_some() {
    std::size_t written = 0;
    std::size_t frames = 0;
    bool blocked = false;
    while (!output_.empty() && !blocked && written < kOctetsPerWakeUp) {
        std::array<iovec, kRunsPerWrite> runs;
        msghdr message{};
        message.msg_iov = runs.data();
        message.msg_iovlen = output_.gather(runs);
        std::size_t offered = 0;
        for (std::size_t i = 0; i < message.msg_iovlen; ++i) offered += runs[i].iov_len;
        const ssize_t count = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) return ended(text_of(errno), true);
            blocked = true;
            break;
        }
        const auto octets = static_cast<std::size_t>(count);
        if (tap_ != nullptr) {
            for (std::size_t i = 0, left = octets; i < message.msg_iovlen && left > 0; ++i) {
                const std::size_t part = std::min(left, runs[i].iov_len);
                tap_->sent(ByteView(static_cast<const std::byte*>(runs[i].iov_base), part));
                left -= part;
            }
        }
        written += octets;
        frames += output_.consume(octets);
        blocked = octets < offered;
    }
    traffic_.octets_out += written;
    traffic_.frames_out += frames;
    if (output_.empty() && waiting_since_ != Instant())
        lane_.latency().add(std::chrono::steady_clock::now() - std::exchange(waiting_since_, Instant()));
    if (blocked) output_.settle();
    if (!output_.empty()) wait_writable();
    if (state_ == State::draining) {
        if (output_.empty()) finish_sending();
        return tell_backlog();
    }
    taken_ += written;
    if (output_.octets() > limits_.output_limit) return too_slow(TooSlow::queue);
    if (!output_.empty()) watch_progress();
    tell_backlog();
    if (state_ != State::open) return;
    if (written > 0) events_.on_written(*this, frames, output_.octets());
}

void Connection::too_slow(TooSlow why) {
    if (state_ == State::open) events_.on_too_slow(*this, why);
}

void Connection::tell_backlog() {
    if (backlog_ == output_.octets()) return;
    const std::size_t before = std::exchange(backlog_, output_.octets());
    events_.on_backlog(*this, before);
}

void Connection::watch_progress() {
    if (timer_ != nullptr || state_ != State::open) return;
    taken_ = 0;
    timer_ = std::make_unique<boost::asio::steady_timer>(lane_.context(), limits_.stall_time);
    timer_->async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (error || self == nullptr || self->state_ != State::open) return;
        self->timer_.reset();
        if (self->output_.empty()) return;
        if (self->taken_ < kStallOctets) return self->too_slow(TooSlow::stall);
        self->watch_progress();
    });
}

void Connection::wait_writable() {
    if (waiting_writable_) return;
    waiting_writable_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code error) {
        self->waiting_writable_ = false;
        if (!error) self->flush();
    });
}

void Connection::close(std::string_view why, Duration limit) {
    if (state_ != State::open) return;
    state_ = State::draining;
    close_reason_ = why;
    timer_ = std::make_unique<boost::asio::steady_timer>(lane_.context(), limit);
    // The timer belongs to the connection, which must not be kept alive by it.
    timer_->async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!error && self != nullptr) self->ended(self->close_reason_, false);
    });
    // Flushed through the lane even when nothing is queued, so that on_closed() never comes from within this call.
    if (!std::exchange(flush_wanted_, true)) lane_.flush_soon(shared_from_this());
}

void Connection::finish_sending() {
    // Closing with unread input would make the kernel send RST, which can destroy what the peer has not read yet.
    state_ = State::lingering;
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    wait_readable();
}

void Connection::abort() {
    if (state_ == State::closed) return;
    if (tap_ != nullptr) tap_->closed(false);
    close_socket();
}

void Connection::ended(std::string_view why, bool by_peer) {
    if (state_ == State::closed) return;
    // The reason may be the one kept here, or the owner may drop its reference: both must live through the call.
    const auto self = shared_from_this();
    const std::string reason(why);
    if (tap_ != nullptr) tap_->closed(by_peer);
    close_socket();
    events_.on_closed(*this, reason);
}

void Connection::close_socket() {
    state_ = State::closed;
    boost::system::error_code ignored;
    socket_.close(ignored);
    output_.clear();
    timer_.reset();
    tap_.reset();
}

}  // namespace convene::io
