/// Addresses with ports, as people write them.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace convene::io {

using Endpoint = boost::asio::ip::tcp::endpoint;

inline constexpr std::uint16_t kT120Port = 1503;

/// A host and a port out of "host", "host:port", "192.0.2.1:1503", "[2001:db8::1]:1503" or "2001:db8::1".
struct HostPort {
    std::string host;
    std::uint16_t port = kT120Port;
};
Expected<HostPort, std::string> parse_host_port(std::string_view text, std::uint16_t default_port = kT120Port);

/// Where to listen: numeric addresses as above, "localhost" for both loopbacks, "*" or nothing for every address.
/// Names are not looked up. The error is a sentence.
Expected<std::vector<Endpoint>, std::string> parse_listen(std::string_view text,
                                                          std::uint16_t default_port = kT120Port);

/// "192.0.2.1:1503", "[2001:db8::1]:1503"; an IPv4 address inside IPv6 is shown as IPv4.
std::string to_text(const Endpoint& endpoint);
std::string to_text(const boost::asio::ip::address& address);

}  // namespace convene::io
