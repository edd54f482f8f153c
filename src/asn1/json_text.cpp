#include <cstdio>

#include "asn1/json_node.hpp"
#include "base/hex.hpp"
#include "base/utf8.hpp"

namespace convene::asn1 {
namespace {

/// The unpaired surrogate at `at`, if there is one.
bool is_alone(std::u16string_view units, std::size_t at) {
    if (is_high_surrogate(units[at])) return at + 1 == units.size() || !is_low_surrogate(units[at + 1]);
    return is_low_surrogate(units[at]);
}

bool take_escaped(std::string_view text, std::size_t& at, std::u16string& units) {
    constexpr std::size_t kDigits = 4;
    unsigned unit = 0;
    if (text.size() - at < kDigits) return false;
    for (std::size_t i = 0; i < kDigits; ++i) {
        const auto digit = hex_digit(text[at++]);
        if (!digit) return false;
        unit = unit << 4 | *digit;
    }
    units += static_cast<char16_t>(unit);
    return is_high_surrogate(unit) || is_low_surrogate(unit);
}

}  // namespace

std::string text_of_units(std::u16string_view units) {
    std::string out;
    for (std::size_t i = 0; i < units.size(); ++i) {
        char16_t unit = units[i];
        if (is_alone(units, i)) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04X", static_cast<unsigned>(unit));
            out += escaped;
        } else if (is_high_surrogate(unit)) {
            append_utf8(out, of_surrogates(unit, units[i + 1]));
            ++i;
        } else {
            append_utf8(out, unit);
            bool ambiguous = unit == u'\\' && i + 1 < units.size() &&
                             (units[i + 1] == u'u' || units[i + 1] == u'\\' || is_alone(units, i + 1));
            if (ambiguous) out += '\\';
        }
    }
    return out;
}

bool units_of_text(std::string_view text, std::u16string& units) {
    units.clear();
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '\\') {
            units += u'\\';
            at += 2;
            continue;
        }
        if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == 'u') {
            at += 2;
            if (!take_escaped(text, at, units)) return false;
            continue;
        }
        const auto point = take_code_point(text, at);
        if (!point) return false;
        append_utf16(units, *point);
    }
    return true;
}

}  // namespace convene::asn1
