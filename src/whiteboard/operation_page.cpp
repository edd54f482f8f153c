#include "whiteboard/operation_parts.hpp"

#include <algorithm>
#include <array>

#include "base/overloaded.hpp"

namespace convene::whiteboard {
namespace {

constexpr std::string_view kPlaceKey = "Convene page place";
constexpr std::string_view kTurnKey = "Convene turn page";
constexpr std::string_view kCreatorKey = "Convene page creator";

/// What a palette index means when nobody said: the 16 colours of VGA.
constexpr std::array<Color, 16> kVga{{{0, 0, 0},
                                      {0, 0, 170},
                                      {0, 170, 0},
                                      {0, 170, 170},
                                      {170, 0, 0},
                                      {170, 0, 170},
                                      {170, 85, 0},
                                      {170, 170, 170},
                                      {85, 85, 85},
                                      {85, 85, 255},
                                      {85, 255, 85},
                                      {85, 255, 255},
                                      {255, 85, 85},
                                      {255, 85, 255},
                                      {255, 255, 85},
                                      {255, 255, 255}}};

Area area_of(const WorkspaceRegion& region) {
    return {{region.upper_left.x, region.upper_left.y}, {region.lower_right.x, region.lower_right.y}};
}

WorkspaceViewAttributes view_attributes(const std::optional<Visibility>& state,
                                        const std::optional<bool>& updates_enabled, bool has_region,
                                        const std::optional<Area>& region) {
    WorkspaceViewAttributes out;
    if (has_region) {
        if (region) {
            out.push_back(ViewRegion(WorkspaceRegion{pdu_point(region->upper_left), pdu_point(region->lower_right)}));
        } else {
            out.push_back(ViewRegion(FullWorkspace{}));
        }
    }
    if (state) {
        switch (*state) {
            case Visibility::hidden:
                out.push_back(WorkspaceViewState(HiddenView{}));
                break;
            case Visibility::background:
                out.push_back(WorkspaceViewState(BackgroundView{}));
                break;
            case Visibility::foreground:
                out.push_back(WorkspaceViewState(ForegroundView{}));
                break;
            case Visibility::focus:
                out.push_back(WorkspaceViewState(FocusView{}));
                break;
        }
    }
    if (updates_enabled) out.push_back(UpdatesEnabled{*updates_enabled});
    return out;
}

void read_view(const WorkspaceViewAttributes& attributes, ViewChange& out) {
    if (const auto* region = find_attribute<ViewRegion>(attributes)) {
        const auto* part = std::get_if<WorkspaceRegion>(region);
        out.sets_region = part != nullptr || std::holds_alternative<FullWorkspace>(*region);
        if (part != nullptr) out.region = area_of(*part);
    }
    if (const auto* state = find_attribute<WorkspaceViewState>(attributes)) {
        constexpr std::array kStates{Visibility::hidden, Visibility::background, Visibility::foreground,
                                     Visibility::focus};
        if (state->index() < kStates.size()) out.state = kStates[state->index()];
    }
    if (const auto* updates = find_attribute<UpdatesEnabled>(attributes)) out.updates_enabled = updates->value;
}

Plane plane_of(const PlaneParameters& parameters) {
    auto has = [&](auto usage) {
        return std::any_of(parameters.usage.begin(), parameters.usage.end(),
                           [](const PlaneUsage& each) { return std::holds_alternative<decltype(usage)>(each); });
    };
    Plane plane{parameters.editable, has(AnnotationUsage{}), has(ImageUsage{}), false};
    if (parameters.attributes) {
        if (const auto* protection = find_attribute<PlaneProtection>(*parameters.attributes))
            plane.is_protected = protection->is_protected;
    }
    return plane;
}

PlaneParameters pdu_plane(const Plane& plane) {
    PlaneParameters out;
    out.editable = plane.is_editable;
    if (plane.has_annotations || !plane.has_images) out.usage.push_back(AnnotationUsage{});
    if (plane.has_images) out.usage.push_back(ImageUsage{});
    if (plane.is_protected) out.attributes = PlaneAttributes{PlaneProtection{true}};
    return out;
}

std::optional<NonStandardParameters> extras_in(const std::optional<WorkspaceAttributes>& attributes) {
    NonStandardParameters out;
    if (!attributes) return std::nullopt;
    for (const auto& attribute : *attributes) {
        if (const auto* extra = std::get_if<NonStandardParameter>(&attribute)) out.push_back(*extra);
    }
    return out;
}

}  // namespace

Color color_of(const WorkspaceColor& color) {
    return std::visit(overloaded{[](const PaletteIndex& index) { return kVga[index.value % kVga.size()]; },
                                 [](const ColorRgb& rgb) {
                                     return Color{rgb.r, rgb.g, rgb.b, false};
                                 },
                                 [](const Transparent&) { return kTransparent; },
                                 [](const asn1::UnknownAlternative&) { return kBlack; }},
                      color);
}

WorkspaceColor pdu_color(Color color) {
    if (color.is_transparent) return Transparent{};
    return ColorRgb{color.red, color.green, color.blue};
}

SiPdu pdu_of(const CreatePage& create) {
    const Page& page = create.page;
    WorkspaceCreatePdu pdu;
    pdu.workspace = page.id;
    pdu.app_roster_instance = create.roster_instance;
    pdu.synchronized = page.is_synchronized;
    pdu.accept_keyboard_events = page.accepts_keyboard;
    pdu.accept_pointing_device_events = page.accepts_pointing_device;
    if (!page.access_list.empty()) pdu.protected_plane_access_list = page.access_list;
    auto side = [](std::uint32_t length) {
        return static_cast<std::uint16_t>(std::clamp<std::uint32_t>(length, 1, 65'535));
    };
    pdu.size = WorkspaceSize{side(page.size.width), side(page.size.height)};
    pdu.attributes = WorkspaceAttributes{pdu_color(page.background), Preserve{page.preserve}};
    if (create.place) pdu.attributes->push_back(own_number(kPlaceKey, *create.place, 8));
    if (!page.planes.empty()) {
        pdu.planes.emplace();
        for (const Plane& plane : page.planes) pdu.planes->push_back(pdu_plane(plane));
    }
    if (!page.views.empty()) {
        pdu.views.emplace();
        for (const View& view : page.views)
            pdu.views->push_back({view.id, view_attributes(view.state, view.updates_enabled, true, view.region)});
    }
    if (create.creator) pdu.non_standard_parameters = {own_number(kCreatorKey, create.creator->value, 2)};
    if (create.is_refresh) pdu.refresh = true;
    return pdu;
}

std::optional<Operation> operation_of(const WorkspaceCreatePdu& pdu) {
    const auto* id = std::get_if<Handle>(&pdu.workspace);
    if (id == nullptr) return std::nullopt;
    CreatePage out;
    Page& page = out.page;
    page.id = *id;
    page.size = Extent{pdu.size.width, pdu.size.height};
    page.is_synchronized = pdu.synchronized;
    page.accepts_keyboard = pdu.accept_keyboard_events;
    page.accepts_pointing_device = pdu.accept_pointing_device_events;
    if (pdu.protected_plane_access_list) page.access_list = *pdu.protected_plane_access_list;
    page.preserve = false;
    if (pdu.attributes) {
        if (const auto* color = find_attribute<WorkspaceColor>(*pdu.attributes)) page.background = color_of(*color);
        if (const auto* preserve = find_attribute<Preserve>(*pdu.attributes)) page.preserve = preserve->value;
        out.place = find_own_number(extras_in(pdu.attributes), kPlaceKey);
    }
    if (pdu.planes) {
        page.planes.clear();
        for (const auto& plane : *pdu.planes) page.planes.push_back(plane_of(plane));
    }
    if (pdu.views) {
        for (const auto& view : *pdu.views) {
            ViewChange read;
            if (view.attributes) read_view(*view.attributes, read);
            page.views.push_back(View{view.handle, read.region, read.state.value_or(Visibility::background),
                                      read.updates_enabled.value_or(true)});
        }
    }
    out.roster_instance = pdu.app_roster_instance;
    out.is_refresh = pdu.refresh.value_or(false);
    if (auto creator = find_own_number(pdu.non_standard_parameters, kCreatorKey))
        out.creator = mcs::UserId{static_cast<std::uint16_t>(*creator)};
    return out;
}

SiPdu pdu_of(const EditPage& edit) {
    WorkspaceEditPdu pdu;
    pdu.workspace = edit.page;
    WorkspaceAttributes attributes;
    if (edit.background) attributes.push_back(pdu_color(*edit.background));
    if (edit.preserve) attributes.push_back(Preserve{*edit.preserve});
    if (edit.place) attributes.push_back(own_number(kPlaceKey, *edit.place, 8));
    if (edit.turns_here) attributes.push_back(own_number(kTurnKey, 1, 1));
    if (!attributes.empty()) pdu.attributes = std::move(attributes);
    if (!edit.planes.empty()) {
        pdu.planes.emplace();
        for (const PlaneChange& change : edit.planes)
            pdu.planes->push_back({PlaneId{change.plane}, {PlaneProtection{change.is_protected}}});
    }
    if (!edit.views.empty()) {
        pdu.views.emplace();
        for (const ViewChange& change : edit.views) {
            auto looks = view_attributes(change.state, change.updates_enabled, change.sets_region, change.region);
            // No list may be empty, and this says what is so anyway.
            bool removes = change.action == ViewChange::Action::remove;
            bool creates = change.action == ViewChange::Action::create;
            if (looks.empty())
                looks.push_back(creates ? WorkspaceViewAttribute(UpdatesEnabled{true})
                                        : WorkspaceViewAttribute(own_number("Convene no change", 0, 1)));
            ViewAction action = removes   ? ViewAction(DeleteView{})
                                : creates ? ViewAction(CreateNewView{std::move(looks)})
                                          : ViewAction(EditView{std::move(looks)});
            pdu.views->push_back({change.view, std::move(action)});
        }
    }
    return pdu;
}

std::optional<Operation> operation_of(const WorkspaceEditPdu& pdu) {
    const auto* id = std::get_if<Handle>(&pdu.workspace);
    if (id == nullptr) return std::nullopt;
    EditPage out{*id};
    if (pdu.attributes) {
        if (const auto* color = find_attribute<WorkspaceColor>(*pdu.attributes)) out.background = color_of(*color);
        if (const auto* preserve = find_attribute<Preserve>(*pdu.attributes)) out.preserve = preserve->value;
        out.place = find_own_number(extras_in(pdu.attributes), kPlaceKey);
        out.turns_here = find_own_number(extras_in(pdu.attributes), kTurnKey).has_value();
    }
    if (pdu.planes) {
        for (const auto& plane : *pdu.planes) {
            if (const auto* protection = find_attribute<PlaneProtection>(plane.attributes))
                out.planes.push_back({plane.plane.value, protection->is_protected});
        }
    }
    if (pdu.views) {
        for (const auto& view : *pdu.views) {
            ViewChange change{view.view};
            bool is_known = true;
            std::visit(overloaded{[&](const CreateNewView& create) {
                                      change.action = ViewChange::Action::create;
                                      read_view(create.value, change);
                                  },
                                  [&](const EditView& edit) { read_view(edit.value, change); },
                                  [&](const DeleteView&) { change.action = ViewChange::Action::remove; },
                                  [&](const auto&) { is_known = false; }},
                       view.action);
            if (is_known) out.views.push_back(std::move(change));
        }
    }
    return out;
}

}  // namespace convene::whiteboard
