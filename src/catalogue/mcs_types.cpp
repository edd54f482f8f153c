#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/domain_pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<1, 1000> kStaticChannel{};
constexpr asn1::Integer<1001, 65535> kDynamicChannel{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry entry(std::string_view name) {
    return type_entry_with_ber<T, Node>("MCS-PROTOCOL", name);
}

constexpr TypeEntry kTypes[] = {
    entry<mcs::ChannelId>("ChannelId"),
    entry<mcs::ChannelId, kStaticChannel>("StaticChannelId"),
    entry<mcs::ChannelId, kDynamicChannel>("DynamicChannelId"),
    entry<mcs::UserId>("UserId"),
    entry<mcs::ChannelId, kDynamicChannel>("PrivateChannelId"),
    entry<mcs::ChannelId, kDynamicChannel>("AssignedChannelId"),
    entry<mcs::TokenId>("TokenId"),
    entry<mcs::TokenStatus>("TokenStatus"),
    entry<mcs::DataPriority>("DataPriority"),
    entry<mcs::Segmentation>("Segmentation"),
    entry<mcs::DomainParameters>("DomainParameters"),
    entry<mcs::ConnectInitial>("Connect-Initial"),
    entry<mcs::ConnectResponse>("Connect-Response"),
    entry<mcs::ConnectAdditional>("Connect-Additional"),
    entry<mcs::ConnectResult>("Connect-Result"),
    entry<mcs::PlumbDomainIndication>("PlumbDomainIndication"),
    entry<mcs::ErectDomainRequest>("ErectDomainRequest"),
    entry<mcs::ChannelAttributes>("ChannelAttributes"),
    entry<mcs::MergeChannelsRequest>("MergeChannelsRequest"),
    entry<mcs::MergeChannelsConfirm>("MergeChannelsConfirm"),
    entry<mcs::PurgeChannelsIndication>("PurgeChannelsIndication"),
    entry<mcs::TokenAttributes>("TokenAttributes"),
    entry<mcs::MergeTokensRequest>("MergeTokensRequest"),
    entry<mcs::MergeTokensConfirm>("MergeTokensConfirm"),
    entry<mcs::PurgeTokensIndication>("PurgeTokensIndication"),
    entry<mcs::DisconnectProviderUltimatum>("DisconnectProviderUltimatum"),
    entry<mcs::RejectMcspduUltimatum>("RejectMCSPDUUltimatum"),
    entry<mcs::AttachUserRequest>("AttachUserRequest"),
    entry<mcs::AttachUserConfirm>("AttachUserConfirm"),
    entry<mcs::DetachUserRequest>("DetachUserRequest"),
    entry<mcs::DetachUserIndication>("DetachUserIndication"),
    entry<mcs::ChannelJoinRequest>("ChannelJoinRequest"),
    entry<mcs::ChannelJoinConfirm>("ChannelJoinConfirm"),
    entry<mcs::ChannelLeaveRequest>("ChannelLeaveRequest"),
    entry<mcs::ChannelConveneRequest>("ChannelConveneRequest"),
    entry<mcs::ChannelConveneConfirm>("ChannelConveneConfirm"),
    entry<mcs::ChannelDisbandRequest>("ChannelDisbandRequest"),
    entry<mcs::ChannelDisbandIndication>("ChannelDisbandIndication"),
    entry<mcs::ChannelAdmitRequest>("ChannelAdmitRequest"),
    entry<mcs::ChannelAdmitIndication>("ChannelAdmitIndication"),
    entry<mcs::ChannelExpelRequest>("ChannelExpelRequest"),
    entry<mcs::ChannelExpelIndication>("ChannelExpelIndication"),
    entry<mcs::SendDataRequest>("SendDataRequest"),
    entry<mcs::SendDataIndication>("SendDataIndication"),
    entry<mcs::UniformSendDataRequest>("UniformSendDataRequest"),
    entry<mcs::UniformSendDataIndication>("UniformSendDataIndication"),
    entry<mcs::TokenGrabRequest>("TokenGrabRequest"),
    entry<mcs::TokenGrabConfirm>("TokenGrabConfirm"),
    entry<mcs::TokenInhibitRequest>("TokenInhibitRequest"),
    entry<mcs::TokenInhibitConfirm>("TokenInhibitConfirm"),
    entry<mcs::TokenGiveRequest>("TokenGiveRequest"),
    entry<mcs::TokenGiveIndication>("TokenGiveIndication"),
    entry<mcs::TokenGiveResponse>("TokenGiveResponse"),
    entry<mcs::TokenGiveConfirm>("TokenGiveConfirm"),
    entry<mcs::TokenPleaseRequest>("TokenPleaseRequest"),
    entry<mcs::TokenPleaseIndication>("TokenPleaseIndication"),
    entry<mcs::TokenReleaseRequest>("TokenReleaseRequest"),
    entry<mcs::TokenReleaseConfirm>("TokenReleaseConfirm"),
    entry<mcs::TokenTestRequest>("TokenTestRequest"),
    entry<mcs::TokenTestConfirm>("TokenTestConfirm"),
    entry<mcs::Reason>("Reason"),
    entry<mcs::Result>("Result"),
    entry<mcs::Diagnostic>("Diagnostic"),
    entry<mcs::ConnectPdu>("ConnectMCSPDU"),
    entry<mcs::DomainPdu>("DomainMCSPDU"),
};

}  // namespace

std::span<const TypeEntry> mcs_types() { return kTypes; }

}  // namespace convene::catalogue
