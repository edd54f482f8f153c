#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "mcs/v3/capabilities.hpp"
#include "mcs/v3/domain_pdu.hpp"
#include "mcs/v3/extended_parameters.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<1, 1000> kMcs3StaticChannel{};
constexpr asn1::Integer<1001, 65535> kMcs3DynamicChannel{};
constexpr asn1::SequenceOf<> kSequenceOf{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry mcs3_entry(std::string_view name) {
    return type_entry<T, Node>("MCS-PROTOCOL-3", name);
}

constexpr TypeEntry kMcs3Types[] = {
    mcs3_entry<mcs::v3::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    mcs3_entry<mcs::v3::Key>("Key"),
    mcs3_entry<mcs::v3::NonStandardParameter>("NonStandardParameter"),
    mcs3_entry<mcs::ChannelId>("ChannelId"),
    mcs3_entry<mcs::ChannelId, kMcs3StaticChannel>("StaticChannelId"),
    mcs3_entry<mcs::ChannelId, kMcs3DynamicChannel>("DynamicChannelId"),
    mcs3_entry<mcs::UserId>("UserId"),
    mcs3_entry<mcs::ChannelId, kMcs3DynamicChannel>("PrivateChannelId"),
    mcs3_entry<mcs::ChannelId, kMcs3DynamicChannel>("AssignedChannelId"),
    mcs3_entry<mcs::TokenId>("TokenId"),
    mcs3_entry<mcs::TokenStatus, mcs::v3::kAsChoice<mcs::TokenStatus>>("TokenStatus"),
    mcs3_entry<mcs::DataPriority, mcs::v3::kAsChoice<mcs::DataPriority>>("DataPriority"),
    mcs3_entry<mcs::Segmentation>("Segmentation"),
    mcs3_entry<mcs::v3::ExtendedParameters>("ExtendedParameters"),
    mcs3_entry<mcs::v3::ExtendedParameterPropose>("ExtendedParameterPropose"),
    mcs3_entry<mcs::v3::ExtendedParameterAccept>("ExtendedParameterAccept"),
    mcs3_entry<mcs::v3::PlumbDomainIndication>("PlumbDomainIndication"),
    mcs3_entry<mcs::v3::ErectDomainRequest>("ErectDomainRequest"),
    mcs3_entry<mcs::v3::ChannelAttributes>("ChannelAttributes"),
    mcs3_entry<mcs::v3::MergeChannelsRequest>("MergeChannelsRequest"),
    mcs3_entry<mcs::v3::MergeChannelsConfirm>("MergeChannelsConfirm"),
    mcs3_entry<mcs::v3::PurgeChannelsIndication>("PurgeChannelsIndication"),
    mcs3_entry<mcs::v3::TokenAttributes>("TokenAttributes"),
    mcs3_entry<mcs::v3::MergeTokensRequest>("MergeTokensRequest"),
    mcs3_entry<mcs::v3::MergeTokensConfirm>("MergeTokensConfirm"),
    mcs3_entry<mcs::v3::PurgeTokensIndication>("PurgeTokensIndication"),
    mcs3_entry<mcs::v3::DisconnectProviderUltimatum>("DisconnectProviderUltimatum"),
    mcs3_entry<mcs::v3::RejectMcspduUltimatum>("RejectMCSPDUUltimatum"),
    mcs3_entry<mcs::v3::AttachUserRequest>("AttachUserRequest"),
    mcs3_entry<mcs::v3::AttachUserConfirm>("AttachUserConfirm"),
    mcs3_entry<mcs::v3::DetachUserRequest>("DetachUserRequest"),
    mcs3_entry<mcs::v3::DetachUserIndication>("DetachUserIndication"),
    mcs3_entry<mcs::v3::ChannelJoinRequest>("ChannelJoinRequest"),
    mcs3_entry<mcs::v3::ChannelJoinConfirm>("ChannelJoinConfirm"),
    mcs3_entry<mcs::v3::ChannelLeaveRequest>("ChannelLeaveRequest"),
    mcs3_entry<mcs::v3::ChannelConveneRequest>("ChannelConveneRequest"),
    mcs3_entry<mcs::v3::ChannelConveneConfirm>("ChannelConveneConfirm"),
    mcs3_entry<mcs::v3::ChannelDisbandRequest>("ChannelDisbandRequest"),
    mcs3_entry<mcs::v3::ChannelDisbandIndication>("ChannelDisbandIndication"),
    mcs3_entry<mcs::v3::ChannelAdmitRequest>("ChannelAdmitRequest"),
    mcs3_entry<mcs::v3::ChannelAdmitIndication>("ChannelAdmitIndication"),
    mcs3_entry<mcs::v3::ChannelExpelRequest>("ChannelExpelRequest"),
    mcs3_entry<mcs::v3::ChannelExpelIndication>("ChannelExpelIndication"),
    mcs3_entry<mcs::v3::SendDataRequest>("SendDataRequest"),
    mcs3_entry<mcs::v3::SendDataIndication>("SendDataIndication"),
    mcs3_entry<mcs::v3::UniformSendDataRequest>("UniformSendDataRequest"),
    mcs3_entry<mcs::v3::UniformSendDataIndication>("UniformSendDataIndication"),
    mcs3_entry<mcs::v3::TokenGrabRequest>("TokenGrabRequest"),
    mcs3_entry<mcs::v3::TokenGrabConfirm>("TokenGrabConfirm"),
    mcs3_entry<mcs::v3::TokenInhibitRequest>("TokenInhibitRequest"),
    mcs3_entry<mcs::v3::TokenInhibitConfirm>("TokenInhibitConfirm"),
    mcs3_entry<mcs::v3::TokenGiveRequest>("TokenGiveRequest"),
    mcs3_entry<mcs::v3::TokenGiveIndication>("TokenGiveIndication"),
    mcs3_entry<mcs::v3::TokenGiveResponse>("TokenGiveResponse"),
    mcs3_entry<mcs::v3::TokenGiveConfirm>("TokenGiveConfirm"),
    mcs3_entry<mcs::v3::TokenPleaseRequest>("TokenPleaseRequest"),
    mcs3_entry<mcs::v3::TokenPleaseIndication>("TokenPleaseIndication"),
    mcs3_entry<mcs::v3::TokenReleaseRequest>("TokenReleaseRequest"),
    mcs3_entry<mcs::v3::TokenReleaseConfirm>("TokenReleaseConfirm"),
    mcs3_entry<mcs::v3::TokenTestRequest>("TokenTestRequest"),
    mcs3_entry<mcs::v3::TokenTestConfirm>("TokenTestConfirm"),
    mcs3_entry<mcs::v3::CapabilityId>("CapabilityID"),
    mcs3_entry<mcs::v3::CapabilityClass>("CapabilityClass"),
    mcs3_entry<mcs::v3::ParticipationIndicator>("ParticipationIndicator"),
    mcs3_entry<mcs::v3::RequestCapability>("RequestCapability"),
    mcs3_entry<std::vector<mcs::v3::RequestCapability>, kSequenceOf>("SeqOfRequestCapabilities"),
    mcs3_entry<mcs::v3::IndicationCapability>("IndicationCapability"),
    mcs3_entry<std::vector<mcs::v3::IndicationCapability>, kSequenceOf>("SeqOfIndicationCapabilities"),
    mcs3_entry<mcs::v3::CapabilitiesNotificationRequest>("CapabilitiesNotificationRequest"),
    mcs3_entry<mcs::v3::CapabilitiesNotificationIndication>("CapabilitiesNotificationIndication"),
    mcs3_entry<mcs::Reason, mcs::v3::kAsChoice<mcs::Reason>>("Reason"),
    mcs3_entry<mcs::Result, mcs::v3::kAsChoice<mcs::Result>>("Result"),
    mcs3_entry<mcs::Diagnostic, mcs::v3::kAsChoice<mcs::Diagnostic>>("Diagnostic"),
    mcs3_entry<mcs::v3::NonStandardPdu>("NonStandardPDU"),
    mcs3_entry<mcs::v3::ExtendedParameterPdu>("ExtendedParameterMCSPDU"),
    mcs3_entry<mcs::v3::DomainPdu>("DomainMCSPDU"),
};

}  // namespace

std::span<const TypeEntry> mcs3_types() { return kMcs3Types; }

}  // namespace convene::catalogue
