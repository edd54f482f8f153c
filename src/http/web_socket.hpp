/// One WebSocket that carries T.120: octets between its binary messages and a socket to the rest of the server.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "http/beast_stream.hpp"
#include "http/request_reader.hpp"
#include "http/site.hpp"

namespace convene::http {

/// Message bounds mean nothing: a message may carry several TPKTs or a part of one. Each side is read from only after
/// what was read before has been taken by the other, so each holds the other back. Shared because operations under way
/// keep it alive. Used from the thread of its lane only.
class WebSocket final : public std::enable_shared_from_this<WebSocket> {
public:
    WebSocket(WebLane& lane, std::shared_ptr<const Options> options, std::unique_ptr<Stream> stream,
              boost::asio::generic::stream_protocol::socket inner, Place place);
    WebSocket(const WebSocket&) = delete;
    WebSocket& operator=(const WebSocket&) = delete;
    ~WebSocket();

    /// Answers the request and begins to carry.
    void start(RawRequest request);
    /// Ends it now.
    void close(boost::beast::websocket::close_code code);

private:
    void read_outer();
    void write_inner(std::size_t octets);
    void read_inner();
    void write_outer(std::size_t octets);
    void over();

    WebLane& lane_;
    boost::beast::websocket::stream<BeastStream, false> outer_;  // without compression
    boost::asio::generic::stream_protocol::socket inner_;
    Place place_;
    RawRequest request_;
    std::vector<char> from_outer_;
    std::vector<char> from_inner_;
    bool is_open_ = false;  ///< the request was answered
    std::optional<boost::beast::websocket::close_code> ends_early_;
    bool closing_ = false;
};

}  // namespace convene::http
