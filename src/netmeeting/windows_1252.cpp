#include "netmeeting/windows_1252.hpp"

namespace convene::netmeeting {
namespace {

// What 0x80 to 0x9F stand for; all else is as in Unicode.
constexpr std::u16string_view kUpper =
    u"\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
    u"\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
static_assert(kUpper.size() == 32);

}  // namespace

std::u16string from_windows_1252(std::string_view octets) {
    std::u16string out;
    out.reserve(octets.size());
    for (char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        out.push_back(octet >= 0x80 && octet < 0xA0 ? kUpper[octet - 0x80U] : static_cast<char16_t>(octet));
    }
    return out;
}

std::string to_windows_1252(std::u16string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char16_t unit : text) {
        const auto upper = kUpper.find(unit);
        if (upper != std::u16string_view::npos) {
            out.push_back(static_cast<char>(0x80 + upper));
        } else {
            const bool has_it = unit < 0x80 || (unit >= 0xA0 && unit < 0x100);
            out.push_back(has_it ? static_cast<char>(unit) : '?');
        }
    }
    return out;
}

}  // namespace convene::netmeeting
