// One number for all that a board shows.
#include <string_view>

#include "base/overloaded.hpp"
#include "whiteboard/board.hpp"
#include "whiteboard/codec.hpp"

namespace convene::whiteboard {
namespace {

/// Writes values so that different ones never give the same octets: every run of octets has its length before it.
class Canon {
public:
    void number(std::uint64_t value) {
        std::byte octets[8];
        for (int i = 0; i < 8; ++i) octets[i] = static_cast<std::byte>(value >> (8 * i));
        hash_.update(octets);
    }
    void octets(ByteView value) {
        number(value.size());
        hash_.update(value);
    }
    void point(Point value) {
        number(static_cast<std::uint32_t>(value.x));
        number(static_cast<std::uint32_t>(value.y));
    }
    void color(Color value) {
        number(value.red | value.green << 8 | value.blue << 16 | static_cast<int>(value.is_transparent) << 24);
    }
    template <class T, class Write>
    void optional(const std::optional<T>& value, Write write) {
        number(value.has_value() ? 1 : 0);
        if (value) write(*value);
    }
    void area(const std::optional<Area>& value) {
        optional(value, [&](const Area& area) {
            point(area.upper_left);
            point(area.lower_right);
        });
    }
    Sha256Digest finish() { return hash_.finish(); }

private:
    Sha256 hash_;
};

void digest_of(Canon& canon, const Page& page) {
    canon.number(page.id.value);
    canon.number(page.size.width);
    canon.number(page.size.height);
    canon.color(page.background);
    canon.number(page.preserve ? 1 : 0);
    canon.number(page.is_ready ? 1 : 0);
    canon.number(page.place);
    for (const Plane& plane : page.planes)
        canon.number((plane.is_editable ? 1 : 0) | (plane.has_annotations ? 2 : 0) | (plane.has_images ? 4 : 0) |
                     (plane.is_protected ? 8 : 0));
    canon.number(page.views.size());
    for (const View& view : page.views) {
        canon.number(view.id.value);
        canon.area(view.region);
        canon.number(static_cast<unsigned>(view.state));
        canon.number(view.updates_enabled ? 1 : 0);
    }
}

void digest_of(Canon& canon, const Drawing& drawing) {
    const Style& style = drawing.style;
    canon.number(static_cast<unsigned>(drawing.shape));
    canon.color(style.pen);
    canon.color(style.fill);
    canon.number(style.thickness);
    canon.number(static_cast<unsigned>(style.nib));
    canon.number(static_cast<unsigned>(style.pattern));
    canon.number((style.is_highlight ? 1 : 0) | (style.is_selected ? 2 : 0));
    canon.point(drawing.anchor);
    canon.optional(drawing.rotation, [&](const Rotation& rotation) {
        canon.number(rotation.minutes);
        canon.point(rotation.axis);
    });
    canon.number(drawing.deltas.size());
    for (Point delta : drawing.deltas) canon.point(delta);
}

void digest_of(Canon& canon, const Picture& picture) {
    // The format has a canonical form: that in which it travels.
    const PictureFormat& form = picture.form();
    BitmapCreatePdu travelling;
    travelling.pixel_aspect_ratio = form.aspect_ratio;
    travelling.format = form.header;
    if (form.mask) travelling.attributes = BitmapAttributes{*form.mask};
    if (!form.extras.empty()) travelling.non_standard_parameters = form.extras;
    canon.octets(encode(SiPdu(travelling)).value_or(Bytes{}));
    canon.number(picture.size.width);
    canon.number(picture.size.height);
    canon.point(picture.anchor);
    canon.area(picture.part);
    canon.optional(picture.scale, [&](Point scale) { canon.point(scale); });
    canon.number((picture.is_selected ? 1 : 0) | (picture.is_complete ? 2 : 0));
    canon.number(picture.pad_bits);
    canon.octets(picture.joined());
}

void digest_of(Canon& canon, const Text& text) {
    canon.octets(as_bytes(text.utf8));
    canon.point(text.anchor);
    canon.color(text.pen);
    canon.color(text.fill);
    canon.octets(as_bytes(text.font.face));
    canon.number(static_cast<std::uint32_t>(text.font.height));
    canon.number(static_cast<std::uint32_t>(text.font.weight));
    canon.number((text.font.is_italic ? 1 : 0) | (text.font.is_underlined ? 2 : 0) | (text.font.is_struck_out ? 4 : 0) |
                 (text.is_selected ? 8 : 0));
}

}  // namespace

Sha256Digest Board::digest() const {
    Canon canon;
    canon.optional(current_, [&](ItemId page) { canon.number(page.value); });
    for (ItemId id : pages()) {
        const Sheet& sheet = sheets_.at(id);
        digest_of(canon, sheet.page);
        canon.number(sheet.order.size());
        for (const OrderKey& key : sheet.order) {
            canon.number(key.id.value);
            canon.number(key.plane);
            const Object& object = *objects_.at(key.id).object;
            canon.number(object.content.index());
            std::visit([&](const auto& content) { digest_of(canon, content); }, object.content);
        }
    }
    return canon.finish();
}

}  // namespace convene::whiteboard
