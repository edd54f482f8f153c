#include "asn1/types.hpp"

#include <charconv>
#include <vector>

#include "base/check.hpp"
#include "base/hex.hpp"

namespace convene::asn1 {
namespace {

void append_base128(Bytes& out, std::uint64_t value) {
    int shift = 0;
    while (value >> shift >= 0x80) shift += 7;
    for (; shift >= 0; shift -= 7) {
        auto group = static_cast<unsigned>(value >> shift & 0x7F);
        out.push_back(static_cast<std::byte>(group | (shift > 0 ? 0x80U : 0U)));
    }
}

std::optional<Bytes> contents_of(const std::vector<std::uint32_t>& arcs) {
    if (arcs.size() < 2 || arcs[0] > 2 || (arcs[0] < 2 && arcs[1] > 39)) return std::nullopt;
    Bytes out;
    append_base128(out, std::uint64_t{arcs[0]} * 40 + arcs[1]);
    for (std::size_t i = 2; i < arcs.size(); ++i) append_base128(out, arcs[i]);
    return out;
}

}  // namespace

ObjectIdentifier ObjectIdentifier::of(std::initializer_list<std::uint32_t> arcs) {
    auto contents = contents_of(arcs);
    CONVENE_CHECK(contents.has_value(), "not an object identifier");
    return {std::move(*contents)};
}

std::optional<ObjectIdentifier> ObjectIdentifier::parse(std::string_view dotted) {
    if (!dotted.empty() && dotted[0] == '#') {
        auto contents = from_hex(dotted.substr(1));
        if (!contents) return std::nullopt;
        return ObjectIdentifier{std::move(*contents)};
    }
    std::vector<std::uint32_t> arcs;
    const char* at = dotted.data();
    const char* end = at + dotted.size();
    while (true) {
        std::uint32_t arc = 0;
        auto [next, error] = std::from_chars(at, end, arc);
        if (error != std::errc{}) return std::nullopt;
        arcs.push_back(arc);
        if (next == end) break;
        if (*next != '.') return std::nullopt;
        at = next + 1;
    }
    auto contents = contents_of(arcs);
    if (!contents) return std::nullopt;
    return ObjectIdentifier{std::move(*contents)};
}

std::string ObjectIdentifier::to_string() const {
    std::string out;
    std::uint64_t value = 0;
    bool in_arc = false;
    bool valid = !contents.empty();
    for (std::byte octet : contents) {
        auto group = std::to_integer<unsigned>(octet);
        if ((!in_arc && group == 0x80) || value >> 57 != 0) valid = false;
        value = value << 7 | (group & 0x7F);
        in_arc = (group & 0x80) != 0;
        if (in_arc) continue;
        if (out.empty()) {
            std::uint64_t first = value < 80 ? value / 40 : 2;
            out = std::to_string(first) + "." + std::to_string(value - first * 40);
        } else {
            out += "." + std::to_string(value);
        }
        value = 0;
    }
    if (!valid || in_arc || ObjectIdentifier::parse(out) != *this) return "#" + to_hex(contents);
    return out;
}

}  // namespace convene::asn1
