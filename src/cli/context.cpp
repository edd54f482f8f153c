#include "cli/context.hpp"

#include <ostream>

namespace convene::cli {

std::string styled(const Context& context, Style style, std::string_view text) {
    if (!context.color) return std::string(text);
    const char* code = "";
    switch (style) {
        case Style::bold:
            code = "1";
            break;
        case Style::dim:
            code = "2";
            break;
        case Style::good:
            code = "32";
            break;
        case Style::doubtful:
            code = "33";
            break;
        case Style::bad:
            code = "31";
            break;
    }
    return "\x1B[" + std::string(code) + "m" + std::string(text) + "\x1B[0m";
}

void complain(const Context& context, std::string_view text) { context.err << "convene: " << text << '\n'; }
void hint(const Context& context, std::string_view text) { context.err << "  " << text << '\n'; }

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        if (octet < 0x20 || octet == 0x7F) {
            out += octet == '\t' ? ' ' : '?';
        } else if (octet == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
            out += '?';  // U+0080 to U+009F: control characters of two octets
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace convene::cli
