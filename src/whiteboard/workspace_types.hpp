/// The parts of a workspace: attributes, planes and views. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/address.hpp"

namespace convene::whiteboard {

struct PlaneProtection {
    bool is_protected = false;  ///< only the creator of the workspace and those on its list may change the plane

    friend bool operator==(const PlaneProtection&, const PlaneProtection&) = default;
};
using PlaneAttribute = std::variant<PlaneProtection, NonStandardParameter, asn1::UnknownAlternative>;
using PlaneAttributes = std::vector<PlaneAttribute>;  ///< 1 to 256

using AnnotationUsage = asn1::Nothing<struct AnnotationUsageTag>;
using ImageUsage = asn1::Nothing<struct ImageUsageTag>;
using PlaneUsage = std::variant<AnnotationUsage, ImageUsage, NonStandardIdentifier, asn1::UnknownAlternative>;
struct PlaneParameters {
    bool editable = true;
    std::vector<PlaneUsage> usage;  ///< 1 to 256
    std::optional<PlaneAttributes> attributes;

    friend bool operator==(const PlaneParameters&, const PlaneParameters&) = default;
};

using Preserve = Tagged<struct PreserveTag, bool>;  ///< keep what is in it while it is hidden or nobody is there
using WorkspaceAttribute = std::variant<WorkspaceColor, Preserve, NonStandardParameter, asn1::UnknownAlternative>;
using WorkspaceAttributes = std::vector<WorkspaceAttribute>;  ///< 1 to 256

using HiddenView = asn1::Nothing<struct HiddenViewTag>;
using BackgroundView = asn1::Nothing<struct BackgroundViewTag>;
using ForegroundView = asn1::Nothing<struct ForegroundViewTag>;
using FocusView = asn1::Nothing<struct FocusViewTag>;
using WorkspaceViewState = std::variant<HiddenView, BackgroundView, ForegroundView, FocusView, NonStandardIdentifier,
                                        asn1::UnknownAlternative>;

using FullWorkspace = asn1::Nothing<struct FullWorkspaceTag>;
using ViewRegion = std::variant<FullWorkspace, WorkspaceRegion, asn1::UnknownAlternative>;

struct SourceDisplayIndicator {
    Real display_aspect_ratio, horizontal_size_ratio, horizontal_position, vertical_position;

    friend bool operator==(const SourceDisplayIndicator&, const SourceDisplayIndicator&) = default;
};
using UpdatesEnabled = Tagged<struct UpdatesEnabledTag, bool>;  ///< false freezes what is shown
using WorkspaceViewAttribute = std::variant<ViewRegion, WorkspaceViewState, UpdatesEnabled, SourceDisplayIndicator,
                                            NonStandardParameter, asn1::UnknownAlternative>;
using WorkspaceViewAttributes = std::vector<WorkspaceViewAttribute>;  ///< 1 to 256
/// A window onto a workspace.
struct ViewParameters {
    Handle handle;
    std::optional<WorkspaceViewAttributes> attributes;

    friend bool operator==(const ViewParameters&, const ViewParameters&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::PlaneProtection> =
    sequence(field("protected", &whiteboard::PlaneProtection::is_protected), extensible);
template <>
inline constexpr auto schema<whiteboard::PlaneAttribute> = choice("protection", "nonStandardAttribute", extensible);
template <>
inline constexpr auto schema<whiteboard::PlaneAttributes> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::PlaneUsage> = choice("annotation", "image", "nonStandardPlaneUsage",
                                                              extensible);
template <>
inline constexpr auto schema<whiteboard::PlaneParameters> =
    sequence(field("editable", &whiteboard::PlaneParameters::editable),
             field("usage", &whiteboard::PlaneParameters::usage, SetOf<1, 256>{}),
             field("planeAttributes", &whiteboard::PlaneParameters::attributes), extensible);
template <>
inline constexpr auto schema<whiteboard::Preserve> = Boolean{};
template <>
inline constexpr auto schema<whiteboard::WorkspaceAttribute> = choice("backgroundColor", "preserve",
                                                                      "nonStandardAttribute", extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspaceAttributes> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::WorkspaceViewState> = choice("hidden", "background", "foreground", "focus",
                                                                      "nonStandardState", extensible);
template <>
inline constexpr auto schema<whiteboard::ViewRegion> = choice("fullWorkspace", "partialWorkspace", extensible);
template <>
inline constexpr auto schema<whiteboard::SourceDisplayIndicator> =
    sequence(field("displayAspectRatio", &whiteboard::SourceDisplayIndicator::display_aspect_ratio),
             field("horizontalSizeRatio", &whiteboard::SourceDisplayIndicator::horizontal_size_ratio),
             field("horizontalPosition", &whiteboard::SourceDisplayIndicator::horizontal_position),
             field("verticalPosition", &whiteboard::SourceDisplayIndicator::vertical_position));
template <>
inline constexpr auto schema<whiteboard::UpdatesEnabled> = Boolean{};
template <>
inline constexpr auto schema<whiteboard::WorkspaceViewAttribute> = choice("viewRegion", "viewState", "updatesEnabled",
                                                                          "sourceDisplayIndicator",
                                                                          "nonStandardAttribute", extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspaceViewAttributes> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::ViewParameters> =
    sequence(field("viewHandle", &whiteboard::ViewParameters::handle),
             field("viewAttributes", &whiteboard::ViewParameters::attributes), extensible);

}  // namespace convene::asn1
