/// What a decoder is willing to spend on hostile input.
#pragma once

#include <cstddef>

namespace convene::asn1 {

/// Memory a decoded value may take, per octet of input and in any case; more is an attack, not a conference.
inline constexpr std::size_t kMemoryPerInputOctet = 256;
inline constexpr std::size_t kMemoryAlways = 64 * 1024;

/// BER elements open at a time. The deepest type of T.124 needs below 30; string segments may nest as well.
inline constexpr unsigned kMaxBerDepth = 64;
/// Extension additions one SEQUENCE may announce; the standards stay below ten.
inline constexpr std::size_t kMaxAdditions = 256;

}  // namespace convene::asn1
