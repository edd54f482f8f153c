#include "base/hex.hpp"

#include <gtest/gtest.h>

namespace convene {
namespace {

TEST(Hex, WritesTwoLowerCaseDigitsAnOctet) {
    EXPECT_EQ(to_hex(bytes({0x03, 0x00, 0xAB, 0xFF})), "0300abff");
    EXPECT_EQ(to_hex({}), "");
}

TEST(Hex, ReadsBothCasesAndSkipsWhiteSpace) {
    EXPECT_EQ(from_hex("03 00\nAb\tfF\r"), bytes({0x03, 0x00, 0xAB, 0xFF}));
    EXPECT_EQ(from_hex(""), Bytes{});
    EXPECT_EQ(from_hex(" 1 2 "), bytes({0x12}));
}

TEST(Hex, RefusesWhatIsNotHexadecimal) {
    EXPECT_EQ(from_hex("0g"), std::nullopt);
    EXPECT_EQ(from_hex("0x03"), std::nullopt);
    EXPECT_EQ(from_hex("03:00"), std::nullopt);
    EXPECT_EQ(from_hex("abc"), std::nullopt);
}

TEST(Hex, EveryOctetSurvivesTheRoundTrip) {
    Bytes all;
    for (unsigned value = 0; value < 256; ++value) all.push_back(static_cast<std::byte>(value));
    EXPECT_EQ(from_hex(to_hex(all)), all);
    EXPECT_EQ(hex(to_hex(all)), all);
}

}  // namespace
}  // namespace convene
