#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/domain_pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<1, 1000> kStaticChannel{};
constexpr asn1::Integer<1001, 65535> kDynamicChannel{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry mcs_entry(std::string_view name) {
    return type_entry_with_ber<T, Node>("MCS-PROTOCOL", name);
}

constexpr TypeEntry kMcsTypes[] = {
    mcs_entry<mcs::ChannelId>("ChannelId"),
    mcs_entry<mcs::ChannelId, kStaticChannel>("StaticChannelId"),
    mcs_entry<mcs::ChannelId, kDynamicChannel>("DynamicChannelId"),
    mcs_entry<mcs::UserId>("UserId"),
    mcs_entry<mcs::ChannelId, kDynamicChannel>("PrivateChannelId"),
    mcs_entry<mcs::ChannelId, kDynamicChannel>("AssignedChannelId"),
    mcs_entry<mcs::TokenId>("TokenId"),
    mcs_entry<mcs::TokenStatus>("TokenStatus"),
    mcs_entry<mcs::DataPriority>("DataPriority"),
    mcs_entry<mcs::Segmentation>("Segmentation"),
    mcs_entry<mcs::DomainParameters>("DomainParameters"),
    mcs_entry<mcs::ConnectInitial>("Connect-Initial"),
    mcs_entry<mcs::ConnectResponse>("Connect-Response"),
    mcs_entry<mcs::ConnectAdditional>("Connect-Additional"),
    mcs_entry<mcs::ConnectResult>("Connect-Result"),
    mcs_entry<mcs::PlumbDomainIndication>("PlumbDomainIndication"),
    mcs_entry<mcs::ErectDomainRequest>("ErectDomainRequest"),
    mcs_entry<mcs::ChannelAttributes>("ChannelAttributes"),
    mcs_entry<mcs::MergeChannelsRequest>("MergeChannelsRequest"),
    mcs_entry<mcs::MergeChannelsConfirm>("MergeChannelsConfirm"),
    mcs_entry<mcs::PurgeChannelsIndication>("PurgeChannelsIndication"),
    mcs_entry<mcs::TokenAttributes>("TokenAttributes"),
    mcs_entry<mcs::MergeTokensRequest>("MergeTokensRequest"),
    mcs_entry<mcs::MergeTokensConfirm>("MergeTokensConfirm"),
    mcs_entry<mcs::PurgeTokensIndication>("PurgeTokensIndication"),
    mcs_entry<mcs::DisconnectProviderUltimatum>("DisconnectProviderUltimatum"),
    mcs_entry<mcs::RejectMcspduUltimatum>("RejectMCSPDUUltimatum"),
    mcs_entry<mcs::AttachUserRequest>("AttachUserRequest"),
    mcs_entry<mcs::AttachUserConfirm>("AttachUserConfirm"),
    mcs_entry<mcs::DetachUserRequest>("DetachUserRequest"),
    mcs_entry<mcs::DetachUserIndication>("DetachUserIndication"),
    mcs_entry<mcs::ChannelJoinRequest>("ChannelJoinRequest"),
    mcs_entry<mcs::ChannelJoinConfirm>("ChannelJoinConfirm"),
    mcs_entry<mcs::ChannelLeaveRequest>("ChannelLeaveRequest"),
    mcs_entry<mcs::ChannelConveneRequest>("ChannelConveneRequest"),
    mcs_entry<mcs::ChannelConveneConfirm>("ChannelConveneConfirm"),
    mcs_entry<mcs::ChannelDisbandRequest>("ChannelDisbandRequest"),
    mcs_entry<mcs::ChannelDisbandIndication>("ChannelDisbandIndication"),
    mcs_entry<mcs::ChannelAdmitRequest>("ChannelAdmitRequest"),
    mcs_entry<mcs::ChannelAdmitIndication>("ChannelAdmitIndication"),
    mcs_entry<mcs::ChannelExpelRequest>("ChannelExpelRequest"),
    mcs_entry<mcs::ChannelExpelIndication>("ChannelExpelIndication"),
    mcs_entry<mcs::SendDataRequest>("SendDataRequest"),
    mcs_entry<mcs::SendDataIndication>("SendDataIndication"),
    mcs_entry<mcs::UniformSendDataRequest>("UniformSendDataRequest"),
    mcs_entry<mcs::UniformSendDataIndication>("UniformSendDataIndication"),
    mcs_entry<mcs::TokenGrabRequest>("TokenGrabRequest"),
    mcs_entry<mcs::TokenGrabConfirm>("TokenGrabConfirm"),
    mcs_entry<mcs::TokenInhibitRequest>("TokenInhibitRequest"),
    mcs_entry<mcs::TokenInhibitConfirm>("TokenInhibitConfirm"),
    mcs_entry<mcs::TokenGiveRequest>("TokenGiveRequest"),
    mcs_entry<mcs::TokenGiveIndication>("TokenGiveIndication"),
    mcs_entry<mcs::TokenGiveResponse>("TokenGiveResponse"),
    mcs_entry<mcs::TokenGiveConfirm>("TokenGiveConfirm"),
    mcs_entry<mcs::TokenPleaseRequest>("TokenPleaseRequest"),
    mcs_entry<mcs::TokenPleaseIndication>("TokenPleaseIndication"),
    mcs_entry<mcs::TokenReleaseRequest>("TokenReleaseRequest"),
    mcs_entry<mcs::TokenReleaseConfirm>("TokenReleaseConfirm"),
    mcs_entry<mcs::TokenTestRequest>("TokenTestRequest"),
    mcs_entry<mcs::TokenTestConfirm>("TokenTestConfirm"),
    mcs_entry<mcs::Reason>("Reason"),
    mcs_entry<mcs::Result>("Result"),
    mcs_entry<mcs::Diagnostic>("Diagnostic"),
    mcs_entry<mcs::ConnectPdu>("ConnectMCSPDU"),
    mcs_entry<mcs::DomainPdu>("DomainMCSPDU"),
};

}  // namespace

std::span<const TypeEntry> mcs_types() { return kMcsTypes; }

}  // namespace convene::catalogue
