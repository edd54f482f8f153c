/// Network addresses of IP nodes as people write them, and as GCC carries them.
///
/// T.124 carries an address as an NSAP of at most 20 octets with an optional transport selector, and leaves to others
/// how an IP address becomes an NSAP. Written here:
///   IPv4   the RFC 1277 form: AFI 54, IDI 00728722, prefix 03, twelve digits of address, five of port, five of
///   transport
///          set (00001, TCP), two digits an octet, filled up with F to whole octets; no transport selector.
///   IPv6   the RFC 1888 form: AFI 35, ICP 0000, the 16 octets, selector 00; the port in two octets of transport
///   selector. names  have no NSAP: a non-standard address under the key "Convene.host" whose data is the text
///   host:port.
/// Read as well, because nothing is known of what others write: RFC 1277 without port, IPv4 after ICP 0001 (RFC 4548),
/// the bare octets of either address with or without two octets of port, and the address as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gcc/network_address.hpp"

namespace convene::gcc {

inline constexpr std::uint16_t kT120Port = 1503;  ///< where T.120 nodes listen, and what is meant when no port is given

/// An IPv4 address, an IPv6 address (without brackets) or a host name, and a port.
struct HostAndPort {
    std::string host;
    std::uint16_t port = kT120Port;

    friend bool operator==(const HostAndPort&, const HostAndPort&) = default;
};

/// Reads "192.0.2.1", "192.0.2.1:1503", "[2001:db8::1]:1503", "2001:db8::1", "host.example:1503". Nothing when it is
/// none of these; host names are letters, digits, '-', '_' and '.', 253 at most.
std::optional<HostAndPort> parse_host_and_port(std::string_view text, std::uint16_t default_port = kT120Port);
/// "192.0.2.1:1503", "[2001:db8::1]:1503", "host.example:1503".
std::string to_string(const HostAndPort& address);

/// One item for a NetworkAddress; nothing when the host is no address and no name.
std::optional<NetworkAddressItem> to_network_address_item(const HostAndPort& address);
/// The first address in the list that can be read.
std::optional<HostAndPort> host_and_port_of(const NetworkAddress& address);
std::optional<HostAndPort> host_and_port_of(const NetworkAddressItem& item);

}  // namespace convene::gcc
