/// Whether text is a number as people write it.
#pragma once

#include <string_view>

namespace convene {

/// One or more of the digits 0 to 9, and nothing else.
inline bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace convene
