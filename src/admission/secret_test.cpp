#include "admission/secret.hpp"

#include <gtest/gtest.h>

#include "admission/testing.hpp"

namespace convene::admission {
namespace {

TEST(Secret, IsWhatItsTextSays) {
    const auto random = testing::counting_octets();
    for (int i = 0; i < 300; ++i) {
        const Minted minted = mint(random);
        ASSERT_EQ(minted.text.size(), kSecretCharacters);
        const auto shown = read_secret_text(minted.text);
        ASSERT_TRUE(shown);
        EXPECT_EQ(shown->id, minted.id);
        EXPECT_TRUE(shown->fits(minted.digest));
    }
}

TEST(Secret, HasTheTextOfBase64Url) {
    const auto ones = [] {
        std::array<std::byte, kSecretOctets> out;
        out.fill(std::byte{0xFF});
        return out;
    };
    const Minted minted = mint(ones);
    EXPECT_EQ(minted.text, std::string(42, '_') + "8");
    EXPECT_EQ(minted.id, "ffffffffffffffff");
}

TEST(Secret, NothingButTheTextItselfIsTaken) {
    const Minted minted = mint(testing::counting_octets());
    EXPECT_FALSE(read_secret_text(""));
    EXPECT_FALSE(read_secret_text(minted.text.substr(1)));
    EXPECT_FALSE(read_secret_text(minted.text + "A"));
    EXPECT_FALSE(read_secret_text(minted.text.substr(0, 42) + "+"));
    EXPECT_FALSE(read_secret_text(std::string(42, '_') + "9")) << "a spare bit is set";
    const auto other = read_secret_text(testing::tampered(minted.text));
    ASSERT_TRUE(other);
    EXPECT_FALSE(other->fits(minted.digest));
}

}  // namespace
}  // namespace convene::admission
