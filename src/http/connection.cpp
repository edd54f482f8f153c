#include "http/connection.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/beast/http/verb.hpp>
#include <utility>

#include "http/exchange.hpp"
#include "http/host.hpp"
#include "http/request_reader.hpp"
#include "http/response_text.hpp"
#include "http/target.hpp"
#include "http/upgrade.hpp"
#include "http/web_socket.hpp"

namespace convene::http {

namespace {

constexpr unsigned char kTlsHandshake = 22;  // RFC 8446 §5.1: the first octet of every TLS connection
constexpr std::size_t kReadAtOnce = 4096;    // octets
constexpr unsigned kUnacknowledgedMilliseconds = 60'000;
constexpr Duration kCloseTime = std::chrono::seconds(2);  // for the other side to agree
constexpr std::string_view kHeartbeatText = ":\n\n";

}  // namespace

Connection::Connection(Site& site, WebLane& lane, Stream::Socket socket, Kind kind, Ends ends, Place place)
    : site_(site),
      lane_(lane),
      options_(site.options()),
      socket_(std::move(socket)),
      ends_(std::move(ends)),
      place_(std::move(place)),
      timer_(lane.context),
      input_(kReadAhead),
      kind_(kind) {
    lane_.connections.insert(this);
    lane_.counters.accepted.add();
    lane_.counters.connections.add();
}

Connection::~Connection() {
    lane_.connections.erase(this);
    lane_.counters.connections.take_away();
    if (events_ != nullptr) lane_.counters.event_streams.take_away();
}

void Connection::start() {
    const int on = 1;
    const int limit = kUnacknowledgedMilliseconds;
    // A socket without these options still works.
    static_cast<void>(::setsockopt(socket_->native_handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    static_cast<void>(::setsockopt(socket_->native_handle(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on));
    static_cast<void>(::setsockopt(socket_->native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit));
    set_deadline(options_->limits.header_time);
    if (kind_ == Kind::secure) return look_at_first_octet();
    stream_ = make_plain_stream(std::move(*std::exchange(socket_, std::nullopt)));
    next_request();
}

void Connection::look_at_first_octet() {
    socket_->async_wait(Stream::Socket::wait_read, [self = shared_from_this()](boost::system::error_code error) {
        if (error || self->state_ == State::closing) return;
        unsigned char first = 0;
        if (::recv(self->socket_->native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT) != 1) return self->abort();
        auto socket = std::move(*std::exchange(self->socket_, std::nullopt));
        if (first == kTlsHandshake) {
            auto tls = self->site_.tls();
            self->is_certificate_real_ = !tls->is_self_signed;
            self->stream_ = make_tls_stream(std::move(socket), std::move(tls));
            return self->handshake();
        }
        self->stream_ = make_plain_stream(std::move(socket));
        self->must_redirect_ = true;
        self->next_request();
    });
}

void Connection::handshake() {
    stream_->handshake(Completion([self = shared_from_this()](boost::system::error_code error, std::size_t) {
        if (self->state_ == State::closing) return;
        auto& counters = self->lane_.counters;
        if (error) {
            counters.handshakes_failed.add();
            self->site_.owner.on_trouble(self->ends_.remote, "TLS: " + error.message());
            return self->abort();
        }
        counters.handshakes.add();
        if (self->stream_->is_resumed()) counters.handshakes_short.add();
        self->next_request();
    }));
}

void Connection::next_request() {
    if (finishing_) return close_politely();
    options_ = site_.options();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(options_->limits.header_size));
    parser_->body_limit(boost::none);  // known when the header is
    host_.clear();
    head_.reset();
    is_head_ = false;
    keeps_alive_ = true;
    // The first request has the time that is left of the handshake's.
    if (state_ != State::opening) set_deadline(options_->limits.idle_time);
    state_ = State::idle;
    if (input_.size() > 0) return parse();
    read();
}

void Connection::read() {
    stream_->read_some(input_.prepare(std::min(kReadAtOnce, kReadAhead - input_.size())),
                       Completion([self = shared_from_this()](boost::system::error_code error, std::size_t octets) {
                           if (self->state_ == State::closing) return;
                           if (error) return self->abort();
                           self->input_.commit(octets);
                           self->parse();
                       }));
}

void Connection::parse() {
    if (state_ == State::idle) {
        state_ = State::receiving;
        set_deadline(options_->limits.header_time);
    }
    while (!parser_->is_done()) {
        boost::system::error_code error;
        const std::size_t used = parser_->put(input_.data(), error);
        input_.consume(used);
        if (error == boost::beast::http::error::need_more) {
            if (input_.size() >= kReadAhead)
                return refuse(problem(431, "tooMany", "The header of this request is too long."));
            return read();
        }
        if (error == boost::beast::http::error::header_limit)
            return refuse(problem(431, "tooMany", "The header of this request is too long."));
        if (error == boost::beast::http::error::body_limit)
            return refuse(problem(413, "invalid", "The body of this request is too long."));
        if (error) return refuse(problem(400, "invalid", "This is no HTTP request: " + error.message() + "."));
        if (!head_ && parser_->is_header_done() && !check_header()) return;
        // The parser takes no octets for none, and says nothing about it, while it waits for a body.
        if (!parser_->is_done() && input_.size() == 0) return read();
    }
    received();
}

bool Connection::check_header() {
    const auto& message = parser_->get();
    is_head_ = message.method() == boost::beast::http::verb::head;
    auto head = read_head(message);
    if (!head) {
        refuse(head.error());
        return false;
    }
    head_ = std::move(*head);
    host_ = head_->host;
    if (must_redirect_) {
        Response answer = problem(308, "invalid", "This port speaks HTTPS.");
        answer.headers.push_back(Field{"Location", "https://" + host_ + std::string(message.target())});
        refuse(std::move(answer));
        return false;
    }
    if (kind_ == Kind::plain && !is_host_for_loopback(host_, options_->origins)) {
        refuse(problem(421, "forbidden", "This server is not known by that name."));
        return false;
    }
    const auto limit = site_.router.body_limit(head_->method, head_->target.steps);
    const auto announced = parser_->content_length().value_or(0);
    if (!limit && (announced > 0 || parser_->chunked())) {
        refuse(site_.router.refusal(head_->method, head_->target.steps));
        return false;
    }
    if (announced > limit.value_or(0)) {
        refuse(problem(413, "invalid", "The body of this request is too long."));
        return false;
    }
    parser_->body_limit(limit.value_or(0));
    parser_->eager(true);
    if (!parser_->is_done()) set_deadline(options_->limits.body_time);
    return true;
}

void Connection::received() {
    auto raw = parser_->release();
    keeps_alive_ = raw.keep_alive();
    Request request = make_request(std::move(*head_), raw);
    request.peer = io::to_text(ends_.remote.address());
    request.source = place_.source;
    request.is_secure = kind_ == Kind::secure;
    // Behind a proxy everybody seems to come from this machine.
    request.is_from_loopback = ends_.remote.address().is_loopback() && request.header("X-Forwarded-For").empty() &&
                               request.header("Forwarded").empty();
    began_ = std::chrono::steady_clock::now();
    state_ = State::answering;
    timer_.cancel();
    waiting_ = shared_from_this();
    if (request.path == site_.socket_path) return upgrade(std::move(request), std::move(raw));
    site_.router.route(std::move(request),
                       Responder(std::make_shared<ConnectionExchange>(weak_from_this(), lane_.post)));
}

void Connection::upgrade(Request request, RawRequest raw) {
    const auto wanted = check_upgrade(request, *options_);
    if (!wanted) {
        lane_.counters.web_sockets_refused.add();
        site_.owner.on_trouble(ends_.remote, "WebSocket refused: " + std::to_string(wanted.error().status));
        return answer(wanted.error());
    }
    auto opened = site_.owner.open_socket(request, wanted->ticket, ends_, place_);
    if (!opened) {
        lane_.counters.web_sockets_refused.add();
        return answer(std::move(opened).error());
    }
    auto inner = std::move(*opened).join(lane_.context);
    if (!inner) return answer(problem(503, "unavailable", "There is no room for one more connection."));
    waiting_.reset();
    state_ = State::closing;  // what is left of this object does nothing any more
    lane_.counters.answers[1].add();
    std::make_shared<WebSocket>(lane_, options_, std::move(stream_), std::move(*inner), std::move(place_))
        ->start(std::move(raw));
}

void Connection::refuse(Response response) {
    // The rest of the request is not read, so nothing can follow it.
    keeps_alive_ = false;
    state_ = State::answering;
    began_ = std::chrono::steady_clock::now();
    answer(std::move(response));
}

void Connection::answer(Response response) {
    if (state_ != State::answering) return;
    const auto self = std::move(waiting_);
    if (finishing_) keeps_alive_ = false;
    lane_.counters.answers[std::min<std::size_t>(response.status / 100, 5)].add();
    lane_.counters.answer_times.add(std::chrono::steady_clock::now() - began_);
    state_ = State::writing;
    const bool has_body = !is_head_ && response.status != 204 && response.status != 304;
    std::string head = head_of(response, true);
    if (!has_body) return write(std::move(head), {}, {}, &Connection::answered);
    write(std::move(head), std::move(response.body), response.kept_body, &Connection::answered);
}

std::string Connection::head_of(const Response& response, bool has_length) {
    return response_head(response,
                         ResponseFrame{host_, options_->frame_ancestors, kind_ == Kind::secure && !must_redirect_,
                                       is_certificate_real_, keeps_alive_, has_length});
}

void Connection::write(std::string head, std::string body, std::string_view kept_body, void (Connection::*then)()) {
    sending_head_ = std::move(head);
    sending_body_ = std::move(body);
    sending_next_ = kept_body.empty() ? std::string_view(sending_body_) : kept_body;
    if (sending_next_.size() < kReadAhead) {
        sending_head_ += sending_next_;
        sending_next_ = {};
    }
    sending_ = sending_head_;
    sent_ = then;
    write_some();
}

void Connection::write_some() {
    if (sending_.empty()) sending_ = std::exchange(sending_next_, {});
    if (sending_.empty()) return (this->*std::exchange(sent_, nullptr))();
    set_deadline(options_->limits.write_time);
    stream_->write_some(boost::asio::buffer(sending_.data(), sending_.size()),
                        Completion([self = shared_from_this()](boost::system::error_code error, std::size_t octets) {
                            if (self->state_ == State::closing) return;
                            if (error) return self->abort();
                            self->sending_.remove_prefix(octets);
                            self->write_some();
                        }));
}

void Connection::answered() {
    if (!keeps_alive_) return close_politely();
    next_request();
}

void Connection::begin_events(Response head, std::shared_ptr<EventQueue> events) {
    if (state_ != State::answering) return events->finish();
    const auto self = std::move(waiting_);
    lane_.counters.answers[2].add();
    head.status = 200;
    head.content_type = "text/event-stream";
    if (is_head_) {
        state_ = State::writing;
        write(head_of(head, false), {}, {}, &Connection::answered);
        return events->finish();
    }
    events_ = std::move(events);
    lane_.counters.event_streams.add();
    state_ = State::streaming;
    keeps_alive_ = false;
    if (finishing_) events_->close();
    write(head_of(head, false), {}, {}, &Connection::event_written);
    read_while_streaming();
}

void Connection::read_while_streaming() {
    // Nothing is expected; but the end of the connection is noticed here.
    input_.consume(input_.size());
    stream_->read_some(input_.prepare(kReadAtOnce),
                       Completion([self = shared_from_this()](boost::system::error_code error, std::size_t) {
                           if (self->state_ != State::streaming) return;
                           if (error) return self->abort();
                           self->read_while_streaming();
                       }));
}

void Connection::more_events() {
    // While something is being written, the end of that looks for more.
    if (state_ != State::streaming || sent_ != nullptr) return;
    event_written();
}

void Connection::event_written() {
    std::string text = events_->take();
    if (!text.empty()) return write(std::move(text), {}, {}, &Connection::event_written);
    if (events_->is_done()) return close_politely();
    heartbeat();
}

void Connection::heartbeat() {
    timer_.expires_after(kHeartbeat);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (error || self == nullptr || self->state_ != State::streaming || self->sent_ != nullptr) return;
        self->write(std::string(kHeartbeatText), {}, {}, &Connection::event_written);
    });
}

void Connection::finish() {
    finishing_ = true;
    if (events_ != nullptr) events_->close();
    if (state_ == State::idle || state_ == State::opening) abort();
}

void Connection::close_politely() {
    if (state_ == State::closing) return;
    state_ = State::closing;
    if (events_ != nullptr) events_->finish();
    set_deadline(kCloseTime);
    stream_->shut_down(Completion([self = shared_from_this()](boost::system::error_code, std::size_t) {
        // What the peer still sends is read and thrown away, or the kernel would reset the connection, and with it
        // what the peer has not read yet.
        boost::system::error_code ignored;
        self->stream_->socket().shutdown(Stream::Socket::shutdown_send, ignored);
        self->drain();
    }));
}

void Connection::drain() {
    input_.consume(input_.size());
    stream_->socket().async_read_some(input_.prepare(kReadAtOnce),
                                      [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                                          if (!error) return self->drain();
                                          self->timer_.cancel();
                                          self->stream_->close();
                                      });
}

void Connection::abort() {
    const auto self = std::move(waiting_);
    state_ = State::closing;
    timer_.cancel();
    if (events_ != nullptr) events_->finish();
    boost::system::error_code ignored;
    if (socket_) socket_->close(ignored);
    if (stream_ != nullptr) stream_->close();
}

void Connection::set_deadline(Duration time) {
    timer_.expires_after(time);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!error && self != nullptr) self->timed_out();
    });
}

void Connection::timed_out() {
    if (state_ != State::idle && state_ != State::closing) lane_.counters.timeouts.add();
    if (state_ == State::receiving) site_.owner.on_trouble(ends_.remote, "did not finish its request in time");
    abort();
}

}  // namespace convene::http
