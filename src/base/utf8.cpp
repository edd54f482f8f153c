#include "base/utf8.hpp"

namespace convene {

unsigned Utf8Decoder::put(std::uint8_t octet, char32_t (&out)[2]) {
    unsigned count = 0;
    if (missing_ > 0) {
        if ((octet & 0xC0) == 0x80) {
            value_ = value_ << 6 | (octet & 0x3FU);
            if (--missing_ > 0) return 0;
            bool valid = value_ >= least_ && value_ <= 0x10FFFF && (value_ < 0xD800 || value_ > 0xDFFF);
            out[0] = valid ? value_ : kReplacementCharacter;
            return 1;
        }
        missing_ = 0;
        out[count++] = kReplacementCharacter;
    }
    if (octet < 0x80) {
        out[count++] = octet;
    } else if (octet >= 0xC2 && octet < 0xE0) {
        value_ = octet & 0x1FU, least_ = 0x80, missing_ = 1;
    } else if ((octet & 0xF0) == 0xE0) {
        value_ = octet & 0x0FU, least_ = 0x800, missing_ = 2;
    } else if (octet >= 0xF0 && octet < 0xF5) {
        value_ = octet & 0x07U, least_ = 0x10000, missing_ = 3;
    } else {
        out[count++] = kReplacementCharacter;
    }
    return count;
}

std::optional<char32_t> take_code_point(std::string_view text, std::size_t& at) {
    auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = octet(at++);
    if (first < 0x80) return first;
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4 || text.size() - at < more) return std::nullopt;
    char32_t point = first & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((octet(at + i) & 0xC0) != 0x80) return std::nullopt;
        point = point << 6 | (octet(at + i) & 0x3F);
    }
    const char32_t least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return std::nullopt;
    at += more;
    return point;
}

void append_utf8(std::string& out, char32_t code_point) {
    auto put = [&](char32_t octet) { out.push_back(static_cast<char>(octet)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | code_point >> 6);
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | code_point >> 12);
        put(0x80 | (code_point >> 6 & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | code_point >> 18);
        put(0x80 | (code_point >> 12 & 0x3F));
        put(0x80 | (code_point >> 6 & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!take_code_point(text, at)) return false;
    }
    return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

std::optional<char32_t> pop_code_point(std::string& text) {
    if (text.empty()) return std::nullopt;
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<std::uint8_t>(text[start]) & 0xC0) == 0x80) --start;
    Utf8Decoder decoder;
    char32_t out[2] = {kReplacementCharacter, 0};
    for (std::size_t i = start; i < text.size(); ++i) decoder.put(static_cast<std::uint8_t>(text[i]), out);
    text.resize(start);
    return out[0];
}

void append_utf16(std::u16string& out, char32_t code_point) {
    if (code_point < 0x10000) {
        out.push_back(static_cast<char16_t>(code_point));
    } else {
        out.push_back(static_cast<char16_t>(0xD800 + ((code_point - 0x10000) >> 10)));
        out.push_back(static_cast<char16_t>(0xDC00 + ((code_point - 0x10000) & 0x3FF)));
    }
}

}  // namespace convene
