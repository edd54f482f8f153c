/// One TCP connection of a probe: connect, send, listen for a while.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace convene::cli {

using Address = boost::asio::ip::tcp::endpoint;

/// The addresses of a name, in the order in which they are to be tried; empty, with the reason, when there are none.
std::vector<Address> look_up(const std::string& host, std::uint16_t port, Duration time, std::string& why);

/// Blocking, with a limit on everything.
class ProbeWire {
public:
    enum class Opened : std::uint8_t { connected, refused, no_answer, failed };
    enum class Heard : std::uint8_t {
        enough,  ///< what was waited for
        silent,  ///< the time is over
        closed,  ///< the peer closed its side
        reset    ///< the connection broke
    };
    /// Told of all octets so far; true when they are enough.
    using Enough = std::function<bool(ByteView)>;

    explicit ProbeWire(Duration time) : time_(time), socket_(context_) {}

    Opened open(const Address& address);
    const std::string& why() const { return why_; }  ///< it failed
    bool send(ByteView octets);
    /// Reads until `enough` says so, at most kMaxHeard octets.
    Heard hear(const Enough& enough);
    const Bytes& heard() const { return heard_; }
    /// Forgets what was heard.
    void clear() { heard_.clear(); }

private:
    static constexpr std::size_t kMaxHeard = 256 * 1024;

    Duration time_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    std::string why_;
    Bytes heard_;
};

}  // namespace convene::cli
