#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "whiteboard/si_pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr whiteboard::ArchiveName kArchiveName{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry si_pdu_entry(std::string_view name) {
    return type_entry<T, Node>("SI-PROTOCOL", name);
}

constexpr TypeEntry kSiPduTypes[] = {
    si_pdu_entry<whiteboard::BitmapAbortReason>("BitmapAbortReason"),
    si_pdu_entry<whiteboard::BitmapAbortPdu>("BitmapAbortPDU"),
    si_pdu_entry<whiteboard::BitmapCheckpointPdu>("BitmapCheckpointPDU"),
    si_pdu_entry<whiteboard::BitmapCreatePdu>("BitmapCreatePDU"),
    si_pdu_entry<whiteboard::BitmapCreateContinuePdu>("BitmapCreateContinuePDU"),
    si_pdu_entry<whiteboard::BitmapDeletePdu>("BitmapDeletePDU"),
    si_pdu_entry<whiteboard::BitmapEditPdu>("BitmapEditPDU"),
    si_pdu_entry<whiteboard::DrawingType>("DrawingType"),
    si_pdu_entry<whiteboard::DrawingCreatePdu>("DrawingCreatePDU"),
    si_pdu_entry<whiteboard::DrawingDeletePdu>("DrawingDeletePDU"),
    si_pdu_entry<whiteboard::DrawingEditPdu>("DrawingEditPDU"),
    si_pdu_entry<whiteboard::FontPdu>("FontPDU"),
    si_pdu_entry<whiteboard::TextCreatePdu>("TextCreatePDU"),
    si_pdu_entry<whiteboard::TextDeletePdu>("TextDeletePDU"),
    si_pdu_entry<whiteboard::TextEditPdu>("TextEditPDU"),
    si_pdu_entry<whiteboard::NonStandardPdu>("SINonStandardPDU"),
    si_pdu_entry<whiteboard::PlaneProtection>("PlaneProtection"),
    si_pdu_entry<whiteboard::PlaneAttribute>("PlaneAttribute"),
    si_pdu_entry<whiteboard::PlaneAttributes>("PlaneAttributes"),
    si_pdu_entry<whiteboard::PlaneUsage>("PlaneUsage"),
    si_pdu_entry<whiteboard::PlaneParameters>("PlaneParameters"),
    si_pdu_entry<whiteboard::WorkspaceAttribute>("WorkspaceAttribute"),
    si_pdu_entry<whiteboard::WorkspaceAttributes>("WorkspaceAttributes"),
    si_pdu_entry<whiteboard::WorkspaceViewState>("WorkspaceViewState"),
    si_pdu_entry<whiteboard::ViewRegion>("ViewRegion"),
    si_pdu_entry<whiteboard::SourceDisplayIndicator>("SourceDisplayIndicator"),
    si_pdu_entry<whiteboard::WorkspaceViewAttribute>("WorkspaceViewAttribute"),
    si_pdu_entry<whiteboard::WorkspaceViewAttributes>("WorkspaceViewAttributes"),
    si_pdu_entry<whiteboard::WorkspaceCreatePdu>("WorkspaceCreatePDU"),
    si_pdu_entry<whiteboard::WorkspaceCreateAcknowledgePdu>("WorkspaceCreateAcknowledgePDU"),
    si_pdu_entry<whiteboard::WorkspaceDeleteReason>("WorkspaceDeleteReason"),
    si_pdu_entry<whiteboard::WorkspaceDeletePdu>("WorkspaceDeletePDU"),
    si_pdu_entry<whiteboard::WorkspaceEditPdu>("WorkspaceEditPDU"),
    si_pdu_entry<whiteboard::WorkspacePlaneCopyPdu>("WorkspacePlaneCopyPDU"),
    si_pdu_entry<whiteboard::WorkspaceReadyPdu>("WorkspaceReadyPDU"),
    si_pdu_entry<whiteboard::WorkspaceRefreshStatusPdu>("WorkspaceRefreshStatusPDU"),
    si_pdu_entry<std::u16string, kArchiveName>("ArchiveEntryName"),
    si_pdu_entry<std::u16string, kArchiveName>("ArchiveName"),
    si_pdu_entry<whiteboard::ArchiveError>("ArchiveError"),
    si_pdu_entry<whiteboard::ArchiveHeader>("ArchiveHeader"),
    si_pdu_entry<whiteboard::ArchiveMode>("ArchiveMode"),
    si_pdu_entry<whiteboard::ArchiveAcknowledgePdu>("ArchiveAcknowledgePDU"),
    si_pdu_entry<whiteboard::ArchiveClosePdu>("ArchiveClosePDU"),
    si_pdu_entry<whiteboard::ArchiveErrorPdu>("ArchiveErrorPDU"),
    si_pdu_entry<whiteboard::ArchiveOpenPdu>("ArchiveOpenPDU"),
    si_pdu_entry<whiteboard::ConductorPrivilege>("ConductorPrivilege"),
    si_pdu_entry<whiteboard::ConductorPrivilegeGrantPdu>("ConductorPrivilegeGrantPDU"),
    si_pdu_entry<whiteboard::ConductorPrivilegeRequestPdu>("ConductorPrivilegeRequestPDU"),
    si_pdu_entry<whiteboard::RemoteEventPermission>("RemoteEventPermission"),
    si_pdu_entry<whiteboard::RemoteEventPermissionGrantPdu>("RemoteEventPermissionGrantPDU"),
    si_pdu_entry<whiteboard::RemoteEventPermissionRequestPdu>("RemoteEventPermissionRequestPDU"),
    si_pdu_entry<whiteboard::KeyModifier>("KeyModifier"),
    si_pdu_entry<whiteboard::KeyPressState>("KeyPressState"),
    si_pdu_entry<whiteboard::KeyCode>("KeyCode"),
    si_pdu_entry<whiteboard::ButtonEvent>("ButtonEvent"),
    si_pdu_entry<whiteboard::RemoteKeyboardEventPdu>("RemoteKeyboardEventPDU"),
    si_pdu_entry<whiteboard::RemotePointingDeviceEventPdu>("RemotePointingDeviceEventPDU"),
    si_pdu_entry<whiteboard::RemotePrintPdu>("RemotePrintPDU"),
    si_pdu_entry<whiteboard::VideoSourceIdentifier>("VideoSourceIdentifier"),
    si_pdu_entry<whiteboard::VideoWindowCreatePdu>("VideoWindowCreatePDU"),
    si_pdu_entry<whiteboard::VideoWindowDeletePdu>("VideoWindowDeletePDU"),
    si_pdu_entry<whiteboard::VideoWindowEditPdu>("VideoWindowEditPDU"),
    si_pdu_entry<whiteboard::SiPdu>("SIPDU"),
};

}  // namespace

std::span<const TypeEntry> si_pdu_types() { return kSiPduTypes; }

}  // namespace convene::catalogue
