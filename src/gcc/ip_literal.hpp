/// IP addresses between text and octets, without a socket library.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace convene::gcc {

using Ipv4Octets = std::array<std::byte, 4>;
using Ipv6Octets = std::array<std::byte, 16>;

/// Four decimal numbers of 0..255 without leading zeros.
std::optional<Ipv4Octets> parse_ipv4(std::string_view text);
/// RFC 4291 §2.2, all three forms; no zone.
std::optional<Ipv6Octets> parse_ipv6(std::string_view text);

std::string ipv4_text(const Ipv4Octets& octets);
/// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as "::".
std::string ipv6_text(const Ipv6Octets& octets);

}  // namespace convene::gcc
