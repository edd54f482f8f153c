#include "gcc/ip_literal.hpp"

#include <charconv>
#include <cstdint>
#include <vector>

namespace convene::gcc {
namespace {

constexpr std::size_t kGroups = 8;

std::optional<unsigned> number(std::string_view digits, int base, std::size_t most_digits, unsigned most) {
    if (digits.empty() || digits.size() > most_digits) return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc{} || end != digits.data() + digits.size() || value > most) return std::nullopt;
    return value;
}

/// Groups of one side of a "::", or of the whole; the last may be an IPv4 address, which makes two.
std::optional<std::vector<std::uint16_t>> groups(std::string_view text, bool may_end_in_ipv4) {
    std::vector<std::uint16_t> out;
    if (text.empty()) return out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t colon = text.find(':', at);
        const bool is_last = colon == std::string_view::npos;
        const std::string_view part = text.substr(at, is_last ? std::string_view::npos : colon - at);
        if (out.size() >= kGroups) return std::nullopt;
        if (is_last && may_end_in_ipv4 && part.find('.') != std::string_view::npos) {
            const auto octets = parse_ipv4(part);
            if (!octets) return std::nullopt;
            for (std::size_t i = 0; i < octets->size(); i += 2) {
                out.push_back(static_cast<std::uint16_t>(std::to_integer<unsigned>((*octets)[i]) << 8 |
                                                         std::to_integer<unsigned>((*octets)[i + 1])));
            }
            return out;
        }
        const auto group = number(part, 16, 4, 0xFFFF);
        if (!group) return std::nullopt;
        out.push_back(static_cast<std::uint16_t>(*group));
        if (is_last) break;
        at = colon + 1;
    }
    return out;
}

}  // namespace

std::optional<Ipv4Octets> parse_ipv4(std::string_view text) {
    Ipv4Octets out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool is_last = i + 1 == out.size();
        const std::size_t end = is_last ? text.size() : text.find('.');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view part = text.substr(0, end);
        const auto octet = number(part, 10, 3, 255);
        if (!octet || (part.size() > 1 && part.front() == '0')) return std::nullopt;
        out[i] = static_cast<std::byte>(*octet);
        if (!is_last) text.remove_prefix(end + 1);
    }
    return out;
}

std::optional<Ipv6Octets> parse_ipv6(std::string_view text) {
    const std::size_t gap = text.find("::");
    std::vector<std::uint16_t> all;
    if (gap == std::string_view::npos) {
        const auto whole = groups(text, true);
        if (!whole || whole->size() != kGroups) return std::nullopt;
        all = *whole;
    } else {
        const auto front = groups(text.substr(0, gap), false);
        const auto back = groups(text.substr(gap + 2), true);
        if (!front || !back || front->size() + back->size() >= kGroups) return std::nullopt;
        all = *front;
        all.resize(kGroups - back->size());
        all.insert(all.end(), back->begin(), back->end());
    }
    Ipv6Octets out{};
    for (std::size_t i = 0; i < kGroups; ++i) {
        out[2 * i] = static_cast<std::byte>(all[i] >> 8);
        out[2 * i + 1] = static_cast<std::byte>(all[i] & 0xFF);
    }
    return out;
}

std::string ipv4_text(const Ipv4Octets& octets) {
    std::string out;
    for (const std::byte octet : octets) {
        if (!out.empty()) out += '.';
        out += std::to_string(std::to_integer<unsigned>(octet));
    }
    return out;
}

std::string ipv6_text(const Ipv6Octets& octets) {
    std::array<unsigned, kGroups> values{};
    for (std::size_t i = 0; i < kGroups; ++i) {
        values[i] = std::to_integer<unsigned>(octets[2 * i]) << 8 | std::to_integer<unsigned>(octets[2 * i + 1]);
    }
    std::size_t gap = kGroups, longest = 1;
    for (std::size_t i = 0; i < kGroups; ++i) {
        std::size_t end = i;
        while (end < kGroups && values[end] == 0) ++end;
        if (end - i > longest) {
            gap = i;
            longest = end - i;
        }
    }
    std::string out;
    for (std::size_t i = 0; i < kGroups;) {
        if (i == gap) {
            out += "::";
            i += longest;
            continue;
        }
        if (!out.empty() && out.back() != ':') out += ':';
        std::array<char, 4> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), values[i], 16).ptr;
        out.append(digits.data(), end);
        ++i;
    }
    return out;
}

}  // namespace convene::gcc
