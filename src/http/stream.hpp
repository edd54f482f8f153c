/// One connection of a browser, with TLS or without: the same to whoever reads and writes.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <memory>
#include <utility>

#include "base/time.hpp"
#include "http/tls.hpp"

namespace convene::http {

inline constexpr Duration kAgreeTime = std::chrono::seconds(2);  ///< for the other side of TLS to take leave, too

/// What is called when an operation is over; may be moved only. One type for all handlers, so that what lies above is
/// compiled once and not once for each kind of stream.
class Completion {
public:
    template <class Handler>
    explicit Completion(Handler handler) : holder_(std::make_unique<Held<Handler>>(std::move(handler))) {}

    void operator()(boost::system::error_code error, std::size_t octets = 0) {
        const auto holder = std::move(holder_);
        holder->call(error, octets);
    }

private:
    struct Holder {
        virtual ~Holder() = default;
        virtual void call(boost::system::error_code error, std::size_t octets) = 0;
    };
    template <class Handler>
    struct Held final : Holder {
        explicit Held(Handler given) : handler(std::move(given)) {}
        void call(boost::system::error_code error, std::size_t octets) override { handler(error, octets); }
        Handler handler;
    };
    std::unique_ptr<Holder> holder_;
};

/// At most one read and one write at a time. Completions come from the socket's io_context, never from within a call.
class Stream {
public:
    using Socket = boost::asio::ip::tcp::socket;

    virtual ~Stream() = default;

    virtual void handshake(Completion done) = 0;
    virtual void read_some(boost::asio::mutable_buffer room, Completion done) = 0;
    virtual void write_some(boost::asio::const_buffer octets, Completion done) = 0;
    /// Says that nothing more comes; the peer has kAgreeTime to agree.
    virtual void shut_down(Completion done) = 0;
    virtual Socket& socket() = 0;
    /// After the handshake: whether it took up an earlier session.
    virtual bool is_resumed() = 0;

    /// What is under way ends with an error.
    void close() {
        boost::system::error_code ignored;
        socket().close(ignored);
    }
};

std::unique_ptr<Stream> make_plain_stream(Stream::Socket socket);
std::unique_ptr<Stream> make_tls_stream(Stream::Socket socket, std::shared_ptr<TlsContext> context);

}  // namespace convene::http
