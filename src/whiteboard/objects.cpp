#include "whiteboard/objects.hpp"

#include "base/overloaded.hpp"

namespace convene::whiteboard {
namespace {

/// What an object costs besides its points, data and letters.
constexpr std::size_t kFixedOctets = 256;

}  // namespace

std::size_t Picture::octets() const {
    std::size_t sum = 0;
    for (const auto& piece : data) sum += piece.size();
    return sum;
}

Bytes Picture::joined() const {
    Bytes out;
    out.reserve(octets());
    for (const auto& piece : data) append(out, piece.view());
    return out;
}

const PictureFormat& Picture::form() const {
    static const PictureFormat kPlain;
    return format ? *format : kPlain;
}

bool operator==(const Picture& left, const Picture& right) {
    bool same_form = left.format == right.format || left.form() == right.form();
    return same_form && left.size == right.size && left.anchor == right.anchor && left.part == right.part &&
           left.scale == right.scale && left.is_selected == right.is_selected && left.pad_bits == right.pad_bits &&
           left.is_complete == right.is_complete && left.joined() == right.joined();
}

std::size_t Object::octets() const {
    return kFixedOctets +
           std::visit(overloaded{[](const Drawing& drawing) { return drawing.deltas.size() * sizeof(Point); },
                                 [](const Picture& picture) { return picture.octets(); },
                                 [](const Text& text) { return text.utf8.size() + text.font.face.size(); }},
                      content);
}

Point anchor_of(const Content& content) {
    return std::visit([](const auto& each) { return each.anchor; }, content);
}

}  // namespace convene::whiteboard
