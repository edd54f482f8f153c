// Redis: PUBLISH and SUBSCRIBE of RESP.
#include <fstream>

#include "bench/peers/driver.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::string_view kProgram = "redis-server";
constexpr std::string_view kMessage = "*3\r\n$7\r\nmessage\r\n";

std::string bulk(std::string_view text) {
    return "$" + std::to_string(text.size()) + "\r\n" + std::string(text) + "\r\n";
}

std::string channel_of(std::size_t conference) { return "c" + std::to_string(conference); }

/// Behind the opening there are two bulk strings, the channel and the payload.
FrameHead read_head(const char* octets, std::size_t size) {
    const char* end = octets + size;
    const char* at = octets + kMessage.size() + 1;
    if (at >= end) return {};
    std::size_t channel = read_number(at, end);
    at += 2 + channel + 2 + 1;
    if (at >= end) return {};
    std::size_t payload = read_number(at, end);
    if (at + 2 > end) return {};
    auto payload_at = static_cast<std::size_t>(at - octets) + 2;
    return {payload_at + payload + 2, payload_at};
}

/// Publishing is answered with the number of those who got it; nobody counts that.
class RedisDriver : public Driver {
public:
    std::string_view name() const override { return "redis"; }
    std::string missing() const override {
        return find_program(std::string(kProgram)).empty() ? "redis-server is not installed" : "";
    }
    Command command(const Launch& launch) override {
        port_ = free_port();
        std::string file = launch.folder + "/redis.conf";
        std::ofstream settings(file);
        settings << "bind 127.0.0.1\nport " << port_ << "\ndir " << launch.folder
                 << "\nsave \"\"\nappendonly no\ndaemonize no\nprotected-mode no\nmaxclients 16000\ntcp-backlog 511\n"
                    "client-output-buffer-limit pubsub 0 0 0\ntimeout 0\ntcp-keepalive 0\n";
        if (launch.workers > 1) settings << "io-threads " << launch.workers << "\nio-threads-do-reads yes\n";
        return {{std::string(kProgram), file}, {}, launch.one_core};
    }
    std::uint16_t port() const override { return port_; }

    Publisher connect_publisher(std::size_t conference, std::size_t payload) override {
        Publisher publisher{dial(port_), {}};
        std::string head =
            "*3\r\n" + bulk("PUBLISH") + bulk(channel_of(conference)) + "$" + std::to_string(payload) + "\r\n";
        publisher.frame.payload_at = head.size();
        publisher.frame.octets = to_bytes(head + std::string(payload, 'Z') + "\r\n");
        return publisher;
    }
    Socket connect_receiver(std::size_t conference) override {
        Socket socket = dial(port_);
        converse(socket, "*2\r\n" + bulk("SUBSCRIBE") + bulk(channel_of(conference)), ":1\r\n");
        return socket;
    }
    Scan scan() const override { return peers::scan<read_head>; }

private:
    std::uint16_t port_ = 0;
};

}  // namespace

std::unique_ptr<Driver> make_redis() { return std::make_unique<RedisDriver>(); }

}  // namespace convene::bench::peers
