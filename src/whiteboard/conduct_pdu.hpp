/// Who may do what: privileges in conducted mode, permission for remote events. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/address.hpp"

namespace convene::whiteboard {

using WorkspacePrivilege = asn1::Nothing<struct WorkspacePrivilegeTag>;
using AnnotationPrivilege = asn1::Nothing<struct AnnotationPrivilegeTag>;
using ImagePrivilege = asn1::Nothing<struct ImagePrivilegeTag>;
using PointingPrivilege = asn1::Nothing<struct PointingPrivilegeTag>;
using RemoteKeyEventPrivilege = asn1::Nothing<struct RemoteKeyEventPrivilegeTag>;
using RemotePointingEventPrivilege = asn1::Nothing<struct RemotePointingEventPrivilegeTag>;
using RemotePrintingPrivilege = asn1::Nothing<struct RemotePrintingPrivilegeTag>;
using ArchiveCreateWritePrivilege = asn1::Nothing<struct ArchiveCreateWritePrivilegeTag>;
using ConductorPrivilege = std::variant<WorkspacePrivilege, AnnotationPrivilege, ImagePrivilege, PointingPrivilege,
                                        RemoteKeyEventPrivilege, RemotePointingEventPrivilege, RemotePrintingPrivilege,
                                        ArchiveCreateWritePrivilege, NonStandardIdentifier, asn1::UnknownAlternative>;
using ConductorPrivileges = std::vector<ConductorPrivilege>;  ///< 1 to 256

/// All that the user may do from now on.
struct ConductorPrivilegeGrantPdu {
    mcs::UserId user;
    ConductorPrivileges privileges;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const ConductorPrivilegeGrantPdu&, const ConductorPrivilegeGrantPdu&) = default;
};
struct ConductorPrivilegeRequestPdu {
    ConductorPrivileges privileges;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const ConductorPrivilegeRequestPdu&, const ConductorPrivilegeRequestPdu&) = default;
};

using KeyboardEvent = asn1::Nothing<struct KeyboardEventTag>;
using PointingDeviceEvent = asn1::Nothing<struct PointingDeviceEventTag>;
using RemoteEventPermission =
    std::variant<KeyboardEvent, PointingDeviceEvent, NonStandardIdentifier, asn1::UnknownAlternative>;
using RemoteEventPermissions = std::vector<RemoteEventPermission>;  ///< 1 to 256

struct RemoteEventPermissionGrantPdu {
    RemoteEventDestination destination;
    RemoteEventPermissions permissions;
    mcs::UserId user;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const RemoteEventPermissionGrantPdu&, const RemoteEventPermissionGrantPdu&) = default;
};
struct RemoteEventPermissionRequestPdu {
    RemoteEventDestination destination;
    RemoteEventPermissions permissions;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const RemoteEventPermissionRequestPdu&, const RemoteEventPermissionRequestPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::ConductorPrivilege> =
    choice("workspacePrivilege", "annotationPrivilege", "imagePrivilege", "pointingPrivilege",
           "remoteKeyEventPrivilege", "remotePointingEventPrivilege", "remotePrintingPrivilege",
           "archiveCreateWritePrivilege", "nonStandardPrivilege", extensible);
template <>
inline constexpr auto schema<whiteboard::ConductorPrivileges> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::ConductorPrivilegeGrantPdu> = sequence(
    field("destinationUserID", &whiteboard::ConductorPrivilegeGrantPdu::user),
    field("privilegeList", &whiteboard::ConductorPrivilegeGrantPdu::privileges),
    field("nonStandardParameters", &whiteboard::ConductorPrivilegeGrantPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::ConductorPrivilegeRequestPdu> = sequence(
    field("privilegeList", &whiteboard::ConductorPrivilegeRequestPdu::privileges),
    field("nonStandardParameters", &whiteboard::ConductorPrivilegeRequestPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::RemoteEventPermission> = choice("keyboardEvent", "pointingDeviceEvent",
                                                                         "nonStandardEvent", extensible);
template <>
inline constexpr auto schema<whiteboard::RemoteEventPermissions> = SetOf<1, 256>{};
template <>
inline constexpr auto schema<whiteboard::RemoteEventPermissionGrantPdu> = sequence(
    field("destinationAddress", &whiteboard::RemoteEventPermissionGrantPdu::destination),
    field("remoteEventPermissionList", &whiteboard::RemoteEventPermissionGrantPdu::permissions),
    field("destinationUserID", &whiteboard::RemoteEventPermissionGrantPdu::user),
    field("nonStandardParameters", &whiteboard::RemoteEventPermissionGrantPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::RemoteEventPermissionRequestPdu> = sequence(
    field("destinationAddress", &whiteboard::RemoteEventPermissionRequestPdu::destination),
    field("remoteEventPermissionList", &whiteboard::RemoteEventPermissionRequestPdu::permissions),
    field("nonStandardParameters", &whiteboard::RemoteEventPermissionRequestPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
