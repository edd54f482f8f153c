/// A browser for tests: blocking, by hand, so that it can also do what no browser would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace convene::http {

/// What a server has answered.
struct TestAnswer {
    unsigned status = 0;  ///< 0 when there was no answer
    std::string head;     ///< with the status line
    std::string body;

    std::string field(std::string_view name) const {
        const auto at = head.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos) return {};
        const auto begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

/// RFC 6455 §5.2.
struct TestFrame {
    unsigned opcode = 0;
    std::string payload;

    /// Of a close frame; 0 when it has none.
    unsigned close_code() const {
        if (opcode != 8 || payload.size() < 2) return 0;
        return static_cast<unsigned char>(payload[0]) * 256U + static_cast<unsigned char>(payload[1]);
    }
};

/// One connection to 127.0.0.1. What does not come within kPatienceSeconds does not come.
class TestClient {
public:
    static constexpr int kPatienceSeconds = 10;

    enum class Kind { tls, plain };

    TestClient(std::uint16_t port, Kind kind, SSL_SESSION* session = nullptr, int tls_version = 0) {
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{kPatienceSeconds, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // OpenSSL writes without a word to the kernel about it: a server that has closed is not the end of the test.
        std::signal(SIGPIPE, SIG_IGN);
        is_open_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
        if (kind == Kind::plain || !is_open_) return;
        context_.reset(SSL_CTX_new(TLS_client_method()));
        if (tls_version != 0) SSL_CTX_set_max_proto_version(context_.get(), tls_version);
        if (tls_version != 0) SSL_CTX_set_security_level(context_.get(), 0);
        ssl_.reset(SSL_new(context_.get()));
        if (session != nullptr) SSL_set_session(ssl_.get(), session);
        SSL_set_fd(ssl_.get(), fd_);
        is_open_ = SSL_connect(ssl_.get()) == 1;
    }
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;
    ~TestClient() {
        if (ssl_) {
            // Without that the session could not be taken up again.
            SSL_set_quiet_shutdown(ssl_.get(), 1);
            SSL_shutdown(ssl_.get());
        }
        ssl_.reset();
        ::close(fd_);
    }

    bool is_open() const { return is_open_; }
    SSL* ssl() { return ssl_.get(); }
    int fd() const { return fd_; }

    bool send(std::string_view octets) {
        while (!octets.empty()) {
            const auto count = ssl_ ? SSL_write(ssl_.get(), octets.data(), static_cast<int>(octets.size()))
                                    : static_cast<int>(::send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL));
            if (count <= 0) return false;
            octets.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    /// Reads once; false at the end, and when nothing comes.
    bool receive() {
        std::array<char, 64 * 1024> room;
        const auto count = ssl_ ? SSL_read(ssl_.get(), room.data(), static_cast<int>(room.size()))
                                : static_cast<int>(::recv(fd_, room.data(), room.size(), 0));
        if (count <= 0) return false;
        input_.append(room.data(), static_cast<std::size_t>(count));
        return true;
    }
    /// Everything until the server closes.
    std::string rest() {
        while (receive()) {
        }
        return std::exchange(input_, {});
    }
    /// Until `mark` has come, and with it.
    std::string until(std::string_view mark) {
        while (true) {
            const auto at = input_.find(mark);
            if (at != std::string::npos) return take(at + mark.size());
            if (!receive()) return {};
        }
    }
    std::string take(std::size_t octets) {
        while (input_.size() < octets)
            if (!receive()) return {};
        std::string out = input_.substr(0, octets);
        input_.erase(0, octets);
        return out;
    }

    TestAnswer answer(bool has_body = true) {
        TestAnswer out;
        out.head = until("\r\n\r\n");
        if (out.head.size() < 12) return out;
        out.status = static_cast<unsigned>(std::stoul(out.head.substr(9, 3)));
        const std::string length = out.field("Content-Length");
        if (has_body && !length.empty()) out.body = take(std::stoul(length));
        return out;
    }
    /// `fields` are lines with their ends.
    TestAnswer get(std::string_view target, std::string_view fields = {}) {
        send("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n");
        return answer();
    }

    /// Asks for a WebSocket.
    TestAnswer open_socket(std::string_view protocols = "t120", std::string_view origin = {}) {
        std::string fields =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        if (!protocols.empty()) fields += "Sec-WebSocket-Protocol: " + std::string(protocols) + "\r\n";
        if (!origin.empty()) fields += "Origin: " + std::string(origin) + "\r\n";
        return get("/t120", fields);
    }
    /// One frame, masked as clients must; with `claimed` it says to be so long.
    bool send_frame(unsigned opcode, std::string_view payload, bool is_final = true,
                    std::optional<std::uint64_t> claimed = std::nullopt) {
        const std::uint64_t size = claimed.value_or(payload.size());
        std::string out(1, static_cast<char>((is_final ? 0x80U : 0U) | opcode));
        if (size < 126) {
            out += static_cast<char>(0x80U | size);
        } else if (size < 65'536) {
            out += static_cast<char>(0x80U | 126U);
            for (int shift = 8; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xFF);
        } else {
            out += static_cast<char>(0x80U | 127U);
            for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xFF);
        }
        const std::string mask = "\x11\x22\x33\x44";
        out += mask;
        for (std::size_t i = 0; i < payload.size(); ++i) out += static_cast<char>(payload[i] ^ mask[i % 4]);
        return send(out);
    }
    /// A frame that has come already, as a whole.
    std::optional<TestFrame> buffered_frame() {
        if (input_.size() < 2) return std::nullopt;
        const auto octet = [&](std::size_t at) {
            return static_cast<std::size_t>(static_cast<unsigned char>(input_[at]));
        };
        std::size_t size = octet(1) & 0x7FU;
        const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (input_.size() < 2 + more) return std::nullopt;
        if (more > 0) size = 0;
        for (std::size_t i = 0; i < more; ++i) size = size * 256 + octet(2 + i);
        if (input_.size() < 2 + more + size) return std::nullopt;
        TestFrame out{static_cast<unsigned>(octet(0) & 0x0FU), input_.substr(2 + more, size)};
        input_.erase(0, 2 + more + size);
        return out;
    }
    /// The next frame; nothing when none comes.
    std::optional<TestFrame> frame() {
        while (true) {
            if (auto out = buffered_frame()) return out;
            if (!receive()) return std::nullopt;
        }
    }
    /// Whether receive() has something without waiting for the network.
    bool has_pending() const { return ssl_ && SSL_pending(ssl_.get()) > 0; }
    /// The next one that is neither ping nor pong.
    std::optional<TestFrame> message() {
        auto out = frame();
        while (out && (out->opcode == 9 || out->opcode == 10)) out = frame();
        return out;
    }

private:
    struct FreeContext {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    struct FreeSsl {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    std::unique_ptr<SSL_CTX, FreeContext> context_;
    std::unique_ptr<SSL, FreeSsl> ssl_;
    std::string input_;
    int fd_ = -1;
    bool is_open_ = false;
};

}  // namespace convene::http
