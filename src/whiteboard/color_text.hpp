/// Colours as pages and people write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "whiteboard/geometry.hpp"

namespace convene::whiteboard {

/// "#rrggbb"; whether the colour is transparent is not in it.
std::string color_text(Color color);
/// Of "#rrggbb", in either case; nothing for anything else.
std::optional<Color> color_of_text(std::string_view text);

}  // namespace convene::whiteboard
