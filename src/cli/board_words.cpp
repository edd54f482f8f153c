#include "cli/board_words.hpp"

#include <algorithm>
#include <charconv>

#include "base/overloaded.hpp"
#include "whiteboard/color_text.hpp"

namespace convene::cli {
namespace {

using Json = nlohmann::ordered_json;

struct NamedColor {
    std::string_view name;
    whiteboard::Color color;
};
constexpr NamedColor kColors[] = {
    {"black", {0, 0, 0, false}},       {"white", {255, 255, 255, false}}, {"red", {255, 0, 0, false}},
    {"green", {0, 128, 0, false}},     {"blue", {0, 0, 255, false}},      {"yellow", {255, 255, 0, false}},
    {"orange", {255, 165, 0, false}},  {"purple", {128, 0, 128, false}},  {"cyan", {0, 255, 255, false}},
    {"magenta", {255, 0, 255, false}}, {"gray", {128, 128, 128, false}},  {"brown", {165, 42, 42, false}},
};

Json point(std::int64_t x, std::int64_t y) { return Json::array({x, y}); }
Json point(whiteboard::Point at) { return point(at.x, at.y); }

std::string_view word_for(whiteboard::Shape shape) {
    switch (shape) {
        case whiteboard::Shape::point:
            return "point";
        case whiteboard::Shape::open_line:
            return "line";
        case whiteboard::Shape::closed_line:
            return "polygon";
        case whiteboard::Shape::rectangle:
            return "rectangle";
        case whiteboard::Shape::ellipse:
            return "ellipse";
    }
    return "";
}

void put(Json& out, const whiteboard::Drawing& drawing) {
    out["kind"] = word_for(drawing.shape);
    out["pen"] = to_json(drawing.style.pen);
    out["fill"] = to_json(drawing.style.fill);
    out["thickness"] = drawing.style.thickness;
    if (drawing.style.is_highlight) out["highlight"] = true;
    if (drawing.rotation) out["rotation"] = drawing.rotation->minutes / 60.0;
    Json points = Json::array({point(drawing.anchor)});
    std::int64_t x = drawing.anchor.x, y = drawing.anchor.y;
    for (const whiteboard::Point delta : drawing.deltas) points.push_back(point(x += delta.x, y += delta.y));
    out["points"] = std::move(points);
}

void put(Json& out, const whiteboard::Picture& picture) {
    out["kind"] = "picture";
    out["points"] = Json::array({point(picture.anchor)});
    out["width"] = picture.scale ? picture.scale->x : static_cast<std::int64_t>(picture.size.width);
    out["height"] = picture.scale ? picture.scale->y : static_cast<std::int64_t>(picture.size.height);
    out["octets"] = picture.octets();
    out["complete"] = picture.is_complete;
}

void put(Json& out, const whiteboard::Text& text) {
    out["kind"] = "text";
    out["text"] = text.utf8;
    out["pen"] = to_json(text.pen);
    out["fill"] = to_json(text.fill);
    out["points"] = Json::array({point(text.anchor)});
    out["font"] = Json{{"face", text.font.face},
                       {"height", text.font.height},
                       {"bold", text.font.weight > 550},
                       {"italic", text.font.is_italic}};
}

}  // namespace

Json to_json(whiteboard::Color color) {
    if (color.is_transparent) return nullptr;
    return whiteboard::color_text(color);
}

std::optional<whiteboard::Color> color_of(std::string_view text) {
    const auto found =
        std::find_if(std::begin(kColors), std::end(kColors), [=](const NamedColor& each) { return each.name == text; });
    if (found != std::end(kColors)) return found->color;
    return whiteboard::color_of_text(text);
}

std::string color_names() {
    std::string out;
    for (const NamedColor& each : kColors) out += (out.empty() ? "" : " ") + std::string(each.name);
    return out;
}

Json to_json(const whiteboard::Object& object) {
    Json out = Json::object();
    std::visit([&](const auto& content) { put(out, content); }, object.content);
    if (object.is_pointer) out["kind"] = "pointer";
    return out;
}

}  // namespace convene::cli
