#include "session/json_writer.hpp"

#include <charconv>

namespace convene::session {

void JsonWriter::comma() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
}

JsonWriter& JsonWriter::open(char bracket) {
    comma();
    out_ += bracket;
    is_first_ = true;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    is_first_ = false;
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
    value(name);
    out_ += ':';
    is_first_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    constexpr char kDigits[] = "0123456789abcdef";
    comma();
    out_ += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out_ += "\\u00";
            out_ += kDigits[static_cast<unsigned char>(c) >> 4];
            out_ += kDigits[c & 0x0F];
        } else {
            out_ += c;
        }
    }
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::value(bool truth) { return raw(truth ? "true" : "false"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
    comma();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::whole(std::int64_t number) {
    char text[24];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number);
    return raw({text, static_cast<std::size_t>(end - text)});
}

JsonWriter& JsonWriter::ratio(std::int64_t numerator, std::int64_t denominator) {
    whole(numerator / denominator);
    std::int64_t rest = numerator % denominator;
    if (rest <= 0) return *this;  // nothing behind the point; below zero nobody asks for it
    out_ += '.';
    for (int i = 0; i < 4 && rest > 0; ++i) {
        rest *= 10;
        out_ += static_cast<char>('0' + rest / denominator);
        rest %= denominator;
    }
    return *this;
}

}  // namespace convene::session
