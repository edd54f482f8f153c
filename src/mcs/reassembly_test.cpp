#include "mcs/reassembly.hpp"

#include <gtest/gtest.h>

namespace convene::mcs {
namespace {

DataIndication segment(std::string_view text, bool begin, bool end, std::uint16_t user = 1001,
                       std::uint16_t channel = 5, bool uniform = false) {
    return {UserId{user}, ChannelId{channel}, DataPriority::high, {begin, end}, uniform, Slice(as_bytes(text))};
}

TEST(Reassembler, SingleSegmentsShareTheirBuffer) {
    Reassembler reassembler;
    auto data = segment("whole", true, true);
    auto sdu = reassembler.add(data);
    ASSERT_TRUE(sdu.has_value());
    EXPECT_EQ(sdu->data(), data.data.data());
}

TEST(Reassembler, StreamsInterleave) {
    Reassembler reassembler;
    EXPECT_FALSE(reassembler.add(segment("a", true, false)));
    EXPECT_FALSE(reassembler.add(segment("1", true, false, 1002)));
    EXPECT_FALSE(reassembler.add(segment("x", true, false, 1001, 6)));
    EXPECT_FALSE(reassembler.add(segment("u", true, false, 1001, 5, true)));
    EXPECT_FALSE(reassembler.add(segment("b", false, false)));
    EXPECT_EQ(as_text(*reassembler.add(segment("2", false, true, 1002))), "12");
    EXPECT_EQ(as_text(*reassembler.add(segment("c", false, true))), "abc");
    EXPECT_EQ(as_text(*reassembler.add(segment("y", false, true, 1001, 6))), "xy");
    EXPECT_EQ(as_text(*reassembler.add(segment("v", false, true, 1001, 5, true))), "uv");
    EXPECT_EQ(reassembler.octets(), 0U);
}

TEST(Reassembler, BrokenStreamsAreDropped) {
    Reassembler reassembler;
    EXPECT_FALSE(reassembler.add(segment("no beginning", false, true)));
    EXPECT_FALSE(reassembler.add(segment("old", true, false)));
    EXPECT_FALSE(reassembler.add(segment("new", true, false)));
    EXPECT_EQ(as_text(*reassembler.add(segment("!", false, true))), "new!");
    EXPECT_EQ(reassembler.dropped(), 1U);
    reassembler.add(segment("gone", true, false));
    reassembler.forget(UserId{1001});
    EXPECT_EQ(reassembler.octets(), 0U);
    EXPECT_FALSE(reassembler.add(segment("!", false, true)));
}

TEST(Reassembler, MemoryIsBounded) {
    Reassembler reassembler({.sdu_octets = 10, .total_octets = 15, .streams = 2});
    reassembler.add(segment("12345678", true, false));
    EXPECT_FALSE(reassembler.add(segment("9ab", false, true)));  // beyond one SDU's limit
    EXPECT_EQ(reassembler.octets(), 0U);
    reassembler.add(segment("12345678", true, false));
    reassembler.add(segment("12345678", true, false, 1002));  // beyond the total: the largest goes
    EXPECT_LE(reassembler.octets(), 15U);
    reassembler.add(segment("1", true, false, 1003));
    reassembler.add(segment("1", true, false, 1004));
    EXPECT_FALSE(reassembler.add(segment("2", false, true, 1004)));  // no room for another stream
    EXPECT_GE(reassembler.dropped(), 3U);
}

}  // namespace
}  // namespace convene::mcs
