#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "gcc/network_address_v2.hpp"
#include "gcc/query_pdu.hpp"
#include "gcc/types.hpp"

namespace convene::catalogue {
namespace {

constexpr gcc::ChannelIdRange kChannel{};
constexpr asn1::Integer<1, 1000> kStaticChannel{};
constexpr asn1::Integer<1001, 65535> kDynamicChannel{};
constexpr asn1::Integer<1, 16383> kStaticToken{};
constexpr gcc::DynamicTokenIdRange kDynamicToken{};
constexpr gcc::TimeRange kTime{};
constexpr gcc::TextString kText{};
constexpr gcc::SimpleTextString kSimpleText{};
constexpr gcc::SimpleNumericString kSimpleNumeric{};
constexpr gcc::DiallingString kDialling{};
constexpr gcc::SubAddressString kSubAddress{};
constexpr gcc::ExtraDiallingString kExtraDialling{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry entry(std::string_view name) {
    return type_entry<T, Node>("GCC-PROTOCOL", name);
}

constexpr TypeEntry kTypes[] = {
    entry<mcs::ChannelId, kChannel>("ChannelID"),
    entry<mcs::ChannelId, kStaticChannel>("StaticChannelID"),
    entry<mcs::ChannelId, kDynamicChannel>("DynamicChannelID"),
    entry<mcs::UserId>("UserID"),
    entry<mcs::TokenId>("TokenID"),
    entry<mcs::TokenId, kStaticToken>("StaticTokenID"),
    entry<mcs::TokenId, kDynamicToken>("DynamicTokenID"),
    entry<gcc::Seconds, kTime>("Time"),
    entry<gcc::Handle>("Handle"),
    entry<gcc::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    entry<gcc::Key>("Key"),
    entry<gcc::NonStandardParameter>("NonStandardParameter"),
    entry<std::u16string, kText>("TextString"),
    entry<std::u16string, kSimpleText>("SimpleTextString"),
    entry<std::string, kSimpleNumeric>("SimpleNumericString"),
    entry<std::string, kDialling>("DiallingString"),
    entry<std::string, kSubAddress>("SubAddressString"),
    entry<std::u16string, kExtraDialling>("ExtraDiallingString"),
    entry<gcc::UserData>("UserData"),
    entry<gcc::Password>("Password"),
    entry<gcc::PasswordSelector>("PasswordSelector"),
    entry<gcc::ChallengeResponseItem>("ChallengeResponseItem"),
    entry<gcc::ChallengeResponseAlgorithm>("ChallengeResponseAlgorithm"),
    entry<gcc::ChallengeItem>("ChallengeItem"),
    entry<gcc::ChallengeRequest>("ChallengeRequest"),
    entry<gcc::ChallengeResponse>("ChallengeResponse"),
    entry<gcc::PasswordChallengeRequestResponse>("PasswordChallengeRequestResponse"),
    entry<gcc::ConferenceName>("ConferenceName"),
    entry<gcc::ConferenceNameSelector>("ConferenceNameSelector"),
    entry<gcc::ConferenceNameModifier, kSimpleNumeric>("ConferenceNameModifier"),
    entry<gcc::Privilege>("Privilege"),
    entry<gcc::TerminationMethod>("TerminationMethod"),
    entry<gcc::ConferencePriorityScheme>("ConferencePriorityScheme"),
    entry<gcc::ConferencePriority>("ConferencePriority"),
    entry<gcc::NodeCategory>("NodeCategory"),
    entry<gcc::ConferenceMode>("ConferenceMode"),
    entry<gcc::NetworkAddress>("NetworkAddress"),
    entry<gcc::MediaList>("MediaList"),
    entry<gcc::ChannelAggregationMethod>("ChannelAggregationMethod"),
    entry<gcc::Profile>("Profile"),
    entry<gcc::ExtendedE164NetworkAddress>("ExtendedE164NetworkAddress"),
    entry<gcc::TransportAddress>("TransportAddress"),
    entry<gcc::GstnConnection>("GSTNConnection"),
    entry<gcc::IsdnConnection>("ISDNConnection"),
    entry<gcc::CsdnConnection>("CSDNConnection"),
    entry<gcc::PsdnConnection>("PSDNConnection"),
    entry<gcc::AtmConnection>("ATMConnection"),
    entry<gcc::NetworkConnection>("NetworkConnection"),
    entry<gcc::NetworkAddressV2>("NetworkAddressV2"),
    entry<gcc::NodeType>("NodeType"),
    entry<gcc::NodeProperties>("NodeProperties"),
    entry<gcc::AsymmetryIndicator>("AsymmetryIndicator"),
    entry<gcc::AlternativeNodeId>("AlternativeNodeID"),
    entry<gcc::ConferenceDescriptor>("ConferenceDescriptor"),
    entry<gcc::NodeRecord>("NodeRecord"),
    entry<gcc::SessionKey>("SessionKey"),
    entry<gcc::ChannelType>("ChannelType"),
    entry<gcc::ApplicationRecord>("ApplicationRecord"),
    entry<gcc::CapabilityId>("CapabilityID"),
    entry<gcc::CapabilityClass>("CapabilityClass"),
    entry<gcc::EntityId>("EntityID"),
    entry<gcc::ApplicationInvokeSpecifier>("ApplicationInvokeSpecifier"),
    entry<gcc::RegistryKey>("RegistryKey"),
    entry<gcc::RegistryItem>("RegistryItem"),
    entry<gcc::RegistryEntryOwner>("RegistryEntryOwner"),
    entry<gcc::RegistryModificationRights>("RegistryModificationRights"),
};

}  // namespace

std::span<const TypeEntry> gcc_element_types() { return kTypes; }

}  // namespace convene::catalogue
