/// The 8-bit characters of Western Windows.
#pragma once

#include <string>
#include <string_view>

namespace convene::netmeeting {

/// Every octet is a character; the five that the code page leaves free become the control characters of that number.
std::u16string from_windows_1252(std::string_view octets);

/// Characters that the code page lacks become '?'.
std::string to_windows_1252(std::u16string_view text);

}  // namespace convene::netmeeting
