#include <algorithm>

#include "whiteboard/operation_parts.hpp"

namespace convene::whiteboard {
namespace {

constexpr std::string_view kAuthorKey = "Convene author";

BitmapRegion pdu_part(const Area& area) {
    auto side = [](std::int32_t value) { return static_cast<std::uint16_t>(std::clamp(value, 0, 65'535)); };
    return {{side(area.upper_left.x), side(area.upper_left.y)}, {side(area.lower_right.x), side(area.lower_right.y)}};
}
Area part_of(const BitmapRegion& region) {
    return {{region.upper_left.x, region.upper_left.y}, {region.lower_right.x, region.lower_right.y}};
}

ViewState pdu_view_state(bool is_selected) { return is_selected ? ViewState(Selected{}) : ViewState(Unselected{}); }

BitmapData pdu_data(Bytes octets, std::uint8_t pad_bits, const std::vector<std::uint8_t>& checkpoints) {
    BitmapData out;
    if (!checkpoints.empty()) out.checkpoints = checkpoints;
    if (pad_bits >= 1 && pad_bits <= 7) out.pad_bits = pad_bits;
    out.data = std::move(octets);
    return out;
}

}  // namespace

SiPdu pdu_of(const CreatePicture& create) {
    const Picture& picture = create.picture;
    const PictureFormat& form = picture.form();
    BitmapCreatePdu pdu;
    pdu.handle = create.id;
    PlaneAddress plane{create.page, PlaneId{create.plane}};
    pdu.destination = create.is_pointer      ? BitmapDestination(PointerPlane{create.page})
                      : create.is_annotation ? BitmapDestination(AnnotationPlane{plane})
                                             : BitmapDestination(ImagePlane{plane});
    BitmapAttributes attributes;
    if (picture.is_selected) attributes.push_back(pdu_view_state(true));
    if (form.mask) attributes.push_back(*form.mask);
    if (!attributes.empty()) pdu.attributes = std::move(attributes);
    pdu.anchor = pdu_point(picture.anchor);
    auto side = [](std::uint32_t value) { return std::clamp<std::uint32_t>(value, 1, 65'536); };
    pdu.size = {side(picture.size.width), side(picture.size.height)};
    if (picture.part) pdu.region_of_interest = pdu_part(*picture.part);
    pdu.pixel_aspect_ratio = form.aspect_ratio;
    if (picture.scale) pdu.scaling = pdu_diff(*picture.scale);
    if (!create.checkpoints.empty()) pdu.checkpoints = create.checkpoints;
    pdu.format = form.header;
    if (auto octets = picture.joined(); !octets.empty()) pdu.data = pdu_data(std::move(octets), picture.pad_bits, {});
    pdu.more_to_follow = !picture.is_complete;
    auto extras = form.extras;
    if (create.author) extras.push_back(own_number(kAuthorKey, create.author->value, 2));
    if (!extras.empty()) pdu.non_standard_parameters = std::move(extras);
    return pdu;
}

std::optional<Operation> operation_of(const BitmapCreatePdu& pdu) {
    CreatePicture out;
    out.id = pdu.handle;
    if (const auto* image = std::get_if<ImagePlane>(&pdu.destination)) {
        out.page = image->value.workspace;
        out.plane = image->value.plane.value;
    } else if (const auto* annotation = std::get_if<AnnotationPlane>(&pdu.destination)) {
        out.page = annotation->value.workspace;
        out.plane = annotation->value.plane.value;
        out.is_annotation = true;
    } else if (const auto* pointer = std::get_if<PointerPlane>(&pdu.destination)) {
        out.page = pointer->workspace;
        out.is_pointer = true;
    } else {
        return std::nullopt;
    }
    Picture& picture = out.picture;
    PictureFormat form{pdu.format, pdu.pixel_aspect_ratio};
    if (pdu.attributes) {
        if (const auto* mask = find_attribute<TransparencyMask>(*pdu.attributes)) form.mask = *mask;
        if (const auto* state = find_attribute<ViewState>(*pdu.attributes)) picture.is_selected = state->index() == 1;
    }
    if (auto author = find_own_number(pdu.non_standard_parameters, kAuthorKey))
        out.author = mcs::UserId{static_cast<std::uint16_t>(*author)};
    if (pdu.non_standard_parameters) {
        auto own = own_number(kAuthorKey, 0, 2).identifier;
        for (const auto& extra : *pdu.non_standard_parameters) {
            if (!(extra.identifier == own)) form.extras.push_back(extra);
        }
    }
    picture.format = std::make_shared<const PictureFormat>(std::move(form));
    picture.size = {pdu.size.width, pdu.size.height};
    if (pdu.anchor) picture.anchor = {pdu.anchor->x, pdu.anchor->y};
    if (pdu.region_of_interest) picture.part = part_of(*pdu.region_of_interest);
    if (pdu.scaling) picture.scale = Point{pdu.scaling->x, pdu.scaling->y};
    if (pdu.data) {
        picture.data.push_back(Slice(pdu.data->data));
        picture.pad_bits = pdu.data->pad_bits.value_or(0);
    }
    picture.is_complete = !pdu.more_to_follow;
    if (pdu.checkpoints) out.checkpoints = *pdu.checkpoints;
    return out;
}

SiPdu pdu_of(const ContinuePicture& more) {
    BitmapCreateContinuePdu pdu;
    pdu.handle = more.id;
    pdu.data = pdu_data(to_bytes(more.data.view()), more.pad_bits, more.checkpoints);
    pdu.more_to_follow = !more.is_last;
    if (!more.extras.empty()) pdu.non_standard_parameters = more.extras;
    return pdu;
}

std::optional<Operation> operation_of(const BitmapCreateContinuePdu& pdu) {
    ContinuePicture out;
    out.id = pdu.handle;
    out.data = Slice(pdu.data.data);
    out.pad_bits = pdu.data.pad_bits.value_or(0);
    out.is_last = !pdu.more_to_follow;
    if (pdu.data.checkpoints) out.checkpoints = *pdu.data.checkpoints;
    return out;
}

SiPdu pdu_of(const EditPicture& edit) {
    BitmapEditPdu pdu;
    pdu.handle = edit.id;
    BitmapAttributes attributes;
    if (edit.is_selected) attributes.push_back(pdu_view_state(*edit.is_selected));
    if (edit.stacking) attributes.push_back(*edit.stacking == Stacking::front ? ZOrder::front : ZOrder::back);
    if (!attributes.empty()) pdu.attributes = std::move(attributes);
    if (edit.anchor) pdu.anchor = pdu_point(*edit.anchor);
    if (edit.part) pdu.region_of_interest = pdu_part(*edit.part);
    if (edit.scale) pdu.scaling = pdu_diff(*edit.scale);
    return pdu;
}

std::optional<Operation> operation_of(const BitmapEditPdu& pdu) {
    EditPicture out{pdu.handle};
    if (pdu.attributes) {
        if (const auto* state = find_attribute<ViewState>(*pdu.attributes)) out.is_selected = state->index() == 1;
        if (const auto* order = find_attribute<ZOrder>(*pdu.attributes))
            out.stacking = *order == ZOrder::front ? Stacking::front : Stacking::back;
    }
    if (pdu.anchor) out.anchor = Point{pdu.anchor->x, pdu.anchor->y};
    if (pdu.region_of_interest) out.part = part_of(*pdu.region_of_interest);
    if (pdu.scaling) out.scale = Point{pdu.scaling->x, pdu.scaling->y};
    return out;
}

}  // namespace convene::whiteboard
