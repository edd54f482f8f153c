#include "base/sha256.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/hex.hpp"

namespace convene {
namespace {

std::string hashed(std::string_view text) { return to_hex(sha256(as_bytes(text))); }

// The examples published with FIPS 180-4.
TEST(Sha256, HashesThePublishedExamples) {
    EXPECT_EQ(hashed(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hashed("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hashed("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hashed(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TakesItsInputInPiecesOfAnySize) {
    Bytes message;
    for (unsigned i = 0; i < 200; ++i) message.push_back(static_cast<std::byte>(i * 7));
    for (std::size_t size = 0; size <= message.size(); ++size) {
        const ByteView whole = ByteView(message).first(size);
        for (std::size_t cut : {std::size_t{1}, size / 3, size / 2, std::size_t{64}}) {
            const std::size_t at = std::min(cut, size);
            Sha256 hash;
            hash.update(whole.first(at));
            hash.update(whole.subspan(at));
            EXPECT_EQ(hash.finish(), sha256(whole)) << size << " cut at " << at;
        }
    }
}

struct HmacCase {
    std::string key, message, code;  // hexadecimal
};

// RFC 4231 §4.2 to §4.8 (test case 5 is about a truncated output and is left out).
TEST(HmacSha256, ComputesThePublishedCases) {
    const std::string kLongKey(2 * 131, 'a');
    const HmacCase cases[] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", to_hex(as_bytes("Hi There")),
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {to_hex(as_bytes("Jefe")), to_hex(as_bytes("what do ya want for nothing?")),
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", std::string(2 * 50, 'd'),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {"0102030405060708090a0b0c0d0e0f10111213141516171819", to_hex(Bytes(50, std::byte{0xcd})),
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {kLongKey, to_hex(as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")),
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {kLongKey,
         to_hex(as_bytes("This is a test using a larger than block-size key and a larger than block-size data. The key "
                         "needs to be hashed before being used by the HMAC algorithm.")),
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    for (const HmacCase& each : cases) {
        EXPECT_EQ(to_hex(hmac_sha256(hex(each.key), hex(each.message))), each.code);
    }
}

TEST(EqualInConstantTime, SeesEveryDifference) {
    const Bytes secret = hex("00112233445566778899aabbccddeeff");
    EXPECT_TRUE(equal_in_constant_time(secret, Bytes(secret)));
    EXPECT_TRUE(equal_in_constant_time({}, {}));
    EXPECT_FALSE(equal_in_constant_time(secret, ByteView(secret).first(15)));
    for (std::size_t i = 0; i < secret.size() * 8; ++i) {
        Bytes other = secret;
        other[i / 8] ^= static_cast<std::byte>(1U << i % 8);
        EXPECT_FALSE(equal_in_constant_time(secret, other)) << "bit " << i;
    }
}

}  // namespace
}  // namespace convene
