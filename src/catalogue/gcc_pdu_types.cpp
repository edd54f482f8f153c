#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "gcc/connect_pdu.hpp"
#include "gcc/pdu.hpp"
#include "gcc/roster_refresh_request.hpp"

namespace convene::catalogue {
namespace {

template <class T, const auto& Node = kByType>
constexpr TypeEntry gcc_pdu_entry(std::string_view name) {
    return type_entry<T, Node>("GCC-PROTOCOL", name);
}

constexpr TypeEntry kGccPduTypes[] = {
    gcc_pdu_entry<gcc::UserIdIndication>("UserIDIndication"),
    gcc_pdu_entry<gcc::ConferenceCreateRequest>("ConferenceCreateRequest"),
    gcc_pdu_entry<gcc::ConferenceCreateResponse>("ConferenceCreateResponse"),
    gcc_pdu_entry<gcc::ConferenceQueryRequest>("ConferenceQueryRequest"),
    gcc_pdu_entry<gcc::ConferenceQueryResponse>("ConferenceQueryResponse"),
    gcc_pdu_entry<gcc::ConferenceJoinRequest>("ConferenceJoinRequest"),
    gcc_pdu_entry<gcc::ConferenceJoinResponse>("ConferenceJoinResponse"),
    gcc_pdu_entry<gcc::ConferenceInviteRequest>("ConferenceInviteRequest"),
    gcc_pdu_entry<gcc::ConferenceInviteResponse>("ConferenceInviteResponse"),
    gcc_pdu_entry<gcc::ConferenceAddRequest>("ConferenceAddRequest"),
    gcc_pdu_entry<gcc::ConferenceAddResponse>("ConferenceAddResponse"),
    gcc_pdu_entry<gcc::ConferenceLockRequest>("ConferenceLockRequest"),
    gcc_pdu_entry<gcc::ConferenceLockResponse>("ConferenceLockResponse"),
    gcc_pdu_entry<gcc::ConferenceLockIndication>("ConferenceLockIndication"),
    gcc_pdu_entry<gcc::ConferenceUnlockRequest>("ConferenceUnlockRequest"),
    gcc_pdu_entry<gcc::ConferenceUnlockResponse>("ConferenceUnlockResponse"),
    gcc_pdu_entry<gcc::ConferenceUnlockIndication>("ConferenceUnlockIndication"),
    gcc_pdu_entry<gcc::ConferenceTerminateRequest>("ConferenceTerminateRequest"),
    gcc_pdu_entry<gcc::ConferenceTerminateResponse>("ConferenceTerminateResponse"),
    gcc_pdu_entry<gcc::ConferenceTerminateIndication>("ConferenceTerminateIndication"),
    gcc_pdu_entry<gcc::ConferenceEjectUserRequest>("ConferenceEjectUserRequest"),
    gcc_pdu_entry<gcc::ConferenceEjectUserResponse>("ConferenceEjectUserResponse"),
    gcc_pdu_entry<gcc::ConferenceEjectUserIndication>("ConferenceEjectUserIndication"),
    gcc_pdu_entry<gcc::ConferenceTransferRequest>("ConferenceTransferRequest"),
    gcc_pdu_entry<gcc::ConferenceTransferResponse>("ConferenceTransferResponse"),
    gcc_pdu_entry<gcc::ConferenceTransferIndication>("ConferenceTransferIndication"),
    gcc_pdu_entry<gcc::RosterUpdateIndication>("RosterUpdateIndication"),
    gcc_pdu_entry<gcc::ApplicationInvokeIndication>("ApplicationInvokeIndication"),
    gcc_pdu_entry<gcc::RegistryRegisterChannelRequest>("RegistryRegisterChannelRequest"),
    gcc_pdu_entry<gcc::RegistryAssignTokenRequest>("RegistryAssignTokenRequest"),
    gcc_pdu_entry<gcc::RegistrySetParameterRequest>("RegistrySetParameterRequest"),
    gcc_pdu_entry<gcc::RegistryRetrieveEntryRequest>("RegistryRetrieveEntryRequest"),
    gcc_pdu_entry<gcc::RegistryDeleteEntryRequest>("RegistryDeleteEntryRequest"),
    gcc_pdu_entry<gcc::RegistryMonitorEntryRequest>("RegistryMonitorEntryRequest"),
    gcc_pdu_entry<gcc::RegistryMonitorEntryIndication>("RegistryMonitorEntryIndication"),
    gcc_pdu_entry<gcc::RegistryAllocateHandleRequest>("RegistryAllocateHandleRequest"),
    gcc_pdu_entry<gcc::RegistryAllocateHandleResponse>("RegistryAllocateHandleResponse"),
    gcc_pdu_entry<gcc::RegistryResponse>("RegistryResponse"),
    gcc_pdu_entry<gcc::ConductorAssignIndication>("ConductorAssignIndication"),
    gcc_pdu_entry<gcc::ConductorReleaseIndication>("ConductorReleaseIndication"),
    gcc_pdu_entry<gcc::ConductorPermissionAskIndication>("ConductorPermissionAskIndication"),
    gcc_pdu_entry<gcc::ConductorPermissionGrantIndication>("ConductorPermissionGrantIndication"),
    gcc_pdu_entry<gcc::ConferenceTimeRemainingIndication>("ConferenceTimeRemainingIndication"),
    gcc_pdu_entry<gcc::ConferenceTimeInquireIndication>("ConferenceTimeInquireIndication"),
    gcc_pdu_entry<gcc::ConferenceTimeExtendIndication>("ConferenceTimeExtendIndication"),
    gcc_pdu_entry<gcc::ConferenceAssistanceIndication>("ConferenceAssistanceIndication"),
    gcc_pdu_entry<gcc::TextMessageIndication>("TextMessageIndication"),
    gcc_pdu_entry<gcc::RosterRefreshRequest>("RosterRefreshRequest"),
    gcc_pdu_entry<gcc::FunctionNotSupportedResponse>("FunctionNotSupportedResponse"),
    gcc_pdu_entry<gcc::NonStandardPdu>("NonStandardPDU"),
    gcc_pdu_entry<gcc::ConnectData>("ConnectData"),
    gcc_pdu_entry<gcc::ConnectGccPdu>("ConnectGCCPDU"),
    gcc_pdu_entry<gcc::GccPdu>("GCCPDU"),
    gcc_pdu_entry<gcc::RequestPdu>("RequestPDU"),
    gcc_pdu_entry<gcc::ResponsePdu>("ResponsePDU"),
    gcc_pdu_entry<gcc::IndicationPdu>("IndicationPDU"),
};

}  // namespace

std::span<const TypeEntry> gcc_pdu_types() { return kGccPduTypes; }

}  // namespace convene::catalogue
