#include "whiteboard/color_text.hpp"

#include "base/hex.hpp"

namespace convene::whiteboard {

std::string color_text(Color color) {
    return "#" + to_hex(Bytes{std::byte{color.red}, std::byte{color.green}, std::byte{color.blue}});
}

std::optional<Color> color_of_text(std::string_view text) {
    constexpr std::size_t kSize = 7;
    if (text.size() != kSize || text[0] != '#') return std::nullopt;
    const auto parts = from_hex(text.substr(1));
    if (!parts || parts->size() != 3) return std::nullopt;
    const auto part = [&](std::size_t i) { return std::to_integer<std::uint8_t>((*parts)[i]); };
    return Color{part(0), part(1), part(2), false};
}

}  // namespace convene::whiteboard
