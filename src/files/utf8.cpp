#include "files/utf8.hpp"

namespace convene::files {

std::optional<std::u32string> from_utf8(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at++]);
        if (lead < 0x80) {
            out += static_cast<char32_t>(lead);
            continue;
        }
        const unsigned more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more) return std::nullopt;
        char32_t point = lead & (0x3FU >> more);
        for (unsigned i = 0; i < more; ++i) {
            const auto next = static_cast<unsigned char>(text[at++]);
            if ((next & 0xC0) != 0x80) return std::nullopt;
            point = point << 6 | (next & 0x3FU);
        }
        const char32_t least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return std::nullopt;
        out += point;
    }
    return out;
}

void append_utf8(std::string& out, char32_t point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
        return;
    }
    const unsigned more = point >= 0x10000 ? 3 : point >= 0x800 ? 2 : 1;
    const unsigned lead = more == 3 ? 0xF0 : more == 2 ? 0xE0 : 0xC0;
    out += static_cast<char>(lead | point >> 6 * more);
    for (unsigned i = more; i-- > 0;) out += static_cast<char>(0x80 | (point >> 6 * i & 0x3F));
}

std::string to_utf8(std::u32string_view points) {
    std::string out;
    for (const char32_t point : points) append_utf8(out, point);
    return out;
}

}  // namespace convene::files
