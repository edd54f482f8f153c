#include "base/slice.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace convene {
namespace {

Bytes contents(const Slice& slice) { return to_bytes(slice.view()); }

TEST(Slice, EmptyOneHoldsNoBuffer) {
    Slice nothing;
    EXPECT_TRUE(nothing.empty());
    EXPECT_EQ(nothing, Slice(ByteView{}));
    Slice copy = nothing;
    EXPECT_EQ(copy.data(), nullptr);
}

TEST(Slice, CopiesTheOctetsItIsMadeFrom) {
    Bytes source = bytes({1, 2, 3});
    Slice slice(source);
    source[0] = std::byte{9};
    EXPECT_EQ(contents(slice), bytes({1, 2, 3}));
}

TEST(Slice, CopiesShareTheBufferAndOutliveTheFirst) {
    Slice first(bytes({1, 2, 3, 4}));
    const std::byte* memory = first.data();
    Slice second = first;
    first = Slice();
    EXPECT_EQ(second.data(), memory);
    EXPECT_EQ(contents(second), bytes({1, 2, 3, 4}));
}

TEST(Slice, BufferKnowsWhetherSomebodyElseHoldsIt) {
    SharedBuffer* buffer = SharedBuffer::create(8);
    Slice only(buffer, 0, 8);
    EXPECT_FALSE(buffer->is_shared());
    {
        Slice other = only.sub(2, 3);
        EXPECT_TRUE(buffer->is_shared());
    }
    EXPECT_FALSE(buffer->is_shared());
    Slice moved = std::move(only);
    EXPECT_FALSE(buffer->is_shared());
    EXPECT_EQ(moved.size(), 8U);
}

TEST(Slice, MovedFromIsEmpty) {
    Slice from(bytes({1, 2}));
    Slice to = std::move(from);
    EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): the class promises it
    EXPECT_EQ(contents(to), bytes({1, 2}));
}

TEST(Slice, AssigningToItselfKeepsTheOctets) {
    Slice slice(bytes({1, 2}));
    const Slice& same = slice;
    slice = same;
    EXPECT_EQ(contents(slice), bytes({1, 2}));
}

TEST(Slice, PartsThatMeetAreWrittenAsOneRun) {
    Slice whole(bytes({1, 2, 3, 4, 5}));
    Slice head = whole.sub(0, 2);
    Slice tail = whole.sub(2, 3);
    EXPECT_TRUE(head.is_followed_by(tail));
    EXPECT_FALSE(tail.is_followed_by(head));
    EXPECT_FALSE(head.is_followed_by(Slice(bytes({3}))));
    head.extend_over(tail);
    EXPECT_EQ(head, whole);
}

TEST(Slice, WidensOverAHeaderThatIsPatchedInPlace) {
    Slice whole(bytes({0, 0, 7, 8}));
    Slice body = whole.sub(2, 2);
    Slice framed = body.widened_front(2);
    framed.mutable_data()[0] = std::byte{3};
    EXPECT_EQ(contents(whole), bytes({3, 0, 7, 8}));
    EXPECT_EQ(contents(body), bytes({7, 8}));
}

}  // namespace
}  // namespace convene
