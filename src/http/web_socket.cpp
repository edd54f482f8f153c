#include "http/web_socket.hpp"

#include <boost/asio/write.hpp>
#include <utility>

#include "http/upgrade.hpp"

namespace convene::http {

namespace {

namespace websocket = boost::beast::websocket;

constexpr std::size_t kFromOuter = 16 * 1024;  // octets at once; a browser sends strokes, and files in small parts
constexpr std::size_t kFromInner = 64 * 1024;  // what many others have sent comes together
constexpr Duration kOpenTime = std::chrono::seconds(10);

}  // namespace

WebSocket::WebSocket(WebLane& lane, std::shared_ptr<const Options> options, std::unique_ptr<Stream> stream,
                     boost::asio::generic::stream_protocol::socket inner, Place place)
    : lane_(lane),
      outer_(BeastStream(std::move(stream))),
      inner_(std::move(inner)),
      place_(std::move(place)),
      from_outer_(kFromOuter),
      from_inner_(kFromInner) {
    outer_.set_option(websocket::stream_base::timeout{kOpenTime, options->limits.ping_time, true});
    outer_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
        response.set(boost::beast::http::field::sec_websocket_protocol,
                     boost::beast::string_view(kSubprotocol.data(), kSubprotocol.size()));
    }));
    outer_.read_message_max(options->limits.message_size);
    outer_.auto_fragment(false);
    outer_.binary(true);
    lane_.web_sockets.insert(this);
    lane_.counters.web_sockets.add();
}

WebSocket::~WebSocket() {
    lane_.web_sockets.erase(this);
    lane_.counters.web_sockets.take_away();
}

void WebSocket::start(RawRequest request) {
    request_ = std::move(request);
    outer_.async_accept(request_, [self = shared_from_this()](boost::system::error_code error) {
        if (error) return self->over();
        self->request_ = {};
        self->is_open_ = true;
        if (self->ends_early_) return self->close(*self->ends_early_);
        self->read_outer();
        self->read_inner();
    });
}

void WebSocket::read_outer() {
    outer_.async_read_some(boost::asio::buffer(from_outer_),
                           [self = shared_from_this()](boost::system::error_code error, std::size_t octets) {
                               if (error) return self->over();
                               if (self->outer_.got_text()) return self->close(websocket::close_code::unknown_data);
                               self->write_inner(octets);
                           });
}

void WebSocket::write_inner(std::size_t octets) {
    if (outer_.is_message_done()) lane_.counters.messages_in.add();
    if (octets == 0) return read_outer();
    lane_.counters.octets_in.add(octets);
    boost::asio::async_write(inner_, boost::asio::buffer(from_outer_.data(), octets),
                             [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                                 // The end of the inner side is seen where it is read, after what it still said.
                                 if (!error) self->read_outer();
                             });
}

void WebSocket::read_inner() {
    inner_.async_read_some(boost::asio::buffer(from_inner_),
                           [self = shared_from_this()](boost::system::error_code error, std::size_t octets) {
                               if (error) return self->close(websocket::close_code::normal);
                               self->write_outer(octets);
                           });
}

void WebSocket::write_outer(std::size_t octets) {
    outer_.async_write(boost::asio::buffer(from_inner_.data(), octets),
                       [self = shared_from_this()](boost::system::error_code error, std::size_t written) {
                           if (error) return self->over();
                           self->lane_.counters.messages_out.add();
                           self->lane_.counters.octets_out.add(written);
                           self->read_inner();
                       });
}

void WebSocket::close(websocket::close_code code) {
    if (!is_open_) {
        ends_early_ = code;
        return;
    }
    if (std::exchange(closing_, true)) return;
    boost::system::error_code ignored;
    inner_.close(ignored);
    // An outer side whose reader has stopped must be read on, or the answer to the close is never seen; Beast does it.
    outer_.async_close(code, [self = shared_from_this()](boost::system::error_code) { self->over(); });
}

void WebSocket::over() {
    boost::system::error_code ignored;
    inner_.close(ignored);
}

}  // namespace convene::http
