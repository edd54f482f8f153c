/// Octets as hexadecimal text and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace convene {

/// Lower case, two digits an octet, no separators.
std::string to_hex(ByteView octets);

/// Its value, of either case; nothing for what is no digit.
constexpr std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

/// Accepts upper and lower case and skips white space; nothing else may stand between digits.
/// Empty when a character is no digit or the number of digits is odd.
std::optional<Bytes> from_hex(std::string_view text);

/// For constants and tests, where the text is known to be right; ends the process when it is not.
Bytes hex(std::string_view text);

}  // namespace convene
