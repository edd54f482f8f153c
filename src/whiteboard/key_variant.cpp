#include "asn1/per_decode.hpp"
#include "whiteboard/decode_variants.hpp"

namespace convene::whiteboard {
namespace {

constexpr std::uint64_t kKeyboardEvent = 19;  // of SIPDU's alternatives
constexpr unsigned kCodeBits = 5;             // KeyCode: an extension bit and four for its alternatives
constexpr std::uint64_t kCharacterCode = 0;

/// The bits up to the next octet boundary are zero.
bool skip_zeros(asn1::PerReader& r) {
    std::uint64_t zeros = 0;
    return r.bits(static_cast<unsigned>((8 - r.position() % 8) % 8), zeros) && zeros == 0;
}

std::optional<RemoteKeyboardEventPdu> read_event(ByteView octets, bool aligned) {
    asn1::PerReader r(octets);
    auto read = [&r](auto& value) { return asn1::per_get(r, asn1::ByType{}, value); };
    RemoteKeyboardEventPdu pdu;
    std::uint64_t index = 0, code = 0, character = 0;
    bool extended = false, has_modifiers = false, has_parameters = false;
    if (!r.bits(7, index) || index != kKeyboardEvent) return std::nullopt;
    if (!r.bit(extended) || !r.bit(has_modifiers) || !r.bit(has_parameters) || !read(pdu.destination))
        return std::nullopt;
    if (has_modifiers && !asn1::per_get(r, asn1::SetOf<1, 256>{}, pdu.modifiers.emplace())) return std::nullopt;
    if (!read(pdu.press_state) || !r.bits(kCodeBits, code) || code != kCharacterCode) return std::nullopt;
    if ((aligned && !skip_zeros(r)) || !r.bits(16, character)) return std::nullopt;
    if (!is_key_character(static_cast<char16_t>(character))) return std::nullopt;
    pdu.code = std::u16string(1, static_cast<char16_t>(character));
    // What follows the character begins at an octet, if anything does.
    asn1::PerReader ahead = r;
    if (!skip_zeros(ahead)) return std::nullopt;
    if (has_parameters && !read(pdu.non_standard_parameters.emplace())) return std::nullopt;
    if (extended && !asn1::per_read_additions(r, asn1::schema<RemoteKeyboardEventPdu>.additions, pdu))
        return std::nullopt;
    if (!ends_at(octets, r.position())) return std::nullopt;
    return pdu;
}

}  // namespace

bool is_key_character(char16_t unit) {
    if (unit < 0x20) return unit == 0x08 || unit == 0x09 || unit == 0x0A || unit == 0x0D || unit == 0x1B;
    return !(unit >= 0xD800 && unit < 0xE000) && !(unit >= 0xFDD0 && unit < 0xFDF0) && unit < 0xFFFE;
}

std::optional<RemoteKeyboardEventPdu> with_character_settled(ByteView octets) {
    if (auto unaligned = read_event(octets, false)) return unaligned;
    return read_event(octets, true);
}

}  // namespace convene::whiteboard
