#include "http/target.hpp"

#include <algorithm>
#include <utility>

#include "base/hex.hpp"
#include "base/utf8.hpp"

namespace convene::http {

namespace {

/// No control characters: they have no place in a path, and would get into logs.
bool is_clean(std::string_view text) {
    return is_utf8(text) && std::none_of(text.begin(), text.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::optional<std::vector<std::string>> parse_path(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        text.remove_prefix(1);  // the slash
        const auto end = std::min(text.find('/'), text.size());
        auto step = percent_decode(text.substr(0, end), false);
        if (!step || !is_clean(*step) || *step == "." || *step == ".." || out.size() == kMaxSteps) return std::nullopt;
        out.push_back(std::move(*step));
        text.remove_prefix(end);
    }
    return out;
}

std::optional<std::vector<Field>> parse_query(std::string_view text) {
    std::vector<Field> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto one = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (one.empty()) continue;
        const auto equals = std::min(one.find('='), one.size());
        auto name = percent_decode(one.substr(0, equals), true);
        auto value = percent_decode(one.substr(std::min(equals + 1, one.size())), true);
        if (!name || !value || !is_utf8(*name) || !is_utf8(*value) || out.size() == kMaxParameters) return std::nullopt;
        out.push_back(Field{std::move(*name), std::move(*value)});
    }
    return out;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
            const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
            if (!high || !low) return std::nullopt;
            out += static_cast<char>(*high << 4 | *low);
            i += 2;
        }
    }
    return out;
}

std::optional<Target> parse_target(std::string_view text) {
    if (!text.starts_with('/') || text.size() > kMaxTarget) return std::nullopt;
    text = text.substr(0, text.find('#'));
    const auto mark = std::min(text.find('?'), text.size());
    auto steps = parse_path(text.substr(0, mark));
    auto query = parse_query(text.substr(std::min(mark + 1, text.size())));
    if (!steps || !query) return std::nullopt;
    Target out;
    for (const auto& step : *steps) out.path += "/" + step;
    out.steps = std::move(*steps);
    out.query = std::move(*query);
    return out;
}

}  // namespace convene::http
