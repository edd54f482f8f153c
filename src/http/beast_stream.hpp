/// A Stream as Beast wants to see one.
#pragma once

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/beast/core/role.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "http/stream.hpp"

namespace convene::http {

inline constexpr std::size_t kWriteAtOnce = 16 * 1024;  ///< octets of one TLS record

/// Meets Asio's AsyncReadStream and AsyncWriteStream.
class BeastStream {
public:
    using executor_type = Stream::Socket::executor_type;

    explicit BeastStream(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}

    executor_type get_executor() { return stream_->socket().get_executor(); }
    Stream& stream() { return *stream_; }

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        return initiate(std::forward<Handler>(handler), [this, room = first_of(buffers)](Completion done) {
            stream_->read_some(room, std::move(done));
        });
    }

    /// Header and payload of a frame leave together, in one TLS record where they fit into one.
    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        flat_.resize(std::min(boost::asio::buffer_size(buffers), kWriteAtOnce));
        boost::asio::buffer_copy(boost::asio::buffer(flat_), buffers);
        return initiate(std::forward<Handler>(handler),
                        [this](Completion done) { stream_->write_some(boost::asio::buffer(flat_), std::move(done)); });
    }

private:
    template <class Handler, class Begin>
    static auto initiate(Handler&& handler, Begin begin) {
        return boost::asio::async_initiate<Handler, void(boost::system::error_code, std::size_t)>(
            [begin = std::move(begin)](auto&& to) { begin(Completion(std::forward<decltype(to)>(to))); }, handler);
    }

    template <class Buffers>
    static boost::asio::mutable_buffer first_of(const Buffers& buffers) {
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != boost::asio::buffer_sequence_end(buffers);
             ++at)
            if (boost::asio::mutable_buffer(*at).size() > 0) return *at;
        return {};
    }

    std::unique_ptr<Stream> stream_;
    std::vector<char> flat_;  // what is being written
};

/// Beast finds these by their argument. It ends a WebSocket with them.
template <class Handler>
void async_teardown(boost::beast::role_type, BeastStream& stream, Handler&& handler) {
    stream.stream().shut_down(
        Completion([handler = std::forward<Handler>(handler)](boost::system::error_code error, std::size_t) mutable {
            handler(error);
        }));
}
inline void beast_close_socket(BeastStream& stream) { stream.stream().close(); }

}  // namespace convene::http
