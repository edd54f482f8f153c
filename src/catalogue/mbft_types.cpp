#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "files/mbft_pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<1, 65535> kMbftChannel{};
constexpr asn1::Integer<1, 1000> kMbftStaticChannel{};
constexpr asn1::Integer<1001, 65535> kMbftDynamicChannel{};
constexpr gcc::TextString kMbftText{};
constexpr asn1::AnyInteger kMbftNumber{};
constexpr asn1::SequenceOf<> kPasswordList{};

template <class T, const auto& Node = kByType>
constexpr TypeEntry mbft_entry(std::string_view name) {
    return type_entry<T, Node>("MBFT-PROTOCOL", name);
}

constexpr TypeEntry kMbftTypes[] = {
    mbft_entry<files::ChannelId, kMbftChannel>("ChannelID"),
    mbft_entry<files::ChannelId, kMbftStaticChannel>("StaticChannelID"),
    mbft_entry<files::ChannelId, kMbftDynamicChannel>("DynamicChannelID"),
    mbft_entry<files::UserId>("UserID"),
    mbft_entry<files::TokenId>("TokenID"),
    mbft_entry<gcc::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    mbft_entry<gcc::Key>("Key"),
    mbft_entry<gcc::NonStandardParameter>("NonStandardParameter"),
    mbft_entry<std::u16string, kMbftText>("TextString"),
    mbft_entry<files::FileHandle>("Handle"),
    mbft_entry<asn1::ObjectIdentifier>("Document-Type-Name"),
    mbft_entry<files::Iso8571Parameters>("ISO-8571-2-Parameters"),
    mbft_entry<files::ContentsType>("Contents-Type-Attribute"),
    mbft_entry<std::int64_t, kMbftNumber>("Entity-Reference"),
    mbft_entry<std::vector<files::GraphicString>>("Filename-Attribute"),
    mbft_entry<std::vector<files::GraphicString>>("Pathname-Attribute"),
    mbft_entry<files::GraphicString>("User-Identity"),
    mbft_entry<files::GraphicString>("Account-Attribute"),
    mbft_entry<files::AccessControl>("Access-Control-Attribute"),
    mbft_entry<files::AccessControlElement>("Access-Control-Element"),
    mbft_entry<asn1::BitString>("Access-Request"),
    mbft_entry<asn1::BitString>("Concurrency-Key"),
    mbft_entry<files::ConcurrencyAccess>("Concurrency-Access"),
    mbft_entry<files::Password>("Password"),
    mbft_entry<std::vector<files::Password>, kPasswordList>("Pass-Passwords"),
    mbft_entry<files::AccessPasswords>("Access-Passwords"),
    mbft_entry<Bytes>("AP-Title"),
    mbft_entry<Bytes>("AE-Qualifier"),
    mbft_entry<files::ApplicationEntityTitle>("Application-Entity-Title"),
    mbft_entry<asn1::BitString>("Protocol-Version"),
    mbft_entry<asn1::BitString>("Permitted-Actions-Attribute"),
    mbft_entry<files::V42bisParameters>("V42bis-Parameter-List"),
    mbft_entry<files::CompressionSpecifier>("CompressionSpecifier"),
    mbft_entry<files::FileHeader>("FileHeader"),
    mbft_entry<files::FileOffer>("File-OfferPDU"),
    mbft_entry<files::FileAccept>("File-AcceptPDU"),
    mbft_entry<files::FileReject>("File-RejectPDU"),
    mbft_entry<files::FileRequest>("File-RequestPDU"),
    mbft_entry<files::FileDeny>("File-DenyPDU"),
    mbft_entry<files::FileError>("File-ErrorPDU"),
    mbft_entry<files::FileAbort>("File-AbortPDU"),
    mbft_entry<files::FileStart>("File-StartPDU"),
    mbft_entry<files::FileData>("File-DataPDU"),
    mbft_entry<files::DirectoryRequest>("Directory-RequestPDU"),
    mbft_entry<files::DirectoryResponse>("Directory-ResponsePDU"),
    mbft_entry<files::Privilege>("MBFTPrivilege"),
    mbft_entry<files::PrivilegeRequest>("MBFT-Privilege-RequestPDU"),
    mbft_entry<files::PrivilegeAssign>("MBFT-Privilege-AssignPDU"),
    mbft_entry<files::MbftNonStandard>("MBFT-NonStandardPDU"),
    mbft_entry<files::JoinInvite>("PrivateChannel-Join-InvitePDU"),
    mbft_entry<files::JoinResponse>("PrivateChannel-Join-ResponsePDU"),
    mbft_entry<files::MbftPdu>("MBFTPDU"),
};

}  // namespace

std::span<const TypeEntry> mbft_types() { return kMbftTypes; }

}  // namespace convene::catalogue
