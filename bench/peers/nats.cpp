// NATS: PUB, SUB and MSG of its text protocol.
#include <cstring>
#include <fstream>

#include "bench/peers/driver.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::string_view kProgram = "nats-server";
constexpr std::string_view kHello = "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":false}\r\n";

std::string subject_of(std::size_t conference) { return "c" + std::to_string(conference); }

/// `MSG subject id size`, a line, and then the payload and a line end; any other line is no message.
FrameHead read_head(const char* octets, std::size_t size) {
    auto* line_end = static_cast<const char*>(std::memchr(octets, '\n', size));
    if (line_end == nullptr) return {};
    auto line = static_cast<std::size_t>(line_end - octets) + 1;
    if (octets[0] != 'M') return {line, 0};
    const char* number = line_end - 1;
    while (number[-1] != ' ') --number;
    return {line + read_number(number, line_end) + 2, line};
}

class NatsDriver : public Driver {
public:
    std::string_view name() const override { return "nats"; }
    std::string missing() const override {
        return find_program(std::string(kProgram)).empty() ? "nats-server is not installed" : "";
    }
    Command command(const Launch& launch) override {
        port_ = free_port();
        std::string file = launch.folder + "/nats.conf";
        std::ofstream(file) << "host: \"127.0.0.1\"\nport: " << port_
                            << "\nmax_connections: 40000\nmax_payload: 1MB\nmax_pending: 1GB\nwrite_deadline: \"60s\"\n"
                               "ping_interval: \"1h\"\n";
        // Go's runtime takes as many cores as this says.
        return {{std::string(kProgram), "-c", file}, {"GOMAXPROCS=" + std::to_string(launch.workers)}, launch.one_core};
    }
    std::uint16_t port() const override { return port_; }

    Publisher connect_publisher(std::size_t conference, std::size_t payload) override {
        Publisher publisher{connect(""), {}};
        std::string head = "PUB " + subject_of(conference) + " " + std::to_string(payload) + "\r\n";
        publisher.frame.payload_at = head.size();
        publisher.frame.octets = to_bytes(head + std::string(payload, 'Z') + "\r\n");
        return publisher;
    }
    Socket connect_receiver(std::size_t conference) override {
        return connect("SUB " + subject_of(conference) + " 1\r\n");
    }
    Scan scan() const override { return peers::scan<read_head>; }

private:
    Socket connect(const std::string& request) {
        Socket socket = dial(port_);
        converse(socket, std::string(kHello) + request + "PING\r\n", "PONG\r\n");
        return socket;
    }

    std::uint16_t port_ = 0;
};

}  // namespace

std::unique_ptr<Driver> make_nats() { return std::make_unique<NatsDriver>(); }

}  // namespace convene::bench::peers
