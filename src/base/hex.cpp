#include "base/hex.hpp"

#include "base/check.hpp"

namespace convene {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::string to_hex(ByteView octets) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(octets.size() * 2);
    for (std::byte octet : octets) {
        auto value = std::to_integer<unsigned>(octet);
        out.push_back(kDigits[value >> 4]);
        out.push_back(kDigits[value & 15]);
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes out;
    out.reserve(text.size() / 2);
    std::optional<unsigned> high;
    for (char c : text) {
        if (is_space(c)) continue;
        const auto value = hex_digit(c);
        if (!value) return std::nullopt;
        if (!high) {
            high = value;
        } else {
            out.push_back(static_cast<std::byte>(*high << 4 | *value));
            high.reset();
        }
    }
    if (high) return std::nullopt;
    return out;
}

Bytes hex(std::string_view text) {
    auto out = from_hex(text);
    CONVENE_CHECK(out.has_value(), "constant is not hexadecimal");
    return std::move(*out);
}

}  // namespace convene
