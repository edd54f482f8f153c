/// What is on a whiteboard, as JSON and in the words of commands.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "whiteboard/objects.hpp"

namespace convene::cli {

/// "#ff0000"; null when it is transparent.
nlohmann::ordered_json to_json(whiteboard::Color color);
/// "red" or "#ff0000"; nothing for what is no colour.
std::optional<whiteboard::Color> color_of(std::string_view text);
/// The names that color_of() knows, separated by spaces.
std::string color_names();

/// {"kind": "line", "pen": …, "points": [[x, y], …], …}: docs/scripting.md.
nlohmann::ordered_json to_json(const whiteboard::Object& object);

}  // namespace convene::cli
