#include "files/file_name.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "files/limits.hpp"

namespace convene::files {
namespace {

constexpr std::string_view kNameless = "unnamed";
constexpr char32_t kStandIn = U'_';

std::optional<std::u32string> from_utf8(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = take_code_point(text, at);
        if (!point) return std::nullopt;
        out += *point;
    }
    return out;
}

/// UTF-8 where all of it is, else Latin-1.
std::u32string code_points(ByteView octets) {
    if (auto points = from_utf8(as_text(octets))) return std::move(*points);
    std::u32string out;
    for (const std::byte octet : octets) out += static_cast<char32_t>(std::to_integer<unsigned>(octet));
    return out;
}

std::string to_utf8(std::u32string_view points) {
    std::string out;
    for (const char32_t point : points) append_utf8(out, point);
    return out;
}

/// Characters that show nothing or change how their neighbours are shown: they let a name look like another one.
bool is_deceptive(char32_t point) {
    return point == 0xAD || point == 0x61C || point == 0x180E || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xFFF9 && point <= 0xFFFC) || (point >= 0xE0000 && point <= 0xE0FFF);
}
bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point <= 0x9F); }
bool is_forbidden_on_windows(char32_t point) {
    return std::u32string_view(U"<>\"|?*").find(point) != std::string::npos;
}
bool is_separator(char32_t point) { return point == U'/' || point == U'\\' || point == U':'; }
bool is_space(char32_t point) { return point == U' ' || point == 0xA0 || point == 0x3000; }

/// CON, COM1 and the like: devices on Windows whatever the extension; superscript digits count too.
bool is_device(std::u32string_view name) {
    std::u32string stem;
    for (char32_t point : name.substr(0, name.find(U'.')))
        stem += point >= U'a' && point <= U'z' ? point - (U'a' - U'A') : point;
    while (!stem.empty() && stem.back() == U' ') stem.pop_back();
    for (std::u32string_view device : {U"CON", U"PRN", U"AUX", U"NUL", U"CONIN$", U"CONOUT$", U"CLOCK$"})
        if (stem == device) return true;
    if (stem.size() != 4 || (!stem.starts_with(U"COM") && !stem.starts_with(U"LPT"))) return false;
    return std::u32string_view(U"0123456789\u00b9\u00b2\u00b3").find(stem[3]) != std::string::npos;
}

/// Shortens in front of the extension, as long as that is one.
std::string shortened(const std::string& name) {
    if (name.size() <= kMaxNameOctets) return name;
    constexpr std::size_t kLongestExtension = 32;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || dot == 0 || name.size() - dot > kLongestExtension)
        return std::string(utf8_prefix(name, kMaxNameOctets));
    const std::string extension = name.substr(dot);
    return std::string(utf8_prefix(std::string_view(name).substr(0, dot), kMaxNameOctets - extension.size())) +
           extension;
}

}  // namespace

FileName harmless_name(ByteView octets) {
    while (!octets.empty() && octets.back() == std::byte{0}) octets = octets.first(octets.size() - 1);
    // Nothing that could still become a name is this long.
    constexpr std::size_t kMostLooked = 4096;
    if (octets.size() > kMostLooked) octets = octets.last(kMostLooked);
    const std::u32string given = code_points(octets);
    std::u32string_view rest = given;
    if (auto last = std::find_if(given.rbegin(), given.rend(), is_separator); last != given.rend())
        rest = rest.substr(static_cast<std::size_t>(given.rend() - last));

    std::u32string kept;
    for (const char32_t point : rest) {
        if (is_control(point) || is_deceptive(point)) continue;
        kept += is_forbidden_on_windows(point) ? kStandIn : point;
    }
    const auto first = std::find_if_not(kept.begin(), kept.end(), is_space);
    kept.erase(kept.begin(), first);
    auto trim_end = [](auto& text) {
        while (!text.empty() && (text.back() == U'.' || is_space(text.back()))) text.pop_back();
    };
    trim_end(kept);
    if (kept.find_first_not_of(U'.') == std::u32string::npos) kept.clear();
    // A leading dot hides a file, and a leading dash looks like an option.
    if (!kept.empty() && (kept[0] == U'.' || kept[0] == U'-' || kept[0] == U'~')) kept.insert(kept.begin(), kStandIn);
    if (is_device(kept)) kept.insert(kept.begin(), kStandIn);

    std::string text = shortened(to_utf8(kept));
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
    if (text.empty()) text = kNameless;
    const bool altered = text != to_utf8(given);
    return {std::move(text), altered};
}

FileName name_of(const FileHeader& header) {
    for (const auto* list : {&header.filename, &header.pathname}) {
        if (!list->has_value() || (*list)->empty()) continue;
        FileName name = harmless_name((*list)->back().value);
        name.altered = name.altered || (*list)->size() > 1;
        return name;
    }
    return {std::string(kNameless), true};
}

Bytes name_octets(std::string_view name) {
    const auto points = from_utf8(name);
    if (!points || std::any_of(points->begin(), points->end(), [](char32_t point) { return point > 0xFF; }))
        return to_bytes(name);
    Bytes latin;
    for (const char32_t point : *points) latin.push_back(static_cast<std::byte>(point));
    const bool is_ascii = latin.size() == name.size();
    if (!is_ascii && is_utf8(as_text(latin))) return to_bytes(name);
    return latin;
}

std::vector<GraphicString> filename_of(std::string_view name) { return {GraphicString{name_octets(name)}}; }

}  // namespace convene::files
