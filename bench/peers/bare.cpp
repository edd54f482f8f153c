// The bare relays: frames that look like TPKTs of the size Convene's have, so that both carry the same octets.
#include "bench/peers/bare_relay.hpp"
#include "bench/peers/driver.hpp"
#include "bench/peers/results.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::size_t kHead = 15;  // as much as TPKT, X.224 and MCS put before a payload

FrameHead read_head(const char* octets, std::size_t size) {
    if (size < 4) return {};
    return {
        static_cast<std::size_t>(static_cast<unsigned char>(octets[2])) << 8 | static_cast<unsigned char>(octets[3]),
        kHead};
}

class BareDriver : public Driver {
public:
    BareDriver(std::string self, bool by_uring) : self_(std::move(self)), by_uring_(by_uring) {}

    std::string_view name() const override { return by_uring_ ? kUring : kBare; }
    std::string missing() const override {
        return by_uring_ && !kHasUring ? "this was built without liburing-dev" : std::string();
    }
    bool is_only_by_name() const override { return by_uring_; }
    Command command(const Launch& launch) override {
        ports_.clear();
        Command command{{self_, by_uring_ ? "--uring-relay" : "--bare-relay"}, {}, launch.one_core};
        for (std::size_t i = 0; i < launch.workers; ++i) {
            ports_.push_back(free_port());
            command.words.push_back(std::to_string(ports_.back()));
        }
        return command;
    }
    std::uint16_t port() const override { return ports_.back(); }

    Publisher connect_publisher(std::size_t conference, std::size_t payload) override {
        Publisher publisher{connect(conference, kBarePublisher), {Bytes(kHead + payload, std::byte{'Z'}), kHead}};
        auto& octets = publisher.frame.octets;
        octets[2] = static_cast<std::byte>(octets.size() >> 8);
        octets[3] = static_cast<std::byte>(octets.size());
        return publisher;
    }
    Socket connect_receiver(std::size_t conference) override { return connect(conference, kBareReceiver); }
    Scan scan() const override { return peers::scan<read_head>; }

private:
    Socket connect(std::size_t conference, char role) {
        Socket socket = dial(ports_[conference % ports_.size()]);
        const char hello[kBareHello] = {role, static_cast<char>(conference >> 8), static_cast<char>(conference)};
        converse(socket, {hello, kBareHello}, {&kBareReady, 1});
        return socket;
    }

    std::string self_;
    bool by_uring_;
    std::vector<std::uint16_t> ports_;
};

}  // namespace

std::unique_ptr<Driver> make_bare(std::string self) { return std::make_unique<BareDriver>(std::move(self), false); }
std::unique_ptr<Driver> make_uring(std::string self) { return std::make_unique<BareDriver>(std::move(self), true); }

}  // namespace convene::bench::peers
