#include "chat/chat_pdu.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "chat/t140.hpp"

namespace convene::chat {
namespace {

TEST(ChatPdu, HelloAndLineSeparator) {
    ChatPdu pdu = ChatDataPdu{to_t140("Hello", false), std::nullopt};
    EXPECT_EQ(to_hex(*encode(pdu)), "000848656c6c6fe280a8");
    auto decoded = decode_chat_pdu(hex("000848656c6c6fe280a8"));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, pdu);
}

TEST(ChatPdu, NonStandard) {
    ChatPdu pdu = ChatNonStandardPdu{{gcc::h221_key(hex("b500534c01")), hex("0102")}};
    auto octets = *encode(pdu);
    EXPECT_EQ(octets[0], std::byte{0x50});
    EXPECT_EQ(*decode_chat_pdu(octets), pdu);
    EXPECT_FALSE(t140_data_of(octets).has_value());
}

TEST(ChatPdu, TextOfAForeignEntityIsFound) {
    // Another shape around the same text, with its length right before it.
    EXPECT_EQ(as_text(*t140_data_of(hex("fe0102030548656c6c6f"))), "Hello");
    EXPECT_FALSE(t140_data_of(hex("fe010203ff")).has_value());
    EXPECT_FALSE(t140_data_of({}).has_value());
}

}  // namespace
}  // namespace convene::chat
