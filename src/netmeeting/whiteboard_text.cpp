#include "netmeeting/whiteboard_text.hpp"

#include <algorithm>

#include "gcc/names.hpp"
#include "netmeeting/extension_key.hpp"
#include "netmeeting/little_endian.hpp"
#include "netmeeting/windows_1252.hpp"

namespace convene::netmeeting {
namespace {

constexpr std::string_view kName = "Text2";
constexpr std::uint16_t kManufacturer = 0x4C53;  // so in this key, 534C in that of bitmaps

constexpr std::size_t kHeadBytes = 12;  // action, handle, workspace
constexpr std::size_t kFontAt = 40;
constexpr std::size_t kFontHeadBytes = 28;  // of LOGFONT, before the name
constexpr std::size_t kLineHeadBytes = 8;   // of VARIABLE_STRING
/// Of attributesFlag: what is meant, for every field has its place.
struct Flag {
    static constexpr std::uint32_t pen = 0x01, fill = 0x02, view_state = 0x04, z_order = 0x08;
    static constexpr std::uint32_t anchor = 0x10, font = 0x20, lines = 0x40;
};

constexpr std::size_t font_bytes(FontForm form) {
    return kFontHeadBytes + (kMaxFaceUnits + 1) * (form == FontForm::wide ? 2 : 1);
}
constexpr std::size_t lines_at(FontForm form) { return kFontAt + font_bytes(form); }

whiteboard::ColorRgb color_at(ByteView octets, std::size_t at) {
    auto part = [&](std::size_t i) { return std::to_integer<std::uint8_t>(octets[at + i]); };
    return {part(0), part(1), part(2)};
}
void put_color(Bytes& out, const std::optional<whiteboard::ColorRgb>& color) {
    auto c = color.value_or(whiteboard::ColorRgb{});
    put_u32(out, static_cast<std::uint32_t>(c.r | c.g << 8 | c.b << 16));
}

struct Lines {
    std::vector<TextLine> lines;
    bool exact = false;  ///< nothing is left over
};

/// The lines behind a font of this form; nothing when they cannot be there.
std::optional<Lines> read_lines(ByteView octets, FontForm form) {
    std::size_t at = lines_at(form);
    if (octets.size() < at + 4) return std::nullopt;
    const std::uint32_t count = u32_at(octets, at);
    at += 4;
    if (count > kMaxTextLines) return std::nullopt;
    Lines out;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (octets.size() - at < kLineHeadBytes) return std::nullopt;
        const std::size_t size = u32_at(octets, at);
        if (size < kLineHeadBytes || size > octets.size() - at || size - kLineHeadBytes > kMaxLineOctets)
            return std::nullopt;
        const auto text = octets.subspan(at + kLineHeadBytes, size - kLineHeadBytes);
        out.lines.push_back({static_cast<std::int16_t>(u16_at(octets, at + 4)),
                             static_cast<std::int16_t>(u16_at(octets, at + 6)), std::string(as_text(text))});
        at += size;
    }
    // Without lines there may still stand an empty string.
    const std::size_t left = octets.size() - at;
    out.exact = left == 0 || (count == 0 && left == kLineHeadBytes && u32_at(octets, at) == kLineHeadBytes);
    return out;
}

/// The form of the font in which the lines fit exactly, or else in which there are some.
std::optional<FontForm> form_of(ByteView octets) {
    const auto narrow = read_lines(octets, FontForm::narrow);
    const auto wide = read_lines(octets, FontForm::wide);
    if (wide && wide->exact) return FontForm::wide;
    if (narrow && narrow->exact) return FontForm::narrow;
    // No lines "fit" wherever there are four zeros, so that says nothing.
    if (wide && !wide->lines.empty()) return FontForm::wide;
    if (narrow && !narrow->lines.empty()) return FontForm::narrow;
    return std::nullopt;
}

std::string read_face(ByteView name, FontForm form) {
    std::u16string units;
    if (form == FontForm::narrow) {
        units = from_windows_1252(as_text(name));
    } else {
        for (std::size_t i = 0; i + 1 < name.size(); i += 2) units.push_back(static_cast<char16_t>(u16_at(name, i)));
    }
    units.resize(std::min(std::min(units.size(), units.find(u'\0')), kMaxFaceUnits));
    return gcc::to_utf8(units);
}

Font read_font(ByteView octets, FontForm form) {
    auto number = [&](std::size_t i) { return s32_at(octets, kFontAt + 4 * i); };
    auto octet = [&](std::size_t i) { return std::to_integer<std::uint8_t>(octets[kFontAt + 20 + i]); };
    Font out;
    out.height = number(0);
    out.width = number(1);
    out.escapement = number(2);
    out.orientation = number(3);
    out.weight = number(4);
    out.italic = octet(0) != 0;
    out.underline = octet(1) != 0;
    out.strike_out = octet(2) != 0;
    out.character_set = octet(3);
    out.out_precision = octet(4);
    out.clip_precision = octet(5);
    out.quality = octet(6);
    out.pitch_and_family = octet(7);
    out.face = read_face(octets.subspan(kFontAt + kFontHeadBytes, font_bytes(form) - kFontHeadBytes), form);
    return out;
}

void put_font(Bytes& out, const Font& font, FontForm form) {
    for (std::int32_t number : {font.height, font.width, font.escapement, font.orientation, font.weight})
        put_s32(out, number);
    append(out, bytes({font.italic, font.underline, font.strike_out, font.character_set, font.out_precision,
                       font.clip_precision, font.quality, font.pitch_and_family}));
    const std::u16string face = gcc::to_bmp(font.face);
    const std::string narrow = to_windows_1252(face);
    for (std::size_t i = 0; i <= kMaxFaceUnits; ++i) {
        const bool is_there = i < face.size() && i < kMaxFaceUnits;
        if (form == FontForm::wide) {
            put_u16(out, is_there ? face[i] : std::uint16_t{0});
        } else {
            out.push_back(is_there ? static_cast<std::byte>(narrow[i]) : std::byte{0});
        }
    }
}

void put_lines(Bytes& out, const std::vector<TextLine>& lines) {
    const std::size_t count = std::min(lines.size(), kMaxTextLines);
    put_u32(out, static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count || i == 0; ++i) {
        const TextLine line = i < count ? lines[i] : TextLine{};
        const auto text = as_bytes(line.octets).first(std::min(line.octets.size(), kMaxLineOctets));
        put_u32(out, static_cast<std::uint32_t>(kLineHeadBytes + text.size()));
        put_u16(out, static_cast<std::uint16_t>(line.column));
        put_u16(out, static_cast<std::uint16_t>(line.line));
        append(out, text);
    }
}

}  // namespace

