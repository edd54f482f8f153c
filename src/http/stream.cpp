#include "http/stream.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

namespace convene::http {

namespace {

class PlainStream final : public Stream {
public:
    explicit PlainStream(Socket socket) : socket_(std::move(socket)) {}

    void handshake(Completion done) override { later(std::move(done)); }
    void read_some(boost::asio::mutable_buffer room, Completion done) override {
        socket_.async_read_some(room, std::move(done));
    }
    void write_some(boost::asio::const_buffer octets, Completion done) override {
        socket_.async_write_some(octets, std::move(done));
    }
    void shut_down(Completion done) override {
        boost::system::error_code ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
        later(std::move(done));
    }
    Socket& socket() override { return socket_; }
    bool is_resumed() override { return false; }

private:
    void later(Completion done) {
        boost::asio::post(socket_.get_executor(), [done = std::move(done)]() mutable { done({}); });
    }

    Socket socket_;
};

class TlsStream final : public Stream {
public:
    TlsStream(Socket socket, std::shared_ptr<TlsContext> context)
        : context_(std::move(context)), timer_(socket.get_executor()), stream_(std::move(socket), context_->context) {}

    void handshake(Completion done) override {
        stream_.async_handshake(boost::asio::ssl::stream_base::server, std::move(done));
    }
    void read_some(boost::asio::mutable_buffer room, Completion done) override {
        stream_.async_read_some(room, std::move(done));
    }
    void write_some(boost::asio::const_buffer octets, Completion done) override {
        stream_.async_write_some(octets, std::move(done));
    }
    void shut_down(Completion done) override {
        timer_.expires_after(kAgreeTime);
        timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
            if (!error && !alive.expired()) close();
        });
        stream_.async_shutdown([this, done = std::move(done)](boost::system::error_code error) mutable {
            timer_.cancel();
            done(error);
        });
    }
    Socket& socket() override { return stream_.next_layer(); }
    bool is_resumed() override { return SSL_session_reused(stream_.native_handle()) == 1; }

private:
    std::shared_ptr<TlsContext> context_;  // shared with the others that came before the next reload
    boost::asio::steady_timer timer_;
    boost::asio::ssl::stream<Socket> stream_;
    std::shared_ptr<void> alive_ = std::make_shared<char>();  // a timer that has fired already looks at it
};

}  // namespace

std::unique_ptr<Stream> make_plain_stream(Stream::Socket socket) {
    return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<Stream> make_tls_stream(Stream::Socket socket, std::shared_ptr<TlsContext> context) {
    return std::make_unique<TlsStream>(std::move(socket), std::move(context));
}

}  // namespace convene::http
