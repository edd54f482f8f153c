// The relay path allocates nothing per frame: counted by replacing the allocation functions of the test program.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <variant>
#include <vector>

#include "base/hex.hpp"
#include "t123/blank_slice.hpp"
#include "t123/transport_connection.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

// Kept out of line: inlined halves of a pair look mismatched to the compiler.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    std::abort();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace convene::t123 {
namespace {

constexpr std::size_t kFrames = 7;  // in one read, below the burst whose memory a connection keeps

TEST(Allocation, RelayOfPlainFramesNeedsNone) {
    const Instant now{};
    TransportConnection from(Called{}, now);
    TransportConnection to(Called{}, now);
    from.on_bytes(Slice{ByteView(hex("0300000b06e00000000100"))}, now);
    to.on_bytes(Slice{ByteView(hex("0300000b06e00000000100"))}, now);

    const Bytes frame = hex("0300001502f0807000020001700791000200680069");
    const Slice block = blank_slice(frame.size() * kFrames);
    for (std::size_t i = 0; i < kFrames; ++i) {
        std::copy(frame.begin(), frame.end(), Slice(block).mutable_data() + i * frame.size());
    }
    std::vector<Output> received;
    std::vector<Output> sent;
    std::size_t relayed = 0;
    auto relay = [&] {
        const std::size_t half = block.size() / 2 + 3;  // cut in the middle of a frame
        from.on_bytes(block.sub(0, half), now);
        from.on_bytes(block.sub(half, block.size() - half), now);
        from.take_outputs(received);
        for (const Output& output : received) {
            if (auto* data = std::get_if<Received>(&output)) to.send(data->tsdu);
            if (auto* run = std::get_if<ReceivedRun>(&output))
                for_each_tsdu(run->frames, [&](const Tsdu& tsdu) { to.send(tsdu); });
        }
        to.take_outputs(sent);
        for (const Output& output : sent) relayed += std::holds_alternative<Send>(output) ? 1 : 0;
    };
    for (int i = 0; i < 4; ++i) relay();  // the vectors of outputs find their size
    relayed = 0;
    const std::size_t before = allocations;
    for (int i = 0; i < 100; ++i) relay();
    EXPECT_EQ(allocations, before);
    EXPECT_EQ(relayed, 100 * kFrames);
}

}  // namespace
}  // namespace convene::t123
