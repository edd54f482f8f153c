#include "admission/secret.hpp"

#include "base/hex.hpp"

namespace convene::admission {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr unsigned kBits = 6;  // of a character

using Octets = std::array<std::byte, kSecretOctets>;

std::string text_of(const Octets& octets) {
    std::string out;
    std::uint32_t rest = 0;
    unsigned bits = 0;
    for (const std::byte octet : octets) {
        rest = (rest << 8 | std::to_integer<std::uint32_t>(octet)) & 0xFFFF;
        for (bits += 8; bits >= kBits; bits -= kBits) out += kAlphabet[rest >> (bits - kBits) & 63];
    }
    out += kAlphabet[rest << (kBits - bits) & 63];
    return out;
}

std::optional<Octets> octets_of(std::string_view text) {
    if (text.size() != kSecretCharacters) return std::nullopt;
    Octets out{};
    std::size_t size = 0;
    std::uint32_t rest = 0;
    unsigned bits = 0;
    for (const char character : text) {
        const auto digit = kAlphabet.find(character);
        if (digit == std::string_view::npos) return std::nullopt;
        rest = (rest << kBits | static_cast<std::uint32_t>(digit)) & 0xFFFF;
        bits += kBits;
        if (bits < 8) continue;
        bits -= 8;
        out[size++] = static_cast<std::byte>(rest >> bits & 0xFF);
    }
    // The spare bits must be 0: one secret has one text.
    if ((rest & ((1U << bits) - 1)) != 0) return std::nullopt;
    return out;
}

std::string id_of(const Octets& octets) { return to_hex(ByteView(octets).first(kSecretIdOctets)); }

}  // namespace

Minted mint(const RandomOctets& random) {
    const Octets octets = random();
    return Minted{id_of(octets), text_of(octets), sha256(octets)};
}

std::optional<Shown> read_secret_text(std::string_view text) {
    const auto octets = octets_of(text);
    if (!octets) return std::nullopt;
    return Shown{id_of(*octets), sha256(*octets)};
}

}  // namespace convene::admission
