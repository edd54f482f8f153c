#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "gcc/network_address_v2.hpp"
#include "gcc/query_pdu.hpp"
#include "gcc/types.hpp"

namespace convene::catalogue {
namespace {

constexpr gcc::ChannelIdRange kChannel{};
constexpr asn1::Integer<1, 1000> kGccStaticChannel{};
constexpr asn1::Integer<1001, 65535> kGccDynamicChannel{};
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
constexpr TypeEntry gcc_element_entry(std::string_view name) {
    return type_entry<T, Node>("GCC-PROTOCOL", name);
}

constexpr TypeEntry kGccElementTypes[] = {
    gcc_element_entry<mcs::ChannelId, kChannel>("ChannelID"),
    gcc_element_entry<mcs::ChannelId, kGccStaticChannel>("StaticChannelID"),
    gcc_element_entry<mcs::ChannelId, kGccDynamicChannel>("DynamicChannelID"),
    gcc_element_entry<mcs::UserId>("UserID"),
    gcc_element_entry<mcs::TokenId>("TokenID"),
    gcc_element_entry<mcs::TokenId, kStaticToken>("StaticTokenID"),
    gcc_element_entry<mcs::TokenId, kDynamicToken>("DynamicTokenID"),
    gcc_element_entry<gcc::Seconds, kTime>("Time"),
    gcc_element_entry<gcc::Handle>("Handle"),
    gcc_element_entry<gcc::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    gcc_element_entry<gcc::Key>("Key"),
    gcc_element_entry<gcc::NonStandardParameter>("NonStandardParameter"),
    gcc_element_entry<std::u16string, kText>("TextString"),
    gcc_element_entry<std::u16string, kSimpleText>("SimpleTextString"),
    gcc_element_entry<std::string, kSimpleNumeric>("SimpleNumericString"),
    gcc_element_entry<std::string, kDialling>("DiallingString"),
    gcc_element_entry<std::string, kSubAddress>("SubAddressString"),
    gcc_element_entry<std::u16string, kExtraDialling>("ExtraDiallingString"),
    gcc_element_entry<gcc::UserData>("UserData"),
    gcc_element_entry<gcc::Password>("Password"),
    gcc_element_entry<gcc::PasswordSelector>("PasswordSelector"),
    gcc_element_entry<gcc::ChallengeResponseItem>("ChallengeResponseItem"),
    gcc_element_entry<gcc::ChallengeResponseAlgorithm>("ChallengeResponseAlgorithm"),
    gcc_element_entry<gcc::ChallengeItem>("ChallengeItem"),
    gcc_element_entry<gcc::ChallengeRequest>("ChallengeRequest"),
    gcc_element_entry<gcc::ChallengeResponse>("ChallengeResponse"),
    gcc_element_entry<gcc::PasswordChallengeRequestResponse>("PasswordChallengeRequestResponse"),
    gcc_element_entry<gcc::ConferenceName>("ConferenceName"),
    gcc_element_entry<gcc::ConferenceNameSelector>("ConferenceNameSelector"),
    gcc_element_entry<gcc::ConferenceNameModifier, kSimpleNumeric>("ConferenceNameModifier"),
    gcc_element_entry<gcc::Privilege>("Privilege"),
    gcc_element_entry<gcc::TerminationMethod>("TerminationMethod"),
    gcc_element_entry<gcc::ConferencePriorityScheme>("ConferencePriorityScheme"),
    gcc_element_entry<gcc::ConferencePriority>("ConferencePriority"),
    gcc_element_entry<gcc::NodeCategory>("NodeCategory"),
    gcc_element_entry<gcc::ConferenceMode>("ConferenceMode"),
    gcc_element_entry<gcc::NetworkAddress>("NetworkAddress"),
    gcc_element_entry<gcc::MediaList>("MediaList"),
    gcc_element_entry<gcc::ChannelAggregationMethod>("ChannelAggregationMethod"),
    gcc_element_entry<gcc::Profile>("Profile"),
    gcc_element_entry<gcc::ExtendedE164NetworkAddress>("ExtendedE164NetworkAddress"),
    gcc_element_entry<gcc::TransportAddress>("TransportAddress"),
    gcc_element_entry<gcc::GstnConnection>("GSTNConnection"),
    gcc_element_entry<gcc::IsdnConnection>("ISDNConnection"),
    gcc_element_entry<gcc::CsdnConnection>("CSDNConnection"),
    gcc_element_entry<gcc::PsdnConnection>("PSDNConnection"),
    gcc_element_entry<gcc::AtmConnection>("ATMConnection"),
    gcc_element_entry<gcc::NetworkConnection>("NetworkConnection"),
    gcc_element_entry<gcc::NetworkAddressV2>("NetworkAddressV2"),
    gcc_element_entry<gcc::NodeType>("NodeType"),
    gcc_element_entry<gcc::NodeProperties>("NodeProperties"),
    gcc_element_entry<gcc::AsymmetryIndicator>("AsymmetryIndicator"),
    gcc_element_entry<gcc::AlternativeNodeId>("AlternativeNodeID"),
    gcc_element_entry<gcc::ConferenceDescriptor>("ConferenceDescriptor"),
    gcc_element_entry<gcc::NodeRecord>("NodeRecord"),
    gcc_element_entry<gcc::SessionKey>("SessionKey"),
    gcc_element_entry<gcc::ChannelType>("ChannelType"),
    gcc_element_entry<gcc::ApplicationRecord>("ApplicationRecord"),
    gcc_element_entry<gcc::CapabilityId>("CapabilityID"),
    gcc_element_entry<gcc::CapabilityClass>("CapabilityClass"),
    gcc_element_entry<gcc::EntityId>("EntityID"),
    gcc_element_entry<gcc::ApplicationInvokeSpecifier>("ApplicationInvokeSpecifier"),
    gcc_element_entry<gcc::RegistryKey>("RegistryKey"),
    gcc_element_entry<gcc::RegistryItem>("RegistryItem"),
    gcc_element_entry<gcc::RegistryEntryOwner>("RegistryEntryOwner"),
    gcc_element_entry<gcc::RegistryModificationRights>("RegistryModificationRights"),
};

}  // namespace

std::span<const TypeEntry> gcc_element_types() { return kGccElementTypes; }

}  // namespace convene::catalogue
