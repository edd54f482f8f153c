#include "netmeeting/chat_packet.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::netmeeting {
namespace {

TEST(ChatPacket, PublishedForm) {
    EXPECT_EQ(write_chat_packets("Hi", 4096), (std::vector<Bytes>{hex("0800000000000000"
                                                                      "480069000000")}));
    EXPECT_EQ(read_chat_packet(hex("0800000000000000"
                                   "480069000000")),
              "Hi");
}

TEST(ChatPacket, TolerantReading) {
    EXPECT_EQ(read_chat_packet(hex("0800000000000000"
                                   "48006900")),
              "Hi");  // no terminator
    EXPECT_EQ(read_chat_packet(hex("0801020304050607"
                                   "4800690000")),
              "Hi");  // reserved octets, odd end
    EXPECT_EQ(read_chat_packet(hex("0a00000000000000"
                                   "ffff"
                                   "48000000")),
              "H");  // longer header
    EXPECT_EQ(read_chat_packet(hex("0800000000000000"
                                   "0dd80000")),
              "\uFFFD");  // half a surrogate pair
    EXPECT_EQ(read_chat_packet(hex("0800000000000000"
                                   "41000d000a004200070043000000")),
              "A\nBC");
    EXPECT_EQ(read_chat_packet(hex("0800000000000000")), "");
    EXPECT_FALSE(read_chat_packet(hex("0700000000000000")).has_value());
    EXPECT_FALSE(read_chat_packet(hex("ff00000000000000")).has_value());
    EXPECT_FALSE(read_chat_packet(hex("08000000")).has_value());
}

TEST(ChatPacket, Recognition) {
    EXPECT_TRUE(
        looks_like_chat_packet(hex("0800000000000000"
                                   "480069000000")));
    EXPECT_FALSE(
        looks_like_chat_packet(hex("0800000000000001"
                                   "480069000000")));
    EXPECT_FALSE(
        looks_like_chat_packet(hex("0800000000000000"
                                   "4800690000")));
    EXPECT_FALSE(looks_like_chat_packet({}));
}

TEST(ChatPacket, LongTextIsSplitBetweenCharacters) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += "\U0001F600";
    auto packets = write_chat_packets(text, 8 + 2 + 10);  // five units: two pairs and no half
    ASSERT_EQ(packets.size(), 10U);
    std::string joined;
    for (auto& packet : packets) {
        EXPECT_LE(packet.size(), 20U);
        joined += *read_chat_packet(packet);
    }
    EXPECT_EQ(joined, text);
}

}  // namespace
}  // namespace convene::netmeeting
