/// What was wrong with octets of a peer, where, and which clause says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace convene::t123 {

enum class ProtocolErrc : std::uint8_t {
    wrong_version,     ///< no TPKT: TLS, HTTP, RDP fast-path or noise
    bad_length,        ///< TPKT length below the minimum or above what is accepted now
    header_too_short,  ///< LI below the fixed part of the TPDU
    header_too_long,   ///< LI reserved (255) or beyond the end of the frame
    trailing_octets,   ///< octets after the header of a CR or CC, which carry no user data here
    unknown_type,      ///< a TPDU code that class 0 does not have
};

struct ProtocolError {
    ProtocolErrc code{};
    std::size_t offset{};     ///< octets from the start of the frame (its TPKT header)
    std::string_view text;    ///< one clause of English; static storage
    std::string_view clause;  ///< such as "X.224 13.3"; static storage
};

}  // namespace convene::t123
