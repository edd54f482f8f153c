/// The PDUs of workspaces. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/workspace_types.hpp"

namespace convene::whiteboard {

struct WorkspaceCreatePdu {
    WorkspaceIdentifier workspace;
    std::uint16_t app_roster_instance = 0;  ///< the low 16 bits of the application roster's instance number
    bool synchronized = false;              ///< everybody must acknowledge before anybody draws
    bool accept_keyboard_events = false;
    bool accept_pointing_device_events = false;
    std::optional<std::vector<mcs::UserId>> protected_plane_access_list;  ///< 1 to 256
    WorkspaceSize size;
    std::optional<WorkspaceAttributes> attributes;
    std::optional<std::vector<PlaneParameters>> planes;  ///< 1 to 256; absent: one of both usages, editable
    std::optional<std::vector<ViewParameters>> views;    ///< 1 to 256
    std::optional<NonStandardParameters> non_standard_parameters;
    std::optional<bool> refresh;  ///< sent to a late joiner, who knows by it that all of this exists already

    friend bool operator==(const WorkspaceCreatePdu&, const WorkspaceCreatePdu&) = default;
};

/// The PDUs that name a workspace and say no more.
template <class Name>
struct WorkspaceNotice {
    WorkspaceIdentifier workspace;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const WorkspaceNotice&, const WorkspaceNotice&) = default;
};
using WorkspaceCreateAcknowledgePdu = WorkspaceNotice<struct WorkspaceCreateAcknowledgePduTag>;
/// Only now may anybody draw in it.
using WorkspaceReadyPdu = WorkspaceNotice<struct WorkspaceReadyPduTag>;

using UserInitiated = asn1::Nothing<struct UserInitiatedTag>;
using InsufficientStorage = asn1::Nothing<struct InsufficientStorageTag>;
using WorkspaceDeleteReason =
    std::variant<UserInitiated, InsufficientStorage, NonStandardParameter, asn1::UnknownAlternative>;
struct WorkspaceDeletePdu {
    WorkspaceIdentifier workspace;
    WorkspaceDeleteReason reason;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const WorkspaceDeletePdu&, const WorkspaceDeletePdu&) = default;
};

struct PlaneEdit {
    PlaneId plane;
    PlaneAttributes attributes;

    friend bool operator==(const PlaneEdit&, const PlaneEdit&) = default;
};
using CreateNewView = Tagged<struct CreateNewViewTag, WorkspaceViewAttributes>;
using EditView = Tagged<struct EditViewTag, WorkspaceViewAttributes>;
using DeleteView = asn1::Nothing<struct DeleteViewTag>;
using ViewAction = std::variant<CreateNewView, EditView, DeleteView, NonStandardParameter, asn1::UnknownAlternative>;
struct ViewEdit {
    Handle view;
    ViewAction action;

    friend bool operator==(const ViewEdit&, const ViewEdit&) = default;
};
/// What is absent stays as it is.
struct WorkspaceEditPdu {
    WorkspaceIdentifier workspace;
    std::optional<WorkspaceAttributes> attributes;
    std::optional<std::vector<PlaneEdit>> planes;  ///< 1 to 256
    std::optional<std::vector<ViewEdit>> views;    ///< 1 to 256
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const WorkspaceEditPdu&, const WorkspaceEditPdu&) = default;
};

struct CopyRegion {
    WorkspaceRegion source, destination;

    friend bool operator==(const CopyRegion&, const CopyRegion&) = default;
};
using CopyObjects = Tagged<struct CopyObjectsTag, std::vector<Handle>>;  ///< 1 to 256
using CopyAll = asn1::Nothing<struct CopyAllTag>;
using CopyDescriptor = std::variant<CopyRegion, CopyObjects, CopyAll, asn1::UnknownAlternative>;
struct WorkspacePlaneCopyPdu {
    WorkspaceIdentifier source_workspace;
    PlaneId source_plane;
    WorkspaceIdentifier destination_workspace;
    PlaneId destination_plane;
    CopyDescriptor copy_descriptor;
    bool plane_clear_flag = false;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const WorkspacePlaneCopyPdu&, const WorkspacePlaneCopyPdu&) = default;
};

