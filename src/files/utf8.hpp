/// Just enough UTF-8 for the names of files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convene::files {

/// The code points of `text`; empty when it is no valid UTF-8 (overlong forms, surrogates and beyond U+10FFFF are not).
std::optional<std::u32string> from_utf8(std::string_view text);
/// `point` must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t point);
std::string to_utf8(std::u32string_view points);

}  // namespace convene::files
