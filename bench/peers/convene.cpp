// Convene: nodes that join a conference by T.123, MCS and GCC as any node does, and then only count
// SendDataIndications.
#include <unistd.h>

#include <fstream>

#include "bench/peers/driver.hpp"
#include "bench/relay_client.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::size_t kFirstNumber = 1000;    // numeric name of the first conference
constexpr std::size_t kTpkt = 4;              // version, reserved, length: RFC 1006
constexpr std::size_t kPdu = 7;               // TPKT and the X.224 header of a data TPDU
constexpr std::size_t kLength = kPdu + 6;     // behind choice, initiator, channel, priority: T.125 clause 7, PER
constexpr unsigned char kSendData = 26 << 2;  // SendDataIndication in DomainMCSPDU
constexpr unsigned char kUniform = 28 << 2;   // UniformSendDataIndication

constexpr std::string_view kSettings = R"(
[web]
listen = []
[log]
level = "error"
[gcc]
identification_time = "1h"
[limits]
users = 20000
connections = 40000
connections_per_address = 40000
)";
constexpr std::string_view kUnbounded = R"(output_queue = "1GiB"
conference_queue = "1024GiB"
[mcs]
flow_high = "256MiB"
flow_low = "64MiB"
)";

unsigned octet(const char* octets, std::size_t at) { return static_cast<unsigned char>(octets[at]); }

/// Octets of the length determinant; a payload of 16 KiB is a fragment with an empty one behind it: X.691 11.9.
std::size_t length_octets(unsigned first) { return first >= 0x80 && first < 0xC0 ? 2 : 1; }

FrameHead read_head(const char* octets, std::size_t size) {
    if (size < kTpkt) return {};
    FrameHead head;
    head.size = octet(octets, 2) << 8 | octet(octets, 3);
    if (head.size <= kLength + kStampSize) return head;
    if (size <= kLength) return {};
    unsigned channel = octet(octets, kPdu + 3) << 8 | octet(octets, kPdu + 4);
    bool data = octet(octets, kPdu) == kSendData || octet(octets, kPdu) == kUniform;
    if (data && channel == RelayClient::kChannel.value)
        head.payload_at = kLength + length_octets(octet(octets, kLength));
    return head;
}

class ConveneDriver : public Driver {
public:
    ConveneDriver(std::string program, std::vector<std::string> under, ConveneManner manner)
        : program_(std::move(program)), under_(std::move(under)), manner_(manner) {}

    std::string_view name() const override { return "convene"; }
    std::string missing() const override {
        return find_program(program_).empty() ? program_ + " is not there; run `make build`, or name it by --convene"
                                              : "";
    }
    Command command(const Launch& launch) override {
        port_ = free_port();
        std::string file = launch.folder + "/convene.toml";
        std::ofstream settings(file);
        settings << "[server]\nlisten = [\"127.0.0.1:" << port_ << "\"]\nworkers = " << launch.workers << '\n';
        settings << kSettings << (manner_.unbounded ? kUnbounded : "");
        for (std::size_t i = 0; i < launch.conferences; ++i)
            settings << "[[conference]]\nname = \"c" << i << "\"\nnumber = \"" << kFirstNumber + i << "\"\n";
        Command command{under_, {}, launch.one_core};
        command.words.insert(command.words.end(), {program_, "serve", "--config", file});
        return command;
    }
    std::uint16_t port() const override { return port_; }

    Publisher connect_publisher(std::size_t conference, std::size_t payload) override {
        RelayClient client(port_, std::to_string(kFirstNumber + conference));
        client.present("publisher");
        // Who has joined the channel is sent its own uniform data too, and nobody here would count that.
        client.leave();
        auto frame = client.frame(payload, manner_.uniform);
        std::size_t payload_at = kLength + length_octets(std::to_integer<unsigned>(frame[kLength]));
        return {Socket(::dup(client.socket())), {std::move(frame), payload_at}};
    }
    Socket connect_receiver(std::size_t conference) override {
        RelayClient client(port_, std::to_string(kFirstNumber + conference));
        client.present("receiver");
        return Socket(::dup(client.socket()));
    }
    Scan scan() const override { return peers::scan<read_head>; }

private:
    std::string program_;
    std::vector<std::string> under_;
    ConveneManner manner_;
    std::uint16_t port_ = 0;
};

}  // namespace

std::unique_ptr<Driver> make_convene(std::string program, std::vector<std::string> under, ConveneManner manner) {
    return std::make_unique<ConveneDriver>(std::move(program), std::move(under), manner);
}

}  // namespace convene::bench::peers
