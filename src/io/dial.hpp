/// Makes a TCP connection to a name or address.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/expected.hpp"
#include "base/time.hpp"
#include "io/endpoint.hpp"

namespace convene::io {

inline constexpr Duration kDialTime = std::chrono::seconds(20);  ///< for everything: lookup and all addresses

using DialResult = Expected<boost::asio::ip::tcp::socket, std::string>;  ///< the error is a sentence
using DialHandler = std::function<void(DialResult)>;

/// A call under way. Destroying it gives up, and the handler is not called.
class Dial {
public:
    ~Dial();

private:
    struct State;
    friend std::unique_ptr<Dial> dial(boost::asio::io_context&, const HostPort&, DialHandler, Duration);
    explicit Dial(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

/// Looks `where` up and tries its addresses in order, each for a share of the time. The handler is called once, later.
[[nodiscard]] std::unique_ptr<Dial> dial(boost::asio::io_context& context, const HostPort& where, DialHandler handler,
                                         Duration time = kDialTime);

}  // namespace convene::io