std::optional<WhiteboardText> read_whiteboard_text(ByteView octets) {
    using Action = WhiteboardText::Action;
    if (octets.size() < kHeadBytes) return std::nullopt;
    const std::uint32_t action = u32_at(octets, 0);
    if (action < static_cast<std::uint32_t>(Action::create) || action > static_cast<std::uint32_t>(Action::edit))
        return std::nullopt;
    WhiteboardText out;
    out.action = static_cast<Action>(action);
    out.text = whiteboard::Handle{u32_at(octets, 4)};
    out.workspace = whiteboard::Handle{u32_at(octets, 8)};
    if (out.action == Action::remove) return out;
    if (octets.size() < kFontAt) return std::nullopt;

    const std::uint32_t flags = u32_at(octets, 12);
    if (flags & Flag::pen) out.pen_color = color_at(octets, 16);
    if (flags & Flag::fill) out.fill_color = color_at(octets, 20);
    if (flags & Flag::view_state) out.selected = u32_at(octets, 24) != 0;
    if (flags & Flag::z_order) out.z_order = u32_at(octets, 28);
    if (flags & Flag::anchor) out.anchor = TextAnchor{s32_at(octets, 32), s32_at(octets, 36)};
    const auto form = form_of(octets);
    if (!form) {
        // The rest may be missing as long as nothing is said there.
        if (flags & (Flag::font | Flag::lines)) return std::nullopt;
        return out;
    }
    out.form = *form;
    if (flags & Flag::font) out.font = read_font(octets, *form);
    if (flags & Flag::lines) out.lines = read_lines(octets, *form)->lines;
    return out;
}

Bytes write_whiteboard_text(const WhiteboardText& text) {
    Bytes out;
    put_u32(out, static_cast<std::uint32_t>(text.action));
    put_u32(out, text.text.value);
    put_u32(out, text.workspace.value);
    if (text.action == WhiteboardText::Action::remove) return out;
    std::uint32_t flags = 0;
    if (text.pen_color) flags |= Flag::pen;
    if (text.fill_color) flags |= Flag::fill;
    if (text.selected) flags |= Flag::view_state;
    if (text.z_order) flags |= Flag::z_order;
    if (text.anchor) flags |= Flag::anchor;
    if (text.font) flags |= Flag::font;
    if (text.lines) flags |= Flag::lines;
    put_u32(out, flags);
    put_color(out, text.pen_color);
    put_color(out, text.fill_color);
    put_u32(out, text.selected.value_or(false) ? 1 : 0);
    put_u32(out, text.z_order.value_or(0));
    const TextAnchor anchor = text.anchor.value_or(TextAnchor{});
    put_s32(out, anchor.x);
    put_s32(out, anchor.y);
    put_font(out, text.font.value_or(Font{}), text.form);
    put_lines(out, text.lines.value_or(std::vector<TextLine>{}));
    return out;
}

std::string line_text(const TextLine& line) { return gcc::to_utf8(from_windows_1252(line.octets)); }
std::string line_octets(std::string_view utf8) { return to_windows_1252(gcc::to_bmp(utf8)); }

whiteboard::NonStandardIdentifier text_key() { return extension_key(kManufacturer, kName); }
bool is_text_key(const whiteboard::NonStandardIdentifier& key) { return is_extension_key(key, kName); }

std::optional<WhiteboardText> text_in(const whiteboard::SiPdu& pdu) {
    const auto* non_standard = std::get_if<whiteboard::NonStandardPdu>(&pdu);
    if (non_standard == nullptr || !is_text_key(non_standard->transaction.identifier)) return std::nullopt;
    return read_whiteboard_text(non_standard->transaction.data);
}

whiteboard::NonStandardPdu pdu_of(const WhiteboardText& text) { return {{text_key(), write_whiteboard_text(text)}}; }

}  // namespace convene::netmeeting
