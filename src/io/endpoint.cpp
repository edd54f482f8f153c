#include "io/endpoint.hpp"

#include <charconv>

#include "base/digits.hpp"

namespace convene::io {

namespace ip = boost::asio::ip;

namespace {

Expected<std::uint16_t, std::string> parse_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port > 65535)
        return make_unexpected("\"" + std::string(text) + "\" is no port (0 to 65535)");
    return static_cast<std::uint16_t>(port);
}

ip::address unmapped(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

}  // namespace

Expected<HostPort, std::string> parse_host_port(std::string_view text, std::uint16_t default_port) {
    HostPort out{std::string(text), default_port};
    std::string_view port;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return make_unexpected("\"" + std::string(text) + "\" lacks a ]");
        out.host = text.substr(1, close - 1);
        port = text.substr(close + 1);
        if (!port.empty() && port.front() != ':')
            return make_unexpected("\"" + std::string(text) + "\" has something other than :PORT after the ]");
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos && text.rfind(':') == colon) {
        out.host = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (!port.empty()) {
        CONVENE_TRY(number, parse_port(port.substr(1)));
        out.port = number;
    }
    return out;
}

Expected<std::vector<Endpoint>, std::string> parse_listen(std::string_view text, std::uint16_t default_port) {
    // A number alone is a port.
    if (is_digits(text)) {
        CONVENE_TRY(port, parse_port(text));
        return std::vector<Endpoint>{Endpoint(ip::address_v4::any(), port), Endpoint(ip::address_v6::any(), port)};
    }
    CONVENE_TRY(where, parse_host_port(text, default_port));
    if (where.host.empty() || where.host == "*")
        return std::vector<Endpoint>{Endpoint(ip::address_v4::any(), where.port),
                                     Endpoint(ip::address_v6::any(), where.port)};
    if (where.host == "localhost")
        return std::vector<Endpoint>{Endpoint(ip::address_v4::loopback(), where.port),
                                     Endpoint(ip::address_v6::loopback(), where.port)};
    boost::system::error_code error;
    const auto address = ip::make_address(where.host, error);
    if (error)
        return make_unexpected("\"" + where.host +
                               "\" is no IP address; write for example 192.0.2.1:1503, [2001:db8::1]:1503 or *:1503");
    return std::vector<Endpoint>{Endpoint(address, where.port)};
}

std::string to_text(const ip::address& address) { return unmapped(address).to_string(); }

std::string to_text(const Endpoint& endpoint) {
    const auto address = unmapped(endpoint.address());
    const auto port = std::to_string(endpoint.port());
    return address.is_v6() ? "[" + address.to_string() + "]:" + port : address.to_string() + ":" + port;
}

}  // namespace convene::io
