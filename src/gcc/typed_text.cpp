#include "gcc/typed_text.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/digits.hpp"

namespace convene::gcc {

bool is_simple_text(std::u16string_view text) {
    return std::all_of(text.begin(), text.end(), [](char16_t c) { return c <= 0xFF; });
}

TextSelector selector_of_text(std::string_view utf8) {
    if (is_digits(utf8)) return std::string(utf8);
    std::u16string text = to_bmp(utf8);
    if (is_simple_text(text)) return SimpleText{std::move(text)};
    return UnicodeText{std::move(text)};
}

void set_text(Password& password, std::string_view utf8) {
    std::u16string text = to_bmp(utf8);
    if (is_simple_text(text)) password.text = text;
    password.unicode_text = std::move(text);
}

}  // namespace convene::gcc
