// Text in a nonStandardPDU under a key of our own: an octet for what is done, the handle, for a creation the page, then
// an octet for each field and the field. A creation has all of them.
#include <utility>

#include "whiteboard/extensions.hpp"
#include "whiteboard/wire_octets.hpp"

namespace convene::whiteboard {
namespace {

enum class TextVerb : std::uint8_t { create, edit, remove };
enum class TextField : std::uint8_t { utf8, anchor, pen, fill, font, is_selected, stacking };

const NonStandardIdentifier& text_key() {
    static const NonStandardIdentifier kKey{gcc::h221_key(to_bytes("Convene text"))};
    return kKey;
}

OctetWriter& field(OctetWriter& out, TextField field) { return out.number(static_cast<unsigned>(field), 1); }

void write_color(OctetWriter& out, Color color) {
    out.number(color.red, 1).number(color.green, 1).number(color.blue, 1).number(color.is_transparent ? 1 : 0, 1);
}
Color read_color(OctetReader& in) {
    Color color;
    color.red = static_cast<std::uint8_t>(in.number(1));
    color.green = static_cast<std::uint8_t>(in.number(1));
    color.blue = static_cast<std::uint8_t>(in.number(1));
    return in.number(1) != 0 ? kTransparent : color;
}

void write_fields(OctetWriter& out, const EditText& edit) {
    if (edit.utf8) field(out, TextField::utf8).text(*edit.utf8);
    if (edit.anchor) {
        field(out, TextField::anchor).number(static_cast<std::uint32_t>(edit.anchor->x), 4);
        out.number(static_cast<std::uint32_t>(edit.anchor->y), 4);
    }
    if (edit.pen) write_color(field(out, TextField::pen), *edit.pen);
    if (edit.fill) write_color(field(out, TextField::fill), *edit.fill);
    if (edit.font) {
        const Font& font = *edit.font;
        field(out, TextField::font).text(font.face).number(static_cast<std::uint32_t>(font.height), 4);
        out.number(static_cast<std::uint32_t>(font.weight), 4);
        out.number((font.is_italic ? 1 : 0) | (font.is_underlined ? 2 : 0) | (font.is_struck_out ? 4 : 0), 1);
    }
    if (edit.is_selected) field(out, TextField::is_selected).number(*edit.is_selected ? 1 : 0, 1);
    if (edit.stacking) field(out, TextField::stacking).number(static_cast<unsigned>(*edit.stacking), 1);
}

bool read_field(OctetReader& in, EditText& edit) {
    auto signed_number = [&] { return static_cast<std::int32_t>(static_cast<std::uint32_t>(in.number(4))); };
    switch (static_cast<TextField>(in.number(1))) {
        case TextField::utf8:
            edit.utf8 = in.text();
            return true;
        case TextField::anchor:
            edit.anchor.emplace();
            edit.anchor->x = signed_number();
            edit.anchor->y = signed_number();
            return true;
        case TextField::pen:
            edit.pen = read_color(in);
            return true;
        case TextField::fill:
            edit.fill = read_color(in);
            return true;
        case TextField::font: {
            Font font;
            font.face = in.text();
            font.height = signed_number();
            font.weight = signed_number();
            auto flags = in.number(1);
            font.is_italic = (flags & 1) != 0;
            font.is_underlined = (flags & 2) != 0;
            font.is_struck_out = (flags & 4) != 0;
            edit.font = std::move(font);
            return true;
        }
        case TextField::is_selected:
            edit.is_selected = in.number(1) != 0;
            return true;
        case TextField::stacking:
            edit.stacking = in.number(1) == 0 ? Stacking::front : Stacking::back;
            return true;
    }
    return false;
}

std::optional<NonStandardParameter> encode_text(const Operation& operation) {
    OctetWriter out;
    if (const auto* create = std::get_if<CreateText>(&operation)) {
        const Text& text = create->text;
        out.number(static_cast<unsigned>(TextVerb::create), 1).number(create->id.value, 4);
        out.number(create->page.value, 4);
        write_fields(out, EditText{create->id, text.utf8, text.anchor, text.pen, text.fill, text.font, text.is_selected,
                                   std::nullopt});
    } else if (const auto* edit = std::get_if<EditText>(&operation)) {
        out.number(static_cast<unsigned>(TextVerb::edit), 1).number(edit->id.value, 4);
        write_fields(out, *edit);
    } else if (const auto* gone = std::get_if<DeleteObject>(&operation)) {
        out.number(static_cast<unsigned>(TextVerb::remove), 1).number(gone->id.value, 4);
    } else {
        return std::nullopt;
    }
    return NonStandardParameter{text_key(), out.take()};
}

std::optional<Operation> decode_text(const NonStandardParameter& parameter) {
    if (!(parameter.identifier == text_key())) return std::nullopt;
    OctetReader in(parameter.data);
    auto verb = static_cast<TextVerb>(in.number(1));
    EditText edit;
    edit.id = ItemId{static_cast<std::uint32_t>(in.number(4))};
    ItemId page;
    if (verb == TextVerb::create) page = ItemId{static_cast<std::uint32_t>(in.number(4))};
    while (in.is_good() && !in.is_done()) {
        if (!read_field(in, edit)) return std::nullopt;
    }
    if (!in.is_good()) return std::nullopt;
    switch (verb) {
        case TextVerb::create: {
            CreateText create{edit.id, page};
            create.text.utf8 = edit.utf8.value_or("");
            create.text.anchor = edit.anchor.value_or(Point{});
            create.text.pen = edit.pen.value_or(kBlack);
            create.text.fill = edit.fill.value_or(kTransparent);
            create.text.font = edit.font.value_or(Font{});
            create.text.is_selected = edit.is_selected.value_or(false);
            return create;
        }
        case TextVerb::edit:
            return edit;
        case TextVerb::remove:
            return DeleteObject{edit.id, ObjectKind::text};
    }
    return std::nullopt;
}

}  // namespace

Extensions native_extensions() { return {encode_text, decode_text}; }

}  // namespace convene::whiteboard
