#include "io/output_queue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace convene::io {
namespace {

Slice filled(std::size_t size, unsigned char value) {
    Slice slice(SharedBuffer::create(size), 0, size);
    std::fill_n(slice.mutable_data(), size, std::byte{value});
    return slice;
}

Bytes all_octets(const OutputQueue& queue) {
    std::array<iovec, 1024> runs;
    Bytes out;
    for (std::size_t i = 0, count = queue.gather(runs); i < count; ++i)
        append(out, ByteView(static_cast<const std::byte*>(runs[i].iov_base), runs[i].iov_len));
    return out;
}

TEST(OutputQueue, MergesSlicesThatFollowEachOtherInMemory) {
    const Slice block = filled(100, 7);
    OutputQueue queue;
    queue.push(block.sub(0, 10));
    queue.push(block.sub(10, 20));
    queue.push(block.sub(30, 5));
    queue.push(block.sub(50, 5));
    EXPECT_EQ(queue.runs(), 2u);
    EXPECT_EQ(queue.octets(), 40u);
    EXPECT_EQ(queue.consume(35), 3u);
    EXPECT_EQ(queue.consume(5), 1u);
    EXPECT_TRUE(queue.empty());
}

TEST(OutputQueue, CountsAFrameWhenItsLastOctetHasLeft) {
    OutputQueue queue;
    queue.push(filled(10, 1));
    queue.push(filled(10, 2));
    EXPECT_EQ(queue.consume(9), 0u);
    EXPECT_EQ(queue.consume(2), 1u);
    EXPECT_EQ(queue.octets(), 9u);
    EXPECT_EQ(queue.consume(9), 1u);
}

TEST(OutputQueue, SettlingLetsGoOfSharedMemory) {
    auto* buffer = SharedBuffer::create(4096);
    Slice block(buffer, 0, 4096);
    OutputQueue queue;
    queue.push(block.sub(0, 100));
    queue.push(block.sub(200, 100));
    EXPECT_TRUE(buffer->is_shared());
    const Bytes before = all_octets(queue);
    queue.settle();
    EXPECT_FALSE(buffer->is_shared());
    EXPECT_EQ(all_octets(queue), before);
    EXPECT_EQ(queue.runs(), 1u);

    queue.push(block.sub(300, 100));  // still behind: copied at once
    EXPECT_FALSE(buffer->is_shared());
    EXPECT_EQ(queue.consume(300), 3u);
    queue.push(block.sub(0, 100));  // caught up: shared again
    EXPECT_TRUE(buffer->is_shared());
}

TEST(OutputQueue, LongSlicesStaySharedInABacklog) {
    auto* buffer = SharedBuffer::create(kCopyBelow);
    OutputQueue queue;
    queue.push(Slice(buffer, 0, kCopyBelow));
    queue.settle();
    buffer->retain();
    EXPECT_TRUE(buffer->is_shared());
    queue.clear();
    EXPECT_FALSE(buffer->is_shared());
    buffer->release();
}

TEST(OutputQueue, ManySmallFramesOfABacklogTakeFewRuns) {
    OutputQueue queue;
    for (int i = 0; i < 10'000; ++i) {
        queue.push(filled(71, static_cast<unsigned char>(i)));
        if (i == 0) queue.settle();
    }
    EXPECT_EQ(queue.octets(), 710'000u);
    EXPECT_LE(queue.runs(), 710'000 / kBacklogChunk + 2);
}

TEST(OutputQueue, KeepsEveryOctetInOrderWhateverHappens) {
    std::mt19937 random(1);
    OutputQueue queue;
    Bytes expected;
    std::size_t pushed_frames = 0, sent_frames = 0;
    unsigned next = 0;
    for (int step = 0; step < 5000; ++step) {
        switch (random() % 4) {
            case 0:
            case 1: {
                const std::size_t size = random() % 20 == 0 ? 40'000 : random() % 3000 + 1;
                Slice frame(SharedBuffer::create(size), 0, size);
                for (std::size_t i = 0; i < size; ++i) frame.mutable_data()[i] = static_cast<std::byte>(next++);
                append(expected, frame);
                queue.push(frame);
                ++pushed_frames;
                break;
            }
            case 2:
                queue.settle();
                break;
            default: {
                std::array<iovec, 8> runs;
                const std::size_t count = queue.gather(runs);
                std::size_t available = 0;
                for (std::size_t i = 0; i < count; ++i) available += runs[i].iov_len;
                std::size_t take = available == 0 ? 0 : random() % (available + 1);
                Bytes got;
                for (std::size_t i = 0, left = take; i < count && left > 0; ++i) {
                    const std::size_t part = std::min(left, runs[i].iov_len);
                    append(got, ByteView(static_cast<const std::byte*>(runs[i].iov_base), part));
                    left -= part;
                }
                ASSERT_EQ(got, Bytes(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(take)));
                expected.erase(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(take));
                sent_frames += queue.consume(take);
            }
        }
        ASSERT_EQ(queue.octets(), expected.size());
    }
    sent_frames += queue.consume(queue.octets());
    EXPECT_EQ(sent_frames, pushed_frames);
}

}  // namespace
}  // namespace convene::io
