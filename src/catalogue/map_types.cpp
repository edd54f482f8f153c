#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "mcs/ids.hpp"
#include "mcs/map/pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<0, 15> kPriority{};
constexpr asn1::Integer<128, 65535> kPayloadSize{};
constexpr asn1::Integer<1, 65535> kMapChannel{};
constexpr asn1::Integer<0, 65535> kSequenceNumber{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry map_entry(std::string_view name) {
    return type_entry<T, Node>("MAP-PROTOCOL", name);
}

constexpr TypeEntry kMapTypes[] = {
    map_entry<mcs::map::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    map_entry<mcs::v3::Key>("Key"),
    map_entry<mcs::map::NonStandardParameter>("NonStandardParameter"),
    map_entry<mcs::map::NonStandardPdu>("NonStandardPDU"),
    map_entry<mcs::map::VersionNumber>("VersionNumber"),
    map_entry<std::uint8_t, kPriority>("Priority"),
    map_entry<mcs::map::PriorityRange>("PriorityRange"),
    map_entry<mcs::map::ConnectRequest>("MAPConnectRequestPDU"),
    map_entry<mcs::map::ConnectConfirm>("MAPConnectConfirmPDU"),
    map_entry<mcs::map::Reason>("Reason"),
    map_entry<mcs::map::DisconnectRequest>("MAPDisconnectRequestPDU"),
    map_entry<mcs::map::DisconnectConfirm>("MAPDisconnectConfirmPDU"),
    map_entry<mcs::map::TransportProtocolId>("TransportProtocolID"),
    map_entry<mcs::map::TransportProtocolType>("TransportProtocolType"),
    map_entry<mcs::map::NetworkAddress>("NetworkAddress"),
    map_entry<std::uint16_t, kPayloadSize>("PayloadSize"),
    map_entry<mcs::map::TransportProtocolRequestEntry>("TransportProtocolRequestEntry"),
    map_entry<mcs::map::ArbitrateProtocolsRequest>("MAPArbitrateProtocolsRequestPDU"),
    map_entry<mcs::map::TransportProtocolConfirmEntry>("TransportProtocolConfirmEntry"),
    map_entry<mcs::map::ArbitrateProtocolsConfirm>("MAPArbitrateProtocolsConfirmPDU"),
    map_entry<mcs::UserId>("SenderID"),
    map_entry<mcs::ChannelId, kMapChannel>("ChannelID"),
    map_entry<mcs::map::ReliabilityLevel>("ReliabilityLevel"),
    map_entry<mcs::map::DataType>("DataType"),
    map_entry<mcs::map::DataFlowIdentifier>("DataFlowIdentifier"),
    map_entry<std::uint16_t, kSequenceNumber>("SequenceNumber"),
    map_entry<mcs::map::DataDescriptor>("DataDescriptor"),
    map_entry<mcs::map::DataFrameEntry>("DataFrameEntry"),
    map_entry<mcs::map::Data>("MAPDataPDU"),
    map_entry<mcs::map::Metachannel>("Metachannel"),
    map_entry<mcs::map::AddGroupRequest>("MAPAddGroupRequestPDU"),
    map_entry<mcs::map::RemoveGroupRequest>("MAPRemoveGroupRequestPDU"),
    map_entry<mcs::map::DisableUnicastRequest>("MAPDisableUnicastRequestPDU"),
    map_entry<mcs::map::EnableUnicastRequest>("MAPEnableUnicastRequestPDU"),
    map_entry<mcs::map::EnableUnicastConfirm>("MAPEnableUnicastConfirmPDU"),
    map_entry<mcs::map::DisableMulticastRequest>("MAPDisableMulticastRequestPDU"),
    map_entry<mcs::map::DisableMulticastConfirm>("MAPDisableMulticastConfirmPDU"),
    map_entry<mcs::map::EnableMulticastRequest>("MAPEnableMulticastRequestPDU"),
    map_entry<mcs::map::SequenceNumber>("MAPSequenceNumberPDU"),
    map_entry<mcs::map::Pdu>("MAPPDU"),
};

}  // namespace

std::span<const TypeEntry> map_types() { return kMapTypes; }

}  // namespace convene::catalogue
