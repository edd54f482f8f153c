/// Names and passwords as people type them, in the forms that T.124 has for them.
#pragma once

#include <string_view>

#include "gcc/names.hpp"

namespace convene::gcc {

/// Whether `text` fits the alphabet U+0000..U+00FF of simple text.
bool is_simple_text(std::u16string_view text);

/// Digits are the numeric form, all else is the narrowest text that holds it.
TextSelector selector_of_text(std::string_view utf8);

/// Fills in the text forms that can say `utf8`; the number stays as it is.
void set_text(Password& password, std::string_view utf8);

}  // namespace convene::gcc
