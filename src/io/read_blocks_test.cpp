#include "io/read_blocks.hpp"

#include <gtest/gtest.h>

namespace convene::io {
namespace {

TEST(ReadBlocks, UsesTheSameMemoryAgainWhenNobodyHoldsIt) {
    ReadBlocks blocks;
    std::byte* first = blocks.room().data();
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(blocks.room().data(), first);
        blocks.take(10'000);
    }
    EXPECT_EQ(blocks.blocks_made(), 1u);
}

TEST(ReadBlocks, ConsecutiveReadsLieSideBySide) {
    ReadBlocks blocks;
    blocks.room();
    const Slice one = blocks.take(100);
    blocks.room();
    const Slice two = blocks.take(50);
    EXPECT_TRUE(one.is_followed_by(two));
}

TEST(ReadBlocks, BeginsANewBlockWhenRoomRunsOut) {
    ReadBlocks blocks(kSmallestReadBlock);
    blocks.room();
    const Slice held = blocks.take(kSmallestReadBlock - kSmallestRoom + 1);
    EXPECT_GE(blocks.room().size(), kSmallestRoom);
    EXPECT_EQ(blocks.blocks_made(), 2u);
}

TEST(ReadBlocks, SlicesOutliveTheBlocks) {
    Slice kept;
    {
        ReadBlocks blocks;
        blocks.room()[0] = std::byte{42};
        kept = blocks.take(1);
    }
    EXPECT_EQ(kept.view()[0], std::byte{42});
}

}  // namespace
}  // namespace convene::io
