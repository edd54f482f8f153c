/// Octets as hexadecimal text and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace convene {

/// Lower case, two digits an octet, no separators.
std::string to_hex(ByteView octets);

/// Accepts upper and lower case and skips white space; nothing else may stand between digits.
/// Empty when a character is no digit or the number of digits is odd.
std::optional<Bytes> from_hex(std::string_view text);

/// For constants and tests, where the text is known to be right; ends the process when it is not.
Bytes hex(std::string_view text);

}  // namespace convene
