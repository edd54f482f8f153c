#include "gcc/names.hpp"

#include "base/overloaded.hpp"
#include "base/utf8.hpp"

namespace convene::gcc {

template <class Purpose>
bool selects(const TextSelector& selector, const NumberAndText<Purpose>& name) {
    return std::visit(
        overloaded{[&](const std::string& numeric) { return numeric == name.numeric; },
                   [&](const SimpleText& text) { return name.text == text.value; },
                   // A peer that knows Unicode names may put a simple one there as well.
                   [&](const UnicodeText& text) { return name.unicode_text == text.value || name.text == text.value; },
                   [](const asn1::UnknownAlternative&) { return false; }},
        selector);
}
template bool selects(const TextSelector&, const ConferenceName&);
template bool selects(const TextSelector&, const Password&);

ConferenceNameSelector selector_of(const ConferenceName& name) {
    if (name.text) return SimpleText{*name.text};
    return name.numeric;
}

std::string to_string(const ConferenceName& name) {
    if (name.unicode_text) return to_utf8(*name.unicode_text);
    if (name.text) return to_utf8(*name.text);
    return name.numeric;
}

std::string to_string(const TextSelector& selector) {
    return std::visit(overloaded{[](const std::string& numeric) { return numeric; },
                                 [](const SimpleText& text) { return to_utf8(text.value); },
                                 [](const UnicodeText& text) { return to_utf8(text.value); },
                                 [](const asn1::UnknownAlternative&) { return std::string{}; }},
                      selector);
}

namespace {

bool is_high(char16_t c) { return c >= 0xD800 && c < 0xDC00; }
bool is_low(char16_t c) { return c >= 0xDC00 && c < 0xE000; }

}  // namespace

std::string to_utf8(std::u16string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char16_t c = text[i];
        if (is_high(c) && i + 1 < text.size() && is_low(text[i + 1])) {
            append_utf8(out, 0x10000 + ((char32_t{c} - 0xD800) << 10) + (char32_t{text[i + 1]} - 0xDC00));
            ++i;
        } else {
            append_utf8(out, is_high(c) || is_low(c) ? kReplacementCharacter : char32_t{c});
        }
    }
    return out;
}

std::u16string to_bmp(std::string_view utf8) {
    std::u16string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = take_code_point(utf8, at).value_or(kReplacementCharacter);
        if (c < 0x10000) {
            out.push_back(static_cast<char16_t>(c));
        } else {
            out.push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
            out.push_back(static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
        }
    }
    return out;
}

}  // namespace convene::gcc
