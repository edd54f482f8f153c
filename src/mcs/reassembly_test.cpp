#include "mcs/reassembly.hpp"

#include <gtest/gtest.h>

namespace convene::mcs {
namespace {

DataIndication segment(std::string_view text, bool begin, bool end, std::uint16_t user = 1001, bool uniform = false) {
    return {UserId{user}, ChannelId{7}, DataPriority::high, {begin, end}, uniform, Slice(as_bytes(text))};
}

TEST(Reassembler, WholeSduSharesItsOctets) {
    Reassembler reassembler;
    auto whole = segment("abc", true, true);
    auto sdu = reassembler.add(whole);
    ASSERT_TRUE(sdu);
    EXPECT_EQ(sdu->data.data(), whole.data.data());
    EXPECT_EQ(sdu->initiator, UserId{1001});
}

TEST(Reassembler, StreamsInterleave) {
    Reassembler reassembler;
    EXPECT_FALSE(reassembler.add(segment("a1", true, false)));
    EXPECT_FALSE(reassembler.add(segment("b1", true, false, 1002)));
    EXPECT_FALSE(reassembler.add(segment("c1", true, false, 1001, true)));
    EXPECT_FALSE(reassembler.add(segment("a2", false, false)));
    EXPECT_EQ(as_text(reassembler.add(segment("b2", false, true, 1002))->data), "b1b2");
    EXPECT_EQ(as_text(reassembler.add(segment("a3", false, true))->data), "a1a2a3");
    EXPECT_EQ(as_text(reassembler.add(segment("", false, true, 1001, true))->data), "c1");
    EXPECT_EQ(reassembler.octets_under_way(), 0U);
    EXPECT_EQ(reassembler.discarded(), 0U);
}

TEST(Reassembler, MissingPartsLoseTheSdu) {
    Reassembler reassembler;
    EXPECT_FALSE(reassembler.add(segment("end of what?", false, true)));
    EXPECT_FALSE(reassembler.add(segment("never ends", true, false)));
    EXPECT_FALSE(reassembler.add(segment("new", true, false)));
    EXPECT_EQ(reassembler.discarded(), 1U);
    EXPECT_EQ(as_text(reassembler.add(segment("!", false, true))->data), "new!");
}

TEST(Reassembler, LimitsAreKept) {
    Reassembler reassembler({.one = 4, .all = 6, .streams = 2});
    EXPECT_FALSE(reassembler.add(segment("abcd", true, false)));
    EXPECT_FALSE(reassembler.add(segment("e", false, true)));  // over one
    EXPECT_EQ(reassembler.octets_under_way(), 0U);
    EXPECT_FALSE(reassembler.add(segment("abc", true, false, 1001)));
    EXPECT_FALSE(reassembler.add(segment("abc", true, false, 1002)));
    EXPECT_FALSE(reassembler.add(segment("", true, false, 1003)));   // over streams
    EXPECT_FALSE(reassembler.add(segment("d", false, true, 1002)));  // over all
    EXPECT_EQ(reassembler.octets_under_way(), 3U);
    EXPECT_EQ(reassembler.discarded(), 3U);
}

TEST(Reassembler, ForgetsDetachedUsers) {
    Reassembler reassembler;
    EXPECT_FALSE(reassembler.add(segment("a", true, false)));
    EXPECT_FALSE(reassembler.add(segment("b", true, false, 1002)));
    reassembler.forget(UserId{1001});
    EXPECT_EQ(reassembler.octets_under_way(), 1U);
    EXPECT_FALSE(reassembler.add(segment("z", false, true)));
    EXPECT_TRUE(reassembler.add(segment("z", false, true, 1002)));
}

}  // namespace
}  // namespace convene::mcs