/// Whether the sender is the one who brings late joiners up to date.
struct WorkspaceRefreshStatusPdu {
    bool refresh_status = false;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const WorkspaceRefreshStatusPdu&, const WorkspaceRefreshStatusPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::WorkspaceCreatePdu> = sequence(
    field("workspaceIdentifier", &whiteboard::WorkspaceCreatePdu::workspace),
    field("appRosterInstance", &whiteboard::WorkspaceCreatePdu::app_roster_instance, Integer<0, 65535>{}),
    field("synchronized", &whiteboard::WorkspaceCreatePdu::synchronized),
    field("acceptKeyboardEvents", &whiteboard::WorkspaceCreatePdu::accept_keyboard_events),
    field("acceptPointingDeviceEvents", &whiteboard::WorkspaceCreatePdu::accept_pointing_device_events),
    field("protectedPlaneAccessList", &whiteboard::WorkspaceCreatePdu::protected_plane_access_list, SetOf<1, 256>{}),
    field("workspaceSize", &whiteboard::WorkspaceCreatePdu::size),
    field("workspaceAttributes", &whiteboard::WorkspaceCreatePdu::attributes),
    field("planeParameters", &whiteboard::WorkspaceCreatePdu::planes, SequenceOf<1, 256>{}),
    field("viewParameters", &whiteboard::WorkspaceCreatePdu::views, SequenceOf<1, 256>{}),
    field("nonStandardParameters", &whiteboard::WorkspaceCreatePdu::non_standard_parameters), extensible,
    field("refresh", &whiteboard::WorkspaceCreatePdu::refresh));
template <class Name>
inline constexpr auto schema<whiteboard::WorkspaceNotice<Name>> =
    sequence(field("workspaceIdentifier", &whiteboard::WorkspaceNotice<Name>::workspace),
             field("nonStandardParameters", &whiteboard::WorkspaceNotice<Name>::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspaceDeleteReason> = choice("userInitiated", "insufficientStorage",
                                                                         "nonStandardReason", extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspaceDeletePdu> =
    sequence(field("workspaceIdentifier", &whiteboard::WorkspaceDeletePdu::workspace),
             field("reason", &whiteboard::WorkspaceDeletePdu::reason),
             field("nonStandardParameters", &whiteboard::WorkspaceDeletePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::PlaneEdit> = sequence(field("plane", &whiteboard::PlaneEdit::plane),
                                                               field("planeAttributes",
                                                                     &whiteboard::PlaneEdit::attributes),
                                                               extensible);
template <>
inline constexpr auto schema<whiteboard::ViewAction> = choice(alt("createNewView", SetOf<1, 256>{}),
                                                              alt("editView", SetOf<1, 256>{}), "deleteView",
                                                              "nonStandardAction", extensible);
template <>
inline constexpr auto schema<whiteboard::ViewEdit> = sequence(field("viewHandle", &whiteboard::ViewEdit::view),
                                                              field("action", &whiteboard::ViewEdit::action),
                                                              extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspaceEditPdu> =
    sequence(field("workspaceIdentifier", &whiteboard::WorkspaceEditPdu::workspace),
             field("attributeEdits", &whiteboard::WorkspaceEditPdu::attributes),
             field("planeEdits", &whiteboard::WorkspaceEditPdu::planes, SequenceOf<1, 256>{}),
             field("viewEdits", &whiteboard::WorkspaceEditPdu::views, SequenceOf<1, 256>{}),
             field("nonStandardParameters", &whiteboard::WorkspaceEditPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::CopyRegion> = sequence(field("sourceRegion", &whiteboard::CopyRegion::source),
                                                                field("destinationRegion",
                                                                      &whiteboard::CopyRegion::destination),
                                                                extensible);
template <>
inline constexpr auto schema<whiteboard::CopyDescriptor> = choice("copyRegion", alt("copyObjects", SetOf<1, 256>{}),
                                                                  "copyAll", extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspacePlaneCopyPdu> =
    sequence(field("sourceWorkspaceIdentifier", &whiteboard::WorkspacePlaneCopyPdu::source_workspace),
             field("sourcePlane", &whiteboard::WorkspacePlaneCopyPdu::source_plane),
             field("destinationWorkspaceIdentifier", &whiteboard::WorkspacePlaneCopyPdu::destination_workspace),
             field("destinationPlane", &whiteboard::WorkspacePlaneCopyPdu::destination_plane),
             field("copyDescriptor", &whiteboard::WorkspacePlaneCopyPdu::copy_descriptor),
             field("planeClearFlag", &whiteboard::WorkspacePlaneCopyPdu::plane_clear_flag),
             field("nonStandardParameters", &whiteboard::WorkspacePlaneCopyPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::WorkspaceRefreshStatusPdu> = sequence(
    field("refreshStatus", &whiteboard::WorkspaceRefreshStatusPdu::refresh_status),
    field("nonStandardParameters", &whiteboard::WorkspaceRefreshStatusPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
