#include "base/sha256.hpp"

#include <algorithm>

namespace convene {
namespace {

// FIPS 180-4 §4.2.2.
constexpr std::array<std::uint32_t, 64> kRoundConstants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::uint32_t rotated_right(std::uint32_t word, unsigned by) { return word >> by | word << (32 - by); }

std::uint32_t big_endian_word(const std::byte* octets) {
    std::uint32_t word = 0;
    for (int i = 0; i < 4; ++i) word = word << 8 | std::to_integer<std::uint32_t>(octets[i]);
    return word;
}

}  // namespace

void Sha256::compress(const std::byte* block) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t t = 0; t < 16; ++t) w[t] = big_endian_word(block + 4 * t);
    for (std::size_t t = 16; t < 64; ++t) {
        const std::uint32_t sigma0 = rotated_right(w[t - 15], 7) ^ rotated_right(w[t - 15], 18) ^ w[t - 15] >> 3;
        const std::uint32_t sigma1 = rotated_right(w[t - 2], 17) ^ rotated_right(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t t = 0; t < 64; ++t) {
        const std::uint32_t sum1 = rotated_right(e, 6) ^ rotated_right(e, 11) ^ rotated_right(e, 25);
        const std::uint32_t choose = (e & f) ^ (~e & g);
        const std::uint32_t t1 = h + sum1 + choose + kRoundConstants[t] + w[t];
        const std::uint32_t sum0 = rotated_right(a, 2) ^ rotated_right(a, 13) ^ rotated_right(a, 22);
        const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + sum0 + majority;
    }
    const std::array<std::uint32_t, 8> more{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += more[i];
}

void Sha256::update(ByteView octets) {
    octets_ += octets.size();
    while (!octets.empty()) {
        if (filled_ == 0 && octets.size() >= kBlockOctets) {
            compress(octets.data());
            octets = octets.subspan(kBlockOctets);
            continue;
        }
        const std::size_t taken = std::min(kBlockOctets - filled_, octets.size());
        std::copy_n(octets.begin(), taken, block_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += taken;
        octets = octets.subspan(taken);
        if (filled_ == kBlockOctets) {
            compress(block_.data());
            filled_ = 0;
        }
    }
}

Sha256Digest Sha256::finish() {
    // FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits as 64 bits at the end of a block.
    const std::uint64_t bits = octets_ * 8;
    constexpr std::size_t kLengthOctets = 8;
    const std::size_t zeros = (2 * kBlockOctets - kLengthOctets - 1 - filled_) % kBlockOctets;
    Bytes padding(1 + zeros + kLengthOctets);
    padding[0] = std::byte{0x80};
    for (std::size_t i = 0; i < kLengthOctets; ++i) {
        padding[padding.size() - 1 - i] = static_cast<std::byte>(bits >> 8 * i);
    }
    update(padding);

    Sha256Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<std::byte>(state_[i / 4] >> (24 - 8 * (i % 4)));
    }
    return digest;
}

Sha256Digest sha256(ByteView octets) {
    Sha256 hash;
    hash.update(octets);
    return hash.finish();
}

Sha256Digest hmac_sha256(ByteView key, ByteView message) {
    constexpr std::size_t kBlockOctets = 64;
    std::array<std::byte, kBlockOctets> padded{};
    if (key.size() > kBlockOctets) {
        const Sha256Digest digest = sha256(key);
        std::copy(digest.begin(), digest.end(), padded.begin());
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    auto keyed = [&padded](std::byte mask, ByteView octets) {
        std::array<std::byte, kBlockOctets> masked = padded;
        for (std::byte& octet : masked) octet ^= mask;
        Sha256 hash;
        hash.update(masked);
        hash.update(octets);
        return hash.finish();
    };
    return keyed(std::byte{0x5c}, keyed(std::byte{0x36}, message));
}

bool equal_in_constant_time(ByteView left, ByteView right) {
    if (left.size() != right.size()) return false;
    // The volatile accumulator keeps the compiler from leaving the loop at the first difference.
    volatile unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference = difference | std::to_integer<unsigned>(left[i] ^ right[i]);
    }
    return difference == 0;
}

}  // namespace convene
