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

std::string to_utf8(std::u16string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char16_t c = text[i];
        if (is_high_surrogate(c) && i + 1 < text.size() && is_low_surrogate(text[i + 1])) {
            append_utf8(out, of_surrogates(c, text[i + 1]));
            ++i;
        } else {
            append_utf8(out, is_high_surrogate(c) || is_low_surrogate(c) ? kReplacementCharacter : char32_t{c});
        }
    }
    return out;
}

std::u16string to_bmp(std::string_view utf8) {
    std::u16string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        append_utf16(out, take_code_point(utf8, at).value_or(kReplacementCharacter));
    }
    return out;
}

}  // namespace convene::gcc
