#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "mcs/ids.hpp"
#include "mcs/map/pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<0, 15> kPriority{};
constexpr asn1::Integer<128, 65535> kPayloadSize{};
constexpr asn1::Integer<1, 65535> kChannel{};
constexpr asn1::Integer<0, 65535> kSequenceNumber{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry entry(std::string_view name) {
    return type_entry<T, Node>("MAP-PROTOCOL", name);
}

constexpr TypeEntry kTypes[] = {
    entry<mcs::map::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    entry<mcs::v3::Key>("Key"),
    entry<mcs::map::NonStandardParameter>("NonStandardParameter"),
    entry<mcs::map::NonStandardPdu>("NonStandardPDU"),
    entry<mcs::map::VersionNumber>("VersionNumber"),
    entry<std::uint8_t, kPriority>("Priority"),
    entry<mcs::map::PriorityRange>("PriorityRange"),
    entry<mcs::map::ConnectRequest>("MAPConnectRequestPDU"),
    entry<mcs::map::ConnectConfirm>("MAPConnectConfirmPDU"),
    entry<mcs::map::Reason>("Reason"),
    entry<mcs::map::DisconnectRequest>("MAPDisconnectRequestPDU"),
    entry<mcs::map::DisconnectConfirm>("MAPDisconnectConfirmPDU"),
    entry<mcs::map::TransportProtocolId>("TransportProtocolID"),
    entry<mcs::map::TransportProtocolType>("TransportProtocolType"),
    entry<mcs::map::NetworkAddress>("NetworkAddress"),
    entry<std::uint16_t, kPayloadSize>("PayloadSize"),
    entry<mcs::map::TransportProtocolRequestEntry>("TransportProtocolRequestEntry"),
    entry<mcs::map::ArbitrateProtocolsRequest>("MAPArbitrateProtocolsRequestPDU"),
    entry<mcs::map::TransportProtocolConfirmEntry>("TransportProtocolConfirmEntry"),
    entry<mcs::map::ArbitrateProtocolsConfirm>("MAPArbitrateProtocolsConfirmPDU"),
    entry<mcs::UserId>("SenderID"),
    entry<mcs::ChannelId, kChannel>("ChannelID"),
    entry<mcs::map::ReliabilityLevel>("ReliabilityLevel"),
    entry<mcs::map::DataType>("DataType"),
    entry<mcs::map::DataFlowIdentifier>("DataFlowIdentifier"),
    entry<std::uint16_t, kSequenceNumber>("SequenceNumber"),
    entry<mcs::map::DataDescriptor>("DataDescriptor"),
    entry<mcs::map::DataFrameEntry>("DataFrameEntry"),
    entry<mcs::map::Data>("MAPDataPDU"),
    entry<mcs::map::Metachannel>("Metachannel"),
    entry<mcs::map::AddGroupRequest>("MAPAddGroupRequestPDU"),
    entry<mcs::map::RemoveGroupRequest>("MAPRemoveGroupRequestPDU"),
    entry<mcs::map::DisableUnicastRequest>("MAPDisableUnicastRequestPDU"),
    entry<mcs::map::EnableUnicastRequest>("MAPEnableUnicastRequestPDU"),
    entry<mcs::map::EnableUnicastConfirm>("MAPEnableUnicastConfirmPDU"),
    entry<mcs::map::DisableMulticastRequest>("MAPDisableMulticastRequestPDU"),
    entry<mcs::map::DisableMulticastConfirm>("MAPDisableMulticastConfirmPDU"),
    entry<mcs::map::EnableMulticastRequest>("MAPEnableMulticastRequestPDU"),
    entry<mcs::map::SequenceNumber>("MAPSequenceNumberPDU"),
    entry<mcs::map::Pdu>("MAPPDU"),
};

}  // namespace

std::span<const TypeEntry> map_types() { return kTypes; }

}  // namespace convene::catalogue
