// Mosquitto: PUBLISH of MQTT 3.1.1 with QoS 0.
#include <fstream>

#include "bench/peers/driver.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::string_view kProgram = "mosquitto";
constexpr unsigned kPublish = 3;  // MQTT 3.1.1 clause 2.2.1
constexpr unsigned kLengthMore = 0x80;

std::string topic_of(std::size_t conference) { return "c" + std::to_string(conference); }

std::string text(std::string_view value) {
    return std::string{static_cast<char>(value.size() >> 8), static_cast<char>(value.size())} + std::string(value);
}

/// A control packet: its first octet, the remaining length in octets of seven bits, the rest. Clause 2.2.3.
std::string packet(char first, std::string_view rest) {
    std::string out(1, first);
    std::size_t left = rest.size();
    do {
        out += static_cast<char>((left & 0x7F) | (left > 0x7F ? kLengthMore : 0));
        left >>= 7;
    } while (left > 0);
    return out + std::string(rest);
}

FrameHead read_head(const char* octets, std::size_t size) {
    std::size_t rest = 0, at = 1;
    for (unsigned shift = 0;; shift += 7) {
        if (at >= size) return {};
        auto octet = static_cast<unsigned char>(octets[at++]);
        rest |= std::size_t{octet & 0x7FU} << shift;
        if ((octet & kLengthMore) == 0) break;
    }
    if (static_cast<unsigned char>(octets[0]) >> 4 != kPublish) return {at + rest, 0};
    if (at + 2 > size) return {};
    std::size_t topic = static_cast<std::size_t>(static_cast<unsigned char>(octets[at])) << 8 |
                        static_cast<unsigned char>(octets[at + 1]);
    return {at + rest, at + 2 + topic};
}

class MosquittoDriver : public Driver {
public:
    std::string_view name() const override { return "mosquitto"; }
    std::string missing() const override {
        return find_program(std::string(kProgram)).empty() ? "mosquitto is not installed" : "";
    }
    Command command(const Launch& launch) override {
        port_ = free_port();
        std::string file = launch.folder + "/mosquitto.conf";
        std::ofstream(file)
            << "listener " << port_
            << " 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\n"
               "max_queued_messages 0\nmax_queued_bytes 0\nmax_inflight_messages 0\nmax_connections -1\n"
               "set_tcp_nodelay true\nuser root\n";
        return {{std::string(kProgram), "-c", file}, {}, launch.one_core};
    }
    std::uint16_t port() const override { return port_; }

    Publisher connect_publisher(std::size_t conference, std::size_t payload) override {
        Publisher publisher{connect(), {}};
        auto octets = packet(static_cast<char>(kPublish << 4), text(topic_of(conference)) + std::string(payload, 'Z'));
        publisher.frame.payload_at = octets.size() - payload;
        publisher.frame.octets = to_bytes(octets);
        return publisher;
    }
    Socket connect_receiver(std::size_t conference) override {
        Socket socket = connect();
        using namespace std::string_literals;
        converse(socket, packet('\x82', "\0\1"s + text(topic_of(conference)) + "\0"s), "\x90\x03\x00\x01\x00"s);
        return socket;
    }
    Scan scan() const override { return peers::scan<read_head>; }

private:
    /// CONNECT with a clean session, no keep alive, and a name that nobody else has.
    Socket connect() {
        using namespace std::string_literals;
        Socket socket = dial(port_);
        converse(socket, packet('\x10', text("MQTT") + "\4\2\0\0"s + text("p" + std::to_string(++clients_))),
                 "\x20\x02\x00\x00"s);
        return socket;
    }

    std::uint16_t port_ = 0;
    std::size_t clients_ = 0;
};

}  // namespace

std::unique_ptr<Driver> make_mosquitto() { return std::make_unique<MosquittoDriver>(); }

}  // namespace convene::bench::peers
