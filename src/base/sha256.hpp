/// SHA-256 and HMAC-SHA-256, small and without a library, because the core also runs where there is none to link.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace convene {

inline constexpr std::size_t kSha256Octets = 32;
using Sha256Digest = std::array<std::byte, kSha256Octets>;

/// Hashes octets that arrive in pieces. FIPS 180-4 §6.2.
class Sha256 {
public:
    void update(ByteView octets);
    /// The digest of everything given so far; the object must not be used afterwards.
    Sha256Digest finish();

private:
    static constexpr std::size_t kBlockOctets = 64;

    void compress(const std::byte* block);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, kBlockOctets> block_{};
    std::size_t filled_ = 0;    ///< octets waiting in block_
    std::uint64_t octets_ = 0;  ///< given so far
};

Sha256Digest sha256(ByteView octets);

/// The message authentication code of RFC 2104 over SHA-256; a key of any length.
Sha256Digest hmac_sha256(ByteView key, ByteView message);

/// Whether both are equal, in a time that depends on their lengths alone: for secrets and what is derived from them.
bool equal_in_constant_time(ByteView left, ByteView right);

}  // namespace convene
