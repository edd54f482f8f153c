/// What lies on a board, in the JSON of the page, and what the page says of it.
#pragma once

#include <optional>

#include "session/json_reader.hpp"
#include "session/json_writer.hpp"
#include "whiteboard/editor.hpp"

namespace convene::session {

// T.126 has 16 bits and a bit for a coordinate; what lies beyond is cut off.
inline constexpr std::int64_t kLeastCoordinate = -21'845;
inline constexpr std::int64_t kMostCoordinate = 43'690;

/// An object as a member of what is being written: all but its id, its page, its author and its height.
void write_content(JsonWriter& out, const whiteboard::Content& content);
void write_page(JsonWriter& out, const whiteboard::Page& page);

whiteboard::Point read_point(const JsonValue& point);
struct Box {
    whiteboard::Point upper_left;
    whiteboard::Extent size;
};
Box read_box(const JsonValue& box);
/// "#rrggbb", or "none"; nothing for all else.
std::optional<whiteboard::Color> read_color(const std::string& text);
/// Nothing for what has no point, or no shape that is known.
std::optional<whiteboard::Drawing> read_drawing(const JsonValue& drawing);
whiteboard::Text read_text(const JsonValue& text);
/// `font` with what is said otherwise.
whiteboard::Font read_font(const JsonValue& said, whiteboard::Font font);
/// Of a style only what is said.
whiteboard::EditDrawing read_style_change(const JsonValue& style);
std::uint16_t minutes_of(double degrees);
std::vector<whiteboard::ItemId> read_items(const JsonValue& command, std::string_view name);
whiteboard::ItemId read_item(const JsonValue& command, std::string_view name);

}  // namespace convene::session
