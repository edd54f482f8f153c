#include "session/board_json.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

#include "base/overloaded.hpp"
#include "whiteboard/color_text.hpp"

namespace convene::session {
namespace {

using namespace whiteboard;

// In the order of the enumerations.
constexpr std::array<std::string_view, 5> kShapes{"point", "open", "closed", "rectangle", "ellipse"};
constexpr std::array<std::string_view, 2> kNibs{"circular", "square"};
constexpr std::array<std::string_view, 6> kPatterns{"solid",    "dashed",       "dotted",
                                                    "dash-dot", "dash-dot-dot", "two-tone"};
constexpr std::int32_t kBold = 600;            // and heavier
constexpr std::int32_t kBoldWeight = 700;      // of what is made here
constexpr std::int64_t kMostFontSize = 4'096;  // pixels
constexpr std::uint16_t kFullTurn = 360 * 60;

template <class Enum, std::size_t Size>
std::optional<Enum> read_word(const std::array<std::string_view, Size>& words, const std::string& word) {
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

void write_color(JsonWriter& out, std::string_view name, Color color) {
    if (color.is_transparent) {
        out.member(name, "none");
        return;
    }
    out.member(name, color_text(color));
}

void write_point(JsonWriter& out, Point point) {
    out.begin_object().member("x", point.x).member("y", point.y).end_object();
}

void write(JsonWriter& out, const Drawing& drawing) {
    const Style& style = drawing.style;
    out.member("kind", "drawing").member("shape", kShapes[static_cast<std::size_t>(drawing.shape)]);
    out.name("style").begin_object();
    write_color(out, "pen", style.pen);
    write_color(out, "fill", style.fill);
    out.member("thickness", style.thickness).member("nib", kNibs[static_cast<std::size_t>(style.nib)]);
    out.member("pattern", kPatterns[static_cast<std::size_t>(style.pattern)]).member("highlight", style.is_highlight);
    out.end_object();
    out.name("points").begin_array();
    Point at = drawing.anchor;
    write_point(out, at);
    for (const Point delta : drawing.deltas) {
        at = {at.x + delta.x, at.y + delta.y};
        write_point(out, at);
    }
    out.end_array();
    if (!drawing.rotation || drawing.rotation->minutes == 0) return;
    out.name("rotation").begin_object().name("degrees").ratio(drawing.rotation->minutes, 60).name("axis");
    write_point(out, {drawing.anchor.x + drawing.rotation->axis.x, drawing.anchor.y + drawing.rotation->axis.y});
    out.end_object();
}

void write_box(JsonWriter& out, std::string_view name, Point at, std::int64_t width, std::int64_t height) {
    out.name(name).begin_object().member("x", at.x).member("y", at.y);
    out.member("width", width).member("height", height).end_object();
}

void write(JsonWriter& out, const Picture& picture) {
    out.member("kind", "picture").member("width", picture.size.width).member("height", picture.size.height);
    std::int64_t width = picture.size.width;
    std::int64_t height = picture.size.height;
    if (const auto& part = picture.part) {
        width = std::max<std::int64_t>(std::int64_t{part->lower_right.x} - part->upper_left.x + 1, 0);
        height = std::max<std::int64_t>(std::int64_t{part->lower_right.y} - part->upper_left.y + 1, 0);
        write_box(out, "part", part->upper_left, width, height);
    }
    if (picture.scale) {
        width = picture.scale->x;
        height = picture.scale->y;
    }
    write_box(out, "box", picture.anchor, width, height);
    out.member("complete", picture.is_complete);
}

void write(JsonWriter& out, const Text& text) {
    const Font& font = text.font;
    out.member("kind", "text").member("text", text.utf8).name("at");
    write_point(out, text.anchor);
    write_color(out, "color", text.pen);
    write_color(out, "background", text.fill);
    // The height of a line, where that is what is given, is that much more than the font's size.
    const std::int64_t size =
        font.height < 0 ? -std::int64_t{font.height} : std::int64_t{font.height} * 10 / kLineTenths;
    out.name("font").begin_object().member("face", font.face).member("size", size);
    out.member("bold", font.weight >= kBold).member("italic", font.is_italic).member("underline", font.is_underlined);
    out.end_object();
}

std::int32_t coordinate(double value) {
    return static_cast<std::int32_t>(whole(value, kLeastCoordinate, kMostCoordinate));
}

}  // namespace

void write_content(JsonWriter& out, const Content& content) {
    std::visit([&](const auto& each) { write(out, each); }, content);
}

void write_page(JsonWriter& out, const Page& page) {
    out.begin_object().member("id", page.id.value).member("width", page.size.width).member("height", page.size.height);
    write_color(out, "background", page.background);
    out.end_object();
}

Point read_point(const JsonValue& point) { return {coordinate(point.number("x")), coordinate(point.number("y"))}; }

Box read_box(const JsonValue& box) {
    const Point end{coordinate(box.number("x") + box.number("width")),
                    coordinate(box.number("y") + box.number("height"))};
    const Point at = read_point(box);
    return {
        at,
        {static_cast<std::uint32_t>(std::max(end.x - at.x, 0)), static_cast<std::uint32_t>(std::max(end.y - at.y, 0))}};
}

std::optional<Color> read_color(const std::string& text) {
    if (text == "none") return kTransparent;
    return color_of_text(text);
}

std::uint16_t minutes_of(double degrees) {
    auto minutes = whole(degrees * 60, -1'000'000'000, 1'000'000'000) % kFullTurn;
    if (minutes < 0) minutes += kFullTurn;
    return static_cast<std::uint16_t>(minutes);
}

EditDrawing read_style_change(const JsonValue& style) {
    EditDrawing out;
    out.pen = read_color(style.text("pen"));
    out.fill = read_color(style.text("fill"));
    if (style.has("thickness")) out.thickness = static_cast<std::uint8_t>(whole(style.number("thickness"), 1, 255));
    out.nib = read_word<Nib>(kNibs, style.text("nib"));
    out.pattern = read_word<Pattern>(kPatterns, style.text("pattern"));
    if (style.has("highlight")) out.is_highlight = style.truth("highlight");
    return out;
}

std::optional<Drawing> read_drawing(const JsonValue& drawing) {
    const auto shape = read_word<Shape>(kShapes, drawing.text("shape"));
    const auto& points = drawing.items("points");
    if (!shape || points.empty()) return std::nullopt;
    Drawing out;
    out.shape = *shape;
    if (const JsonValue* said = drawing.find("style")) {
        const EditDrawing style = read_style_change(*said);
        out.style.pen = style.pen.value_or(kBlack);
        out.style.fill = style.fill.value_or(kTransparent);
        out.style.thickness = style.thickness.value_or(1);
        out.style.nib = style.nib.value_or(Nib::circular);
        out.style.pattern = style.pattern.value_or(Pattern::solid);
        out.style.is_highlight = style.is_highlight.value_or(false);
    }
    out.anchor = read_point(points.front());
    Point last = out.anchor;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point at = read_point(points[i]);
        out.deltas.push_back({at.x - last.x, at.y - last.y});
        last = at;
    }
    if (const JsonValue* rotation = drawing.find("rotation"); rotation != nullptr && rotation->has("axis")) {
        const Point axis = read_point(*rotation->find("axis"));
        out.rotation =
            Rotation{minutes_of(rotation->number("degrees")), {axis.x - out.anchor.x, axis.y - out.anchor.y}};
    }
    return out;
}

Font read_font(const JsonValue& said, Font font) {
    if (said.has("face")) font.face = said.text("face");
    if (said.has("size")) font.height = -static_cast<std::int32_t>(whole(said.number("size"), 1, kMostFontSize));
    if (said.has("bold") && said.truth("bold") != (font.weight >= kBold))
        font.weight = said.truth("bold") ? kBoldWeight : 400;
    if (said.has("italic")) font.is_italic = said.truth("italic");
    if (said.has("underline")) font.is_underlined = said.truth("underline");
    return font;
}

Text read_text(const JsonValue& text) {
    Text out;
    out.utf8 = text.text("text");
    if (const JsonValue* at = text.find("at")) out.anchor = read_point(*at);
    out.pen = read_color(text.text("color")).value_or(kBlack);
    out.fill = read_color(text.text("background")).value_or(kTransparent);
    if (const JsonValue* font = text.find("font")) out.font = read_font(*font, out.font);
    return out;
}

ItemId read_item(const JsonValue& command, std::string_view name) {
    return ItemId{static_cast<std::uint32_t>(whole(command.number(name), 0, UINT32_MAX))};
}

std::vector<ItemId> read_items(const JsonValue& command, std::string_view name) {
    std::vector<ItemId> out;
    for (const JsonValue& item : command.items(name))
        out.push_back(ItemId{static_cast<std::uint32_t>(whole(item.number(), 0, UINT32_MAX))});
    return out;
}

}  // namespace convene::session
