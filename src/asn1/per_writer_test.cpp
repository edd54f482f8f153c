#include "asn1/per_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/bytes.hpp"

namespace convene {
namespace {

void pad(Bytes& out, std::byte with, std::size_t size) { out.insert(out.end(), size, with); }

/// X.691 §11.9 said the long way: the length behind whole octets, then so many; in fragments from 16K on.
Bytes with_length(Bytes out, std::size_t size, std::byte fill) {
    while (size >= 0x4000) {
        const std::size_t units = std::min<std::size_t>(size / 0x4000, 4);
        out.push_back(static_cast<std::byte>(0xC0 | units));
        pad(out, fill, units * 0x4000);
        size -= units * 0x4000;
    }
    if (size >= 0x80) out.push_back(static_cast<std::byte>(0x80 | size >> 8));
    out.push_back(static_cast<std::byte>(size & 0xFF));
    pad(out, fill, size);
    return out;
}

TEST(PerWriter, OctetsFollowWhateverIsInFrontOfThem) {
    // The writer has a short way for few bits in front, another for long strings: every neighbour of their limits.
    constexpr std::array<std::size_t, 14> kSizes{0,   1,   47,     48,     49,     127,    128,
                                                 129, 300, 0x3FFF, 0x4000, 0x4001, 0x8000, 0x10001};
    for (unsigned ahead = 0; ahead <= 130; ++ahead) {
        for (std::size_t size : kSizes) {
            Bytes out;
            asn1::PerWriter writer(out);
            for (unsigned bit = 0; bit < ahead; ++bit) writer.bit(true);
            writer.octets(Bytes(size, std::byte{0x5A}));
            writer.bits(3, 2);  // and something behind
            writer.octets(Bytes(50, std::byte{0x33}));
            writer.finish();

            Bytes expected(ahead / 8, std::byte{0xFF});
            if (ahead % 8 != 0) expected.push_back(static_cast<std::byte>(0xFF00 >> ahead % 8 & 0xFF));
            expected = with_length(std::move(expected), size, std::byte{0x5A});
            expected.push_back(std::byte{0xC0});
            expected = with_length(std::move(expected), 50, std::byte{0x33});
            ASSERT_EQ(out, expected) << ahead << " bits, then " << size << " octets";
        }
    }
}

TEST(PerWriter, NothingIsOneOctet) {
    Bytes out;
    asn1::PerWriter writer(out);
    writer.finish();
    EXPECT_EQ(out, bytes({0}));
}

}  // namespace
}  // namespace convene
