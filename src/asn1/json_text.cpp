#include <cstdio>

#include "asn1/json_node.hpp"

namespace convene::asn1 {
namespace {

constexpr bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void append_utf8(std::string& out, char32_t point) {
    auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3F)); };
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0 | point >> 6);
        tail(0);
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | point >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

/// The unpaired surrogate at `at`, if there is one.
bool is_alone(std::u16string_view units, std::size_t at) {
    if (is_high(units[at])) return at + 1 == units.size() || !is_low(units[at + 1]);
    return is_low(units[at]);
}

bool take_utf8(std::string_view text, std::size_t& at, char32_t& point) {
    auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned first = octet(at++);
    if (first < 0x80) {
        point = first;
        return true;
    }
    unsigned count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (count == 0 || first > 0xF4 || text.size() - at < count) return false;
    point = first & (0x3FU >> count);
    for (unsigned i = 0; i < count; ++i) {
        unsigned next = octet(at++);
        if ((next & 0xC0) != 0x80) return false;
        point = point << 6 | (next & 0x3F);
    }
    constexpr char32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    return point >= kLeast[count] && point <= 0x10FFFF && !is_high(point) && !is_low(point);
}

bool take_escaped(std::string_view text, std::size_t& at, std::u16string& units) {
    constexpr std::size_t kDigits = 4;
    unsigned unit = 0;
    if (text.size() - at < kDigits) return false;
    for (std::size_t i = 0; i < kDigits; ++i) {
        char c = text[at++];
        unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                         : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10)
                         : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                                                : 16;
        if (digit == 16) return false;
        unit = unit << 4 | digit;
    }
    units += static_cast<char16_t>(unit);
    return is_high(unit) || is_low(unit);
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
        } else if (is_high(unit)) {
            append_utf8(out, 0x10000 + ((unit - 0xD800U) << 10) + (units[i + 1] - 0xDC00U));
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
        char32_t point = 0;
        if (!take_utf8(text, at, point)) return false;
        if (point > 0xFFFF) {
            units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
            units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
        } else {
            units += static_cast<char16_t>(point);
        }
    }
    return true;
}

}  // namespace convene::asn1
