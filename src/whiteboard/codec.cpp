#include "whiteboard/codec.hpp"

#include "asn1/per.hpp"
#include "whiteboard/decode_variants.hpp"

namespace convene::asn1 {

// What changes no board.
template <>
inline constexpr UseForSize kUseForSize<whiteboard::ArchiveAcknowledgePdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::ArchiveClosePdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::ArchiveErrorPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::ArchiveOpenPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::FontPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::RemoteEventPermissionGrantPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::RemoteEventPermissionRequestPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::RemoteKeyboardEventPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::RemotePointingDeviceEventPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::RemotePrintPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::TextCreatePdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::TextDeletePdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::TextEditPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::VideoWindowCreatePdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::VideoWindowDeletePdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::VideoWindowEditPdu> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<whiteboard::WorkspacePlaneCopyPdu> = UseForSize::none;

}  // namespace convene::asn1

namespace convene::whiteboard {
namespace {

/// The character of a key; null when the PDU is something else.
const std::u16string* character_in(const SiPdu& pdu) {
    const auto* event = std::get_if<RemoteKeyboardEventPdu>(&pdu);
    return event != nullptr ? std::get_if<std::u16string>(&event->code) : nullptr;
}

std::optional<SiPdu> decode_as_a_variant(ByteView octets) {
    if (auto edit = as_edit_without_rotation(octets)) return SiPdu{std::move(*edit)};
    if (auto pdu = as_numbered_z_order(octets)) return pdu;
    return std::nullopt;
}

tl::unexpected<asn1::DecodeError> failed(asn1::DecodeErrc code, std::size_t position) {
    return tl::make_unexpected(asn1::DecodeError{code, position, {}, "T.126"});
}

}  // namespace

asn1::Decoded<SiPdu> decode_si_pdu(ByteView octets) {
    asn1::Decoded<SiPdu> pdu{};
    asn1::PerReader reader(octets);
    const bool decoded = asn1::per_get(reader, asn1::ByType{}, *pdu);
    const std::u16string* character = decoded ? character_in(*pdu) : nullptr;
    if (decoded && character == nullptr && ends_at(octets, reader.position())) return pdu;

    if (auto settled = with_character_settled(octets)) return SiPdu{std::move(*settled)};
    if (character != nullptr && !is_key_character(character->front()))
        return failed(asn1::DecodeErrc::bad_value, reader.position());
    if (auto variant = decode_as_a_variant(octets)) return std::move(*variant);
    // Bits that should be zero and are not, in an otherwise whole PDU, harm nobody.
    if (decoded && (reader.position() + 7) / 8 == octets.size()) return pdu;
    if (auto part = as_edit_up_to_z_order(octets)) return std::move(*part);

    if (!decoded) return tl::make_unexpected(reader.error());
    return failed(asn1::DecodeErrc::bad_length, reader.position());
}

asn1::Encoded<Bytes> encode(const SiPdu& pdu) { return asn1::per_encode(pdu); }

}  // namespace convene::whiteboard
