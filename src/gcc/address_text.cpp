#include "gcc/address_text.hpp"

#include <algorithm>
#include <charconv>

#include "base/digits.hpp"
#include "base/hex.hpp"
#include "gcc/ip_literal.hpp"

namespace convene::gcc {
namespace {

constexpr std::size_t kMaxHostName = 253;                    // RFC 1035 §2.3.4, as text
constexpr std::string_view kRfc1277Prefix = "540072872203";  // AFI, IDI and prefix of "Internet"
constexpr std::string_view kTcp = "00001";                   // RFC 1277's transport set
constexpr std::size_t kIpv6NsapOctets = 20;                  // AFI, ICP, address, selector: RFC 1888 §6

const Key& host_key() {
    static const Key key = h221_key(to_bytes(std::string_view("Convene.host")));
    return key;
}

bool is_host_name(std::string_view text) {
    const auto is_good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    if (text.empty() || text.size() > kMaxHostName || !std::all_of(text.begin(), text.end(), is_good)) return false;
    // Digits and dots alone are an address, and then a good one.
    return text.find_first_not_of("0123456789.") != std::string_view::npos || parse_ipv4(text).has_value();
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (value == 0 || value > 65'535 || digits.size() > 5) return std::nullopt;
    return static_cast<std::uint16_t>(value);
}

/// `value` in decimal, with zeros in front up to `width` digits.
std::string padded(unsigned value, std::size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

template <class Octets>
Octets octets_at(ByteView octets, std::size_t offset) {
    Octets out{};
    std::copy_n(octets.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
    return out;
}

std::uint16_t big_endian(ByteView two) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(two[0]) << 8 | std::to_integer<unsigned>(two[1]));
}

Bytes rfc1277(const Ipv4Octets& octets, std::uint16_t port) {
    std::string digits{kRfc1277Prefix};
    for (const std::byte octet : octets) digits += padded(std::to_integer<unsigned>(octet), 3);
    digits += padded(port, 5);
    digits += kTcp;
    if (digits.size() % 2 != 0) digits += 'f';
    return hex(digits);
}

std::optional<HostAndPort> from_rfc1277(ByteView nsap, std::uint16_t port) {
    std::string digits = to_hex(nsap);
    if (digits.rfind(kRfc1277Prefix, 0) != 0) return std::nullopt;
    digits.erase(0, kRfc1277Prefix.size());
    while (!digits.empty() && digits.back() == 'f') digits.pop_back();
    constexpr std::size_t kAddressDigits = 12, kPortDigits = 5;
    if (digits.size() < kAddressDigits || !is_digits(digits)) {
        return std::nullopt;
    }
    Ipv4Octets octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const int value = std::stoi(digits.substr(3 * i, 3));
        if (value > 255) return std::nullopt;
        octets[i] = static_cast<std::byte>(value);
    }
    if (digits.size() >= kAddressDigits + kPortDigits) {
        const auto given = parse_port(digits.substr(kAddressDigits, kPortDigits));
        if (!given) return std::nullopt;
        port = *given;
    }
    return HostAndPort{ipv4_text(octets), port};
}

std::optional<HostAndPort> from_text(ByteView nsap, std::uint16_t port) {
    std::string_view text = as_text(nsap);
    for (const std::string_view prefix : {"TCP:", "tcp:", "ip:", "IP:"}) {
        if (text.rfind(prefix, 0) == 0) text.remove_prefix(prefix.size());
    }
    // Only addresses: too many binary ones could pass for a name.
    auto address = parse_host_and_port(text, port);
    if (!address || !parse_ipv4(address->host)) return std::nullopt;
    return address;
}

std::optional<HostAndPort> from_transport(const TransportAddress& address) {
    const ByteView nsap = address.nsap_address;
    const bool has_port = address.transport_selector && address.transport_selector->size() == 2;
    const std::uint16_t selected = has_port ? big_endian(*address.transport_selector) : std::uint16_t{0};
    const std::uint16_t port = selected != 0 ? selected : kT120Port;

    if (auto found = from_rfc1277(nsap, port)) return found;
    if (nsap.size() == kIpv6NsapOctets && nsap[0] == std::byte{0x35} && nsap[1] == std::byte{0}) {
        if (nsap[2] == std::byte{0}) return HostAndPort{ipv6_text(octets_at<Ipv6Octets>(nsap, 3)), port};
        if (nsap[2] == std::byte{1}) return HostAndPort{ipv4_text(octets_at<Ipv4Octets>(nsap, 3)), port};
    }
    if (auto found = from_text(nsap, port)) return found;
    const auto port_at = [&](std::size_t offset) {
        const std::uint16_t given = big_endian(nsap.subspan(offset, 2));
        return given != 0 ? given : port;
    };
    switch (nsap.size()) {
        case 4:
            return HostAndPort{ipv4_text(octets_at<Ipv4Octets>(nsap, 0)), port};
        case 6:
            return HostAndPort{ipv4_text(octets_at<Ipv4Octets>(nsap, 0)), port_at(4)};
        case 16:
            return HostAndPort{ipv6_text(octets_at<Ipv6Octets>(nsap, 0)), port};
        case 18:
            return HostAndPort{ipv6_text(octets_at<Ipv6Octets>(nsap, 0)), port_at(16)};
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<HostAndPort> parse_host_and_port(std::string_view text, std::uint16_t default_port) {
    if (const auto octets = parse_ipv6(text)) return HostAndPort{ipv6_text(*octets), default_port};
    std::string_view host = text;
    std::uint16_t port = default_port;
    const std::size_t colon = text.rfind(':');
    const bool ends_in_bracket = !text.empty() && text.back() == ']';
    if (colon != std::string_view::npos && !ends_in_bracket) {
        const auto given = parse_port(text.substr(colon + 1));
        if (!given) return std::nullopt;
        port = *given;
        host = text.substr(0, colon);
    }
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        const auto octets = parse_ipv6(host.substr(1, host.size() - 2));
        if (!octets) return std::nullopt;
        return HostAndPort{ipv6_text(*octets), port};
    }
    if (!is_host_name(host)) return std::nullopt;
    return HostAndPort{std::string(host), port};
}

std::string to_string(const HostAndPort& address) {
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

std::optional<NetworkAddressItem> to_network_address_item(const HostAndPort& address) {
    if (const auto octets = parse_ipv4(address.host)) {
        return TransportAddress{rfc1277(*octets, address.port), std::nullopt};
    }
    if (const auto octets = parse_ipv6(address.host)) {
        Bytes nsap = bytes({0x35, 0x00, 0x00});
        append(nsap, *octets);
        nsap.push_back(std::byte{0});
        return TransportAddress{std::move(nsap),
                                bytes({static_cast<unsigned>(address.port >> 8), address.port & 0xFFU})};
    }
    if (!is_host_name(address.host)) return std::nullopt;
    return NonStandardParameter{host_key(), to_bytes(std::string_view(to_string(address)))};
}

std::optional<HostAndPort> host_and_port_of(const NetworkAddressItem& item) {
    if (const auto* transport = std::get_if<TransportAddress>(&item)) return from_transport(*transport);
    const auto* named = std::get_if<NonStandardParameter>(&item);
    if (named == nullptr || named->key != host_key()) return std::nullopt;
    return parse_host_and_port(as_text(named->data));
}

std::optional<HostAndPort> host_and_port_of(const NetworkAddress& address) {
    for (const NetworkAddressItem& item : address) {
        if (auto found = host_and_port_of(item)) return found;
    }
    return std::nullopt;
}

}  // namespace convene::gcc
