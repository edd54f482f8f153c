#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "mcs/v3/capabilities.hpp"
#include "mcs/v3/domain_pdu.hpp"
#include "mcs/v3/extended_parameters.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<1, 1000> kStaticChannel{};
constexpr asn1::Integer<1001, 65535> kDynamicChannel{};
constexpr asn1::SequenceOf<> kSequenceOf{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry entry(std::string_view name) {
    return type_entry<T, Node>("MCS-PROTOCOL-3", name);
}

constexpr TypeEntry kTypes[] = {
    entry<mcs::v3::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    entry<mcs::v3::Key>("Key"),
    entry<mcs::v3::NonStandardParameter>("NonStandardParameter"),
    entry<mcs::ChannelId>("ChannelId"),
    entry<mcs::ChannelId, kStaticChannel>("StaticChannelId"),
    entry<mcs::ChannelId, kDynamicChannel>("DynamicChannelId"),
    entry<mcs::UserId>("UserId"),
    entry<mcs::ChannelId, kDynamicChannel>("PrivateChannelId"),
    entry<mcs::ChannelId, kDynamicChannel>("AssignedChannelId"),
    entry<mcs::TokenId>("TokenId"),
    entry<mcs::TokenStatus, mcs::v3::kAsChoice<mcs::TokenStatus>>("TokenStatus"),
    entry<mcs::DataPriority, mcs::v3::kAsChoice<mcs::DataPriority>>("DataPriority"),
    entry<mcs::Segmentation>("Segmentation"),
    entry<mcs::v3::ExtendedParameters>("ExtendedParameters"),
    entry<mcs::v3::ExtendedParameterPropose>("ExtendedParameterPropose"),
    entry<mcs::v3::ExtendedParameterAccept>("ExtendedParameterAccept"),
    entry<mcs::v3::PlumbDomainIndication>("PlumbDomainIndication"),
    entry<mcs::v3::ErectDomainRequest>("ErectDomainRequest"),
    entry<mcs::v3::ChannelAttributes>("ChannelAttributes"),
    entry<mcs::v3::MergeChannelsRequest>("MergeChannelsRequest"),
    entry<mcs::v3::MergeChannelsConfirm>("MergeChannelsConfirm"),
    entry<mcs::v3::PurgeChannelsIndication>("PurgeChannelsIndication"),
    entry<mcs::v3::TokenAttributes>("TokenAttributes"),
    entry<mcs::v3::MergeTokensRequest>("MergeTokensRequest"),
    entry<mcs::v3::MergeTokensConfirm>("MergeTokensConfirm"),
    entry<mcs::v3::PurgeTokensIndication>("PurgeTokensIndication"),
    entry<mcs::v3::DisconnectProviderUltimatum>("DisconnectProviderUltimatum"),
    entry<mcs::v3::RejectMcspduUltimatum>("RejectMCSPDUUltimatum"),
    entry<mcs::v3::AttachUserRequest>("AttachUserRequest"),
    entry<mcs::v3::AttachUserConfirm>("AttachUserConfirm"),
    entry<mcs::v3::DetachUserRequest>("DetachUserRequest"),
    entry<mcs::v3::DetachUserIndication>("DetachUserIndication"),
    entry<mcs::v3::ChannelJoinRequest>("ChannelJoinRequest"),
    entry<mcs::v3::ChannelJoinConfirm>("ChannelJoinConfirm"),
    entry<mcs::v3::ChannelLeaveRequest>("ChannelLeaveRequest"),
    entry<mcs::v3::ChannelConveneRequest>("ChannelConveneRequest"),
    entry<mcs::v3::ChannelConveneConfirm>("ChannelConveneConfirm"),
    entry<mcs::v3::ChannelDisbandRequest>("ChannelDisbandRequest"),
    entry<mcs::v3::ChannelDisbandIndication>("ChannelDisbandIndication"),
    entry<mcs::v3::ChannelAdmitRequest>("ChannelAdmitRequest"),
    entry<mcs::v3::ChannelAdmitIndication>("ChannelAdmitIndication"),
    entry<mcs::v3::ChannelExpelRequest>("ChannelExpelRequest"),
    entry<mcs::v3::ChannelExpelIndication>("ChannelExpelIndication"),
    entry<mcs::v3::SendDataRequest>("SendDataRequest"),
    entry<mcs::v3::SendDataIndication>("SendDataIndication"),
    entry<mcs::v3::UniformSendDataRequest>("UniformSendDataRequest"),
    entry<mcs::v3::UniformSendDataIndication>("UniformSendDataIndication"),
    entry<mcs::v3::TokenGrabRequest>("TokenGrabRequest"),
    entry<mcs::v3::TokenGrabConfirm>("TokenGrabConfirm"),
    entry<mcs::v3::TokenInhibitRequest>("TokenInhibitRequest"),
    entry<mcs::v3::TokenInhibitConfirm>("TokenInhibitConfirm"),
    entry<mcs::v3::TokenGiveRequest>("TokenGiveRequest"),
    entry<mcs::v3::TokenGiveIndication>("TokenGiveIndication"),
    entry<mcs::v3::TokenGiveResponse>("TokenGiveResponse"),
    entry<mcs::v3::TokenGiveConfirm>("TokenGiveConfirm"),
    entry<mcs::v3::TokenPleaseRequest>("TokenPleaseRequest"),
    entry<mcs::v3::TokenPleaseIndication>("TokenPleaseIndication"),
    entry<mcs::v3::TokenReleaseRequest>("TokenReleaseRequest"),
    entry<mcs::v3::TokenReleaseConfirm>("TokenReleaseConfirm"),
    entry<mcs::v3::TokenTestRequest>("TokenTestRequest"),
    entry<mcs::v3::TokenTestConfirm>("TokenTestConfirm"),
    entry<mcs::v3::CapabilityId>("CapabilityID"),
    entry<mcs::v3::CapabilityClass>("CapabilityClass"),
    entry<mcs::v3::ParticipationIndicator>("ParticipationIndicator"),
    entry<mcs::v3::RequestCapability>("RequestCapability"),
    entry<std::vector<mcs::v3::RequestCapability>, kSequenceOf>("SeqOfRequestCapabilities"),
    entry<mcs::v3::IndicationCapability>("IndicationCapability"),
    entry<std::vector<mcs::v3::IndicationCapability>, kSequenceOf>("SeqOfIndicationCapabilities"),
    entry<mcs::v3::CapabilitiesNotificationRequest>("CapabilitiesNotificationRequest"),
    entry<mcs::v3::CapabilitiesNotificationIndication>("CapabilitiesNotificationIndication"),
    entry<mcs::Reason, mcs::v3::kAsChoice<mcs::Reason>>("Reason"),
    entry<mcs::Result, mcs::v3::kAsChoice<mcs::Result>>("Result"),
    entry<mcs::Diagnostic, mcs::v3::kAsChoice<mcs::Diagnostic>>("Diagnostic"),
    entry<mcs::v3::NonStandardPdu>("NonStandardPDU"),
    entry<mcs::v3::ExtendedParameterPdu>("ExtendedParameterMCSPDU"),
    entry<mcs::v3::DomainPdu>("DomainMCSPDU"),
};

}  // namespace

std::span<const TypeEntry> mcs3_types() { return kTypes; }

}  // namespace convene::catalogue
