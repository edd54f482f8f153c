/// Takes a request target apart: "/c/r%C3%A9union?page=2" into its path, its segments and its query. RFC 3986, RFC 9112
/// §3.2.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace convene::http {

inline constexpr std::size_t kMaxTarget = 4096;    ///< octets of a request target
inline constexpr std::size_t kMaxSteps = 32;       ///< segments of a path
inline constexpr std::size_t kMaxParameters = 64;  ///< of a query

struct Target {
    std::string path;
    std::vector<std::string> steps;
    std::vector<Field> query;
};

/// Nothing when it is in no way a path: not beginning with /, bad percent-encoding, no UTF-8 (RFC 3629), control
/// characters, a step "." or "..", or beyond the limits.
std::optional<Target> parse_target(std::string_view text);

/// "a%20b" → "a b"; in a query `plus_is_space`. Nothing when a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace convene::http
