/// A kind of server, and how to speak with it: the one interface through which all get the same work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "bench/peers/socket.hpp"
#include "bench/peers/stream.hpp"
#include "bench/process.hpp"

namespace convene::bench::peers {

/// One message as its publisher writes it.
struct MessageFrame {
    Bytes octets;
    std::size_t payload_at = 0;
};

struct Publisher {
    Socket socket;
    MessageFrame frame;
};

/// How a server is started.
struct Launch {
    std::string folder;  ///< for its configuration, which is its own
    std::size_t conferences = 1;
    std::size_t workers = 1;  ///< threads that relay, where the server lets them be chosen
    bool one_core = true;     ///< keep it to the first core
};

class Driver {
public:
    virtual ~Driver() = default;

    virtual std::string_view name() const = 0;
    /// Empty, or what is missing.
    virtual std::string missing() const = 0;
    /// Not part of the comparison unless it is asked for.
    virtual bool is_only_by_name() const { return false; }
    /// Writes the configuration into the folder and says what to start; with limits raised, persistence off and
    /// queues unbounded, so that it relays everything.
    virtual Command command(const Launch& launch) = 0;
    /// Where it listens once the command has come up.
    virtual std::uint16_t port() const = 0;

    /// Connected, and ready to publish messages of `payload` octets to a conference: a channel, subject or topic.
    virtual Publisher connect_publisher(std::size_t conference, std::size_t payload) = 0;
    /// Connected, and certain to get everything that is published from now on.
    virtual Socket connect_receiver(std::size_t conference) = 0;
    virtual Scan scan() const = 0;
};

/// Every kind, in the order of the report. `convene` is the program under test, run by `under` (or by nothing), and
/// `self` is this one.
std::vector<std::unique_ptr<Driver>> all_drivers(const std::string& convene, const std::vector<std::string>& under,
                                                 const std::string& self);

std::unique_ptr<Driver> make_bare(std::string self);
std::unique_ptr<Driver> make_uring(std::string self);
/// How the nodes of Convene send, and what their server lets wait.
struct ConveneManner {
    bool uniform = false;   ///< UniformSendData, which all get in one order
    bool unbounded = true;  ///< queues as the brokers have them here; else the server's own limits
};
std::unique_ptr<Driver> make_convene(std::string program, std::vector<std::string> under, ConveneManner manner = {});
std::unique_ptr<Driver> make_mosquitto();
std::unique_ptr<Driver> make_nats();
std::unique_ptr<Driver> make_redis();

}  // namespace convene::bench::peers
