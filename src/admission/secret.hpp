/// Secrets that are given to people and programs as text, and of which only a hash is kept.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.hpp"

namespace convene::admission {

inline constexpr std::size_t kSecretOctets = 32;
inline constexpr std::size_t kSecretIdOctets = 8;     ///< of them: the public name of what the secret is for
inline constexpr std::size_t kSecretCharacters = 43;  ///< as base64url without padding, RFC 4648 §5

/// Fresh octets that nobody can predict.
using RandomOctets = std::function<std::array<std::byte, kSecretOctets>()>;

struct Minted {
    std::string id;         ///< 16 hexadecimal digits
    std::string text;       ///< to be given away, and forgotten
    Sha256Digest digest{};  ///< to be kept. No slow hash is needed: 192 bits are not found by trying.
};
Minted mint(const RandomOctets& random);

/// A secret that somebody shows.
struct Shown {
    std::string id;
    Sha256Digest digest{};

    /// In a time that does not depend on how much of it is right.
    bool fits(const Sha256Digest& kept) const { return equal_in_constant_time(digest, kept); }
};
/// Nothing when `text` cannot be a secret of ours.
std::optional<Shown> read_secret_text(std::string_view text);

}  // namespace convene::admission
