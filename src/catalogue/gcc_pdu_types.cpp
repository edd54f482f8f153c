#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "gcc/connect_pdu.hpp"
#include "gcc/pdu.hpp"
#include "gcc/roster_refresh_request.hpp"

namespace convene::catalogue {
namespace {

template <class T, const auto& Node = kByType>
constexpr TypeEntry entry(std::string_view name) {
    return type_entry<T, Node>("GCC-PROTOCOL", name);
}

constexpr TypeEntry kTypes[] = {
    entry<gcc::UserIdIndication>("UserIDIndication"),
    entry<gcc::ConferenceCreateRequest>("ConferenceCreateRequest"),
    entry<gcc::ConferenceCreateResponse>("ConferenceCreateResponse"),
    entry<gcc::ConferenceQueryRequest>("ConferenceQueryRequest"),
    entry<gcc::ConferenceQueryResponse>("ConferenceQueryResponse"),
    entry<gcc::ConferenceJoinRequest>("ConferenceJoinRequest"),
    entry<gcc::ConferenceJoinResponse>("ConferenceJoinResponse"),
    entry<gcc::ConferenceInviteRequest>("ConferenceInviteRequest"),
    entry<gcc::ConferenceInviteResponse>("ConferenceInviteResponse"),
    entry<gcc::ConferenceAddRequest>("ConferenceAddRequest"),
    entry<gcc::ConferenceAddResponse>("ConferenceAddResponse"),
    entry<gcc::ConferenceLockRequest>("ConferenceLockRequest"),
    entry<gcc::ConferenceLockResponse>("ConferenceLockResponse"),
    entry<gcc::ConferenceLockIndication>("ConferenceLockIndication"),
    entry<gcc::ConferenceUnlockRequest>("ConferenceUnlockRequest"),
    entry<gcc::ConferenceUnlockResponse>("ConferenceUnlockResponse"),
    entry<gcc::ConferenceUnlockIndication>("ConferenceUnlockIndication"),
    entry<gcc::ConferenceTerminateRequest>("ConferenceTerminateRequest"),
    entry<gcc::ConferenceTerminateResponse>("ConferenceTerminateResponse"),
    entry<gcc::ConferenceTerminateIndication>("ConferenceTerminateIndication"),
    entry<gcc::ConferenceEjectUserRequest>("ConferenceEjectUserRequest"),
    entry<gcc::ConferenceEjectUserResponse>("ConferenceEjectUserResponse"),
    entry<gcc::ConferenceEjectUserIndication>("ConferenceEjectUserIndication"),
    entry<gcc::ConferenceTransferRequest>("ConferenceTransferRequest"),
    entry<gcc::ConferenceTransferResponse>("ConferenceTransferResponse"),
    entry<gcc::ConferenceTransferIndication>("ConferenceTransferIndication"),
    entry<gcc::RosterUpdateIndication>("RosterUpdateIndication"),
    entry<gcc::ApplicationInvokeIndication>("ApplicationInvokeIndication"),
    entry<gcc::RegistryRegisterChannelRequest>("RegistryRegisterChannelRequest"),
    entry<gcc::RegistryAssignTokenRequest>("RegistryAssignTokenRequest"),
    entry<gcc::RegistrySetParameterRequest>("RegistrySetParameterRequest"),
    entry<gcc::RegistryRetrieveEntryRequest>("RegistryRetrieveEntryRequest"),
    entry<gcc::RegistryDeleteEntryRequest>("RegistryDeleteEntryRequest"),
    entry<gcc::RegistryMonitorEntryRequest>("RegistryMonitorEntryRequest"),
    entry<gcc::RegistryMonitorEntryIndication>("RegistryMonitorEntryIndication"),
    entry<gcc::RegistryAllocateHandleRequest>("RegistryAllocateHandleRequest"),
    entry<gcc::RegistryAllocateHandleResponse>("RegistryAllocateHandleResponse"),
    entry<gcc::RegistryResponse>("RegistryResponse"),
    entry<gcc::ConductorAssignIndication>("ConductorAssignIndication"),
    entry<gcc::ConductorReleaseIndication>("ConductorReleaseIndication"),
    entry<gcc::ConductorPermissionAskIndication>("ConductorPermissionAskIndication"),
    entry<gcc::ConductorPermissionGrantIndication>("ConductorPermissionGrantIndication"),
    entry<gcc::ConferenceTimeRemainingIndication>("ConferenceTimeRemainingIndication"),
    entry<gcc::ConferenceTimeInquireIndication>("ConferenceTimeInquireIndication"),
    entry<gcc::ConferenceTimeExtendIndication>("ConferenceTimeExtendIndication"),
    entry<gcc::ConferenceAssistanceIndication>("ConferenceAssistanceIndication"),
    entry<gcc::TextMessageIndication>("TextMessageIndication"),
    entry<gcc::RosterRefreshRequest>("RosterRefreshRequest"),
    entry<gcc::FunctionNotSupportedResponse>("FunctionNotSupportedResponse"),
    entry<gcc::NonStandardPdu>("NonStandardPDU"),
    entry<gcc::ConnectData>("ConnectData"),
    entry<gcc::ConnectGccPdu>("ConnectGCCPDU"),
    entry<gcc::GccPdu>("GCCPDU"),
    entry<gcc::RequestPdu>("RequestPDU"),
    entry<gcc::ResponsePdu>("ResponsePDU"),
    entry<gcc::IndicationPdu>("IndicationPDU"),
};

}  // namespace

std::span<const TypeEntry> gcc_pdu_types() { return kTypes; }

}  // namespace convene::catalogue
