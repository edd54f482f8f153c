#include "files/codec.hpp"

#include <algorithm>

#include "asn1/per.hpp"

namespace convene::files {
namespace {

constexpr std::string_view kModule = "T.127 MBFT-PROTOCOL";

constexpr auto kShortHeader =
    file_header_members([](const auto&... members) { return asn1::sequence(members..., asn1::extensible); });
constexpr auto kShortForm =
    mbft_pdu_schema(file_offer_schema(kShortHeader), file_request_schema(kShortHeader), file_start_schema(kShortHeader),
                    directory_response_schema(directory_entry_schema(kShortHeader)));
struct ShortForm {
    static constexpr const auto& node() { return kShortForm; }
};

/// Zeros at the end are how some programs end a text.
bool is_printable(const GraphicString& text) {
    auto end = text.value.end();
    while (end != text.value.begin() && *(end - 1) == std::byte{0}) --end;
    return std::none_of(text.value.begin(), end, [](std::byte octet) { return octet < std::byte{0x20}; });
}
bool is_printable(const std::optional<std::vector<GraphicString>>& list) {
    return !list || std::all_of(list->begin(), list->end(), [](const GraphicString& s) { return is_printable(s); });
}

/// Whether somebody can have meant this header: it guards against reading one form as the other.
bool is_plausible(const FileHeader& header) {
    return is_printable(header.filename) && is_printable(header.pathname) && header.filesize.value_or(0) >= 0;
}

/// The header of a PDU that has one, or several.
bool has_header(const MbftPdu& pdu) {
    return std::holds_alternative<FileOffer>(pdu) || std::holds_alternative<FileRequest>(pdu) ||
           std::holds_alternative<FileStart>(pdu) || std::holds_alternative<DirectoryResponse>(pdu);
}
bool is_plausible(const MbftPdu& pdu) {
    if (const auto* offer = std::get_if<FileOffer>(&pdu)) return is_plausible(offer->header);
    if (const auto* request = std::get_if<FileRequest>(&pdu)) return is_plausible(request->header);
    if (const auto* start = std::get_if<FileStart>(&pdu)) return is_plausible(start->header);
    if (const auto* directory = std::get_if<DirectoryResponse>(&pdu))
        return std::all_of(directory->entries.begin(), directory->entries.end(),
                           [](const DirectoryEntry& entry) { return is_plausible(entry.attributes); });
    return true;
}

asn1::Decoded<MbftPdu> decode_as(ByteView octets, HeaderForm form, std::size_t& used) {
    asn1::PerReader reader(octets);
    MbftPdu pdu;
    const bool good = form == HeaderForm::bits26 ? asn1::per_get(reader, asn1::ByType{}, pdu)
                                                 : asn1::per_get_as<ShortForm>(reader, pdu);
    if (!good) return tl::make_unexpected(reader.error());
    used = (reader.position() + 7) / 8;
    return pdu;
}

}  // namespace

asn1::Decoded<DecodedPdu> decode_mbft_pdu(ByteView octets, HeaderForm expected) {
    std::size_t used = 0;
    auto first = decode_as(octets, expected, used);
    // Octets behind a PDU without a header are those of a newer edition, or a peer's way to pad.
    if (first && (!has_header(*first) || (used == octets.size() && is_plausible(*first))))
        return DecodedPdu{std::move(*first), expected};
    const HeaderForm other = expected == HeaderForm::bits26 ? HeaderForm::bits24 : HeaderForm::bits26;
    auto second = decode_as(octets, other, used);
    if (second && has_header(*second) && used == octets.size() && is_plausible(*second))
        return DecodedPdu{std::move(*second), other};
    if (!first) return tl::make_unexpected(first.error());
    return tl::make_unexpected(asn1::DecodeError{asn1::DecodeErrc::bad_value, used * 8, "file-header", kModule});
}

asn1::Encoded<Bytes> encode(const MbftPdu& pdu, HeaderForm form) {
    if (form == HeaderForm::bits26) return asn1::per_encode(pdu);
    return asn1::per_encode_as<ShortForm>(pdu);
}

std::string_view name_of(const MbftPdu& pdu) {
    std::string_view name = "unknown";
    std::size_t at = 0;
    asn1::with_items([&](const auto&... each) { ((at++ == pdu.index() ? void(name = each.name) : void()), ...); },
                     asn1::schema<MbftPdu>.alternatives);
    return name;
}

}  // namespace convene::files
