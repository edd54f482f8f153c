/// One connection of a browser: its requests, one after the other.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/event_queue.hpp"
#include "http/request_reader.hpp"
#include "http/site.hpp"
#include "http/stream.hpp"

namespace convene::http {

/// Shared because operations under way keep it alive, and it itself while it waits for an answer; so abort() is called
/// before its lane goes. Used from the thread of its lane only.
class Connection final : public std::enable_shared_from_this<Connection> {
public:
    /// A listener with TLS also understands who forgets the s, and leads him to the right address.
    enum class Kind : std::uint8_t { secure, plain };

    Connection(Site& site, WebLane& lane, Stream::Socket socket, Kind kind, Ends ends, Place place);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    void start();
    /// Closes at once.
    void abort();
    /// Closes when the request under way is answered, at once when there is none. Streams of events end.
    void finish();

    // --- for the exchange of the request under way ---
    void answer(Response response);
    void begin_events(Response head, std::shared_ptr<EventQueue> events);
    void more_events();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    enum class State : std::uint8_t { opening, idle, receiving, answering, writing, streaming, closing };

    void look_at_first_octet();
    void handshake();
    void next_request();
    void read();
    void parse();
    bool check_header();
    void received();
    void upgrade(Request request, RawRequest raw);
    void refuse(Response response);
    void write(std::string head, std::string body, std::string_view kept_body, void (Connection::*then)());
    void write_some();
    void answered();
    void read_while_streaming();
    void event_written();
    void heartbeat();
    void close_politely();
    void drain();
    void set_deadline(Duration time);
    void timed_out();
    std::string head_of(const Response& response, bool has_length);

    Site& site_;
    WebLane& lane_;
    std::shared_ptr<const Options> options_;  // those in force when the request began
    std::unique_ptr<Stream> stream_;
    std::optional<Stream::Socket> socket_;  // until it is known what the first octet is
    Ends ends_;
    Place place_;
    boost::asio::steady_timer timer_;
    boost::beast::flat_buffer input_;
    std::optional<Parser> parser_;
    std::optional<RequestHead> head_;
    std::string host_;  // of the request, for the answer
    std::string sending_head_;
    std::string sending_body_;
    std::string_view sending_;  // the part of them that is being written
    std::string_view sending_next_;
    void (Connection::*sent_)() = nullptr;
    std::shared_ptr<Connection> waiting_;  // itself, while a handler has its request and nothing else keeps it
    std::shared_ptr<EventQueue> events_;   // shared with whoever sends events
    std::chrono::steady_clock::time_point began_;
    bool is_certificate_real_ = false;
    Kind kind_;
    State state_ = State::opening;
    bool is_head_ = false;
    bool keeps_alive_ = true;
    bool must_redirect_ = false;  // plain HTTP where TLS is spoken
    bool finishing_ = false;
};

}  // namespace convene::http
