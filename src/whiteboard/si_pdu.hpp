/// SiPdu: everything that whiteboards say to each other. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/archive_pdu.hpp"
#include "whiteboard/bitmap_pdu.hpp"
#include "whiteboard/conduct_pdu.hpp"
#include "whiteboard/drawing_pdu.hpp"
#include "whiteboard/remote_pdu.hpp"
#include "whiteboard/text_pdu.hpp"
#include "whiteboard/video_pdu.hpp"
#include "whiteboard/workspace_pdu.hpp"

namespace convene::whiteboard {

using SiPdu = std::variant<
    ArchiveAcknowledgePdu, ArchiveClosePdu, ArchiveErrorPdu, ArchiveOpenPdu, BitmapAbortPdu, BitmapCheckpointPdu,
    BitmapCreatePdu, BitmapCreateContinuePdu, BitmapDeletePdu, BitmapEditPdu, ConductorPrivilegeGrantPdu,
    ConductorPrivilegeRequestPdu, DrawingCreatePdu, DrawingDeletePdu, DrawingEditPdu, FontPdu, NonStandardPdu,
    RemoteEventPermissionGrantPdu, RemoteEventPermissionRequestPdu, RemoteKeyboardEventPdu,
    RemotePointingDeviceEventPdu, RemotePrintPdu, TextCreatePdu, TextDeletePdu, TextEditPdu, VideoWindowCreatePdu,
    VideoWindowDeletePdu, VideoWindowEditPdu, WorkspaceCreatePdu, WorkspaceCreateAcknowledgePdu, WorkspaceDeletePdu,
    WorkspaceEditPdu, WorkspacePlaneCopyPdu, WorkspaceReadyPdu, WorkspaceRefreshStatusPdu, asn1::UnknownAlternative>;

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::SiPdu> = choice(
    "archiveAcknowledgePDU", "archiveClosePDU", "archiveErrorPDU", "archiveOpenPDU", "bitmapAbortPDU",
    "bitmapCheckpointPDU", "bitmapCreatePDU", "bitmapCreateContinuePDU", "bitmapDeletePDU", "bitmapEditPDU",
    "conductorPrivilegeGrantPDU", "conductorPrivilegeRequestPDU", "drawingCreatePDU", "drawingDeletePDU",
    "drawingEditPDU", "fontPDU", "nonStandardPDU", "remoteEventPermissionGrantPDU", "remoteEventPermissionRequestPDU",
    "remoteKeyboardEventPDU", "remotePointingDeviceEventPDU", "remotePrintPDU", "textCreatePDU", "textDeletePDU",
    "textEditPDU", "videoWindowCreatePDU", "videoWindowDeletePDU", "videoWindowEditPDU", "workspaceCreatePDU",
    "workspaceCreateAcknowledgePDU", "workspaceDeletePDU", "workspaceEditPDU", "workspacePlaneCopyPDU",
    "workspaceReadyPDU", "workspaceRefreshStatusPDU", extensible);

}  // namespace convene::asn1
