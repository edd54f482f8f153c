#include "admission/person_name.hpp"

#include "admission/door.hpp"
#include "base/utf8.hpp"

namespace convene::admission {
namespace {

bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) ||  // C0, C1
           (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

}  // namespace

std::optional<std::string> person_name(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.empty() || text.size() > kMaxPersonOctets) return std::nullopt;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = take_code_point(text, at);
        if (!point || is_control(*point)) return std::nullopt;
    }
    return std::string(text);
}

}  // namespace convene::admission
