/// JSON values as text for other programs.
#pragma once

#include <string>

namespace convene {

/// A value of nlohmann's library (either order of members) on one line, without a line end. Strings may hold any octets
/// of strangers: what is no UTF-8 becomes U+FFFD.
template <class Json>
std::string json_line(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace convene
