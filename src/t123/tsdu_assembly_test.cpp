#include "t123/tsdu_assembly.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

TEST(TsduAssembly, JoinsSegmentsIntoAFramedTsdu) {
    TsduAssembly assembly;
    EXPECT_FALSE(assembly.active());
    assembly.append(hex("2e00"));
    EXPECT_TRUE(assembly.active());
    assembly.append({});
    assembly.append(hex("0002"));
    EXPECT_EQ(assembly.size(), 4u);
    Tsdu tsdu = assembly.finish();
    EXPECT_FALSE(assembly.active());
    EXPECT_TRUE(tsdu.framed);
    EXPECT_EQ(to_hex(tsdu.payload), "2e000002");
    EXPECT_EQ(to_hex(tsdu.payload.widened_front(kDataHeaderSize)), "0300000b02f0802e000002");
}

TEST(TsduAssembly, EmptySegmentsMakeAnEmptyTsdu) {
    TsduAssembly assembly;
    assembly.append({});
    EXPECT_TRUE(assembly.active());
    Tsdu tsdu = assembly.finish();
    EXPECT_TRUE(tsdu.payload.empty());
    EXPECT_FALSE(tsdu.framed);
}

TEST(TsduAssembly, LongerThanAFrameIsNotFramed) {
    TsduAssembly assembly;
    Bytes expected;
    for (unsigned i = 0; assembly.size() <= kMaxDataPayload; ++i) {
        Bytes segment(1 + i % 977, static_cast<std::byte>(i));
        assembly.append(segment);
        append(expected, segment);
    }
    Tsdu tsdu = assembly.finish();
    EXPECT_FALSE(tsdu.framed);
    EXPECT_TRUE(equal(tsdu.payload, expected));
}

}  // namespace
}  // namespace convene::t123
