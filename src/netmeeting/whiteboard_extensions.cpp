#include "netmeeting/whiteboard_extensions.hpp"

#include <algorithm>
#include <map>

#include "netmeeting/whiteboard_text.hpp"

namespace convene::netmeeting {
namespace {

// What comes is trusted no further: spaces and empty lines cost a sender nothing.
constexpr std::size_t kMostColumn = 1000;

// textZOrder.
constexpr std::uint32_t kFront = 0;
constexpr std::uint32_t kBack = 1;

constexpr whiteboard::ColorRgb kNoFill{0, 0, 0};

whiteboard::ColorRgb rgb_of(whiteboard::Color color) { return {color.red, color.green, color.blue}; }
whiteboard::Color color_of(whiteboard::ColorRgb rgb) {
    whiteboard::Color out;
    out.red = rgb.r;
    out.green = rgb.g;
    out.blue = rgb.b;
    return out;
}

std::vector<TextLine> to_lines(const std::string& utf8) {
    std::vector<TextLine> out;
    for (std::size_t at = 0; at <= utf8.size() && out.size() <= kMaxTextLines;) {
        const std::size_t end = std::min(utf8.find('\n', at), utf8.size());
        out.push_back({0, static_cast<std::int16_t>(out.size()), line_octets(utf8.substr(at, end - at))});
        at = end + 1;
    }
    return out;
}

std::string from_lines(const std::vector<TextLine>& lines) {
    std::map<std::size_t, std::string> rows;
    for (const TextLine& line : lines) {
        const auto row = static_cast<std::size_t>(std::clamp<int>(line.line, 0, kMaxTextLines - 1));
        const auto column = static_cast<std::size_t>(std::clamp<int>(line.column, 0, kMostColumn));
        std::string& text = rows[row];
        if (text.size() < column) text.append(column - text.size(), ' ');
        text += line_text(line);
    }
    std::string out;
    std::size_t at = 0;
    for (const auto& [row, text] : rows) {
        out.append(row - std::exchange(at, row), '\n');
        out += text;
    }
    return out;
}

Font to_font(const whiteboard::Font& font) {
    Font out;
    out.height = font.height;
    out.weight = font.weight;
    out.italic = font.is_italic;
    out.underline = font.is_underlined;
    out.strike_out = font.is_struck_out;
    out.face = font.face;
    return out;
}
whiteboard::Font from_font(const Font& font) {
    whiteboard::Font out;
    out.face = font.face;
    out.height = font.height;
    out.weight = font.weight;
    out.is_italic = font.italic;
    out.is_underlined = font.underline;
    out.is_struck_out = font.strike_out;
    return out;
}

std::optional<WhiteboardText> to_text(const whiteboard::Operation& operation) {
    WhiteboardText out;
    if (const auto* create = std::get_if<whiteboard::CreateText>(&operation)) {
        const whiteboard::Text& text = create->text;
        out.action = WhiteboardText::Action::create;
        out.text = create->id;
        out.workspace = create->page;
        out.pen_color = rgb_of(text.pen);
        out.fill_color = text.fill.is_transparent ? kNoFill : rgb_of(text.fill);
        out.selected = text.is_selected;
        out.z_order = kFront;
        out.anchor = TextAnchor{text.anchor.x, text.anchor.y};
        out.font = to_font(text.font);
        out.lines = to_lines(text.utf8);
    } else if (const auto* edit = std::get_if<whiteboard::EditText>(&operation)) {
        out.action = WhiteboardText::Action::edit;
        out.text = edit->id;
        if (edit->pen) out.pen_color = rgb_of(*edit->pen);
        if (edit->fill) out.fill_color = edit->fill->is_transparent ? kNoFill : rgb_of(*edit->fill);
        out.selected = edit->is_selected;
        if (edit->stacking) out.z_order = *edit->stacking == whiteboard::Stacking::front ? kFront : kBack;
        if (edit->anchor) out.anchor = TextAnchor{edit->anchor->x, edit->anchor->y};
        if (edit->font) out.font = to_font(*edit->font);
        if (edit->utf8) out.lines = to_lines(*edit->utf8);
    } else if (const auto* gone = std::get_if<whiteboard::DeleteObject>(&operation)) {
        out.action = WhiteboardText::Action::remove;
        out.text = gone->id;
    } else {
        return std::nullopt;
    }
    return out;
}

std::optional<whiteboard::Color> fill_of(const WhiteboardText& text) {
    if (!text.fill_color) return std::nullopt;
    const bool is_none = *text.fill_color == kNoFill || text.fill_color == text.pen_color;
    return is_none ? whiteboard::kTransparent : color_of(*text.fill_color);
}

whiteboard::Operation from_text(const WhiteboardText& text) {
    if (text.action == WhiteboardText::Action::remove)
        return whiteboard::DeleteObject{text.text, whiteboard::ObjectKind::text};
    whiteboard::EditText edit;
    edit.id = text.text;
    if (text.lines) edit.utf8 = from_lines(*text.lines);
    if (text.anchor) edit.anchor = whiteboard::Point{text.anchor->x, text.anchor->y};
    if (text.pen_color) edit.pen = color_of(*text.pen_color);
    edit.fill = fill_of(text);
    if (text.font) edit.font = from_font(*text.font);
    edit.is_selected = text.selected;
    if (text.z_order) edit.stacking = *text.z_order == kBack ? whiteboard::Stacking::back : whiteboard::Stacking::front;
    if (text.action == WhiteboardText::Action::edit) return edit;
    whiteboard::CreateText create{edit.id, text.workspace, {}};
    create.text.utf8 = edit.utf8.value_or("");
    create.text.anchor = edit.anchor.value_or(whiteboard::Point{});
    create.text.pen = edit.pen.value_or(whiteboard::kBlack);
    create.text.fill = edit.fill.value_or(whiteboard::kTransparent);
    create.text.font = edit.font.value_or(whiteboard::Font{});
    create.text.is_selected = edit.is_selected.value_or(false);
    return create;
}

std::optional<whiteboard::Operation> decode_text(const whiteboard::NonStandardParameter& parameter) {
    if (!is_text_key(parameter.identifier)) return whiteboard::native_extensions().decode(parameter);
    const auto text = read_whiteboard_text(parameter.data);
    if (!text) return std::nullopt;
    return from_text(*text);
}

std::optional<whiteboard::NonStandardParameter> encode_text(const whiteboard::Operation& operation) {
    if (const auto text = to_text(operation)) {
        whiteboard::NonStandardParameter out{text_key(), write_whiteboard_text(*text)};
        if (decode_text(out) == operation) return out;
    }
    return whiteboard::native_extensions().encode(operation);
}

}  // namespace

whiteboard::Extensions whiteboard_extensions() { return {encode_text, decode_text}; }

}  // namespace convene::netmeeting
