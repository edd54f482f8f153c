#include "t123/data_writer.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

Bytes pattern(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 7 + 1);
    return out;
}

Bytes join(const std::vector<Slice>& slices) {
    Bytes out;
    for (const Slice& slice : slices) append(out, slice);
    return out;
}

TEST(DataWriter, MakesATsduThatIsItsOwnFrame) {
    Tsdu tsdu = make_framed(hex("28"));
    EXPECT_TRUE(tsdu.framed);
    EXPECT_EQ(to_hex(tsdu.payload), "28");
    EXPECT_EQ(to_hex(tsdu.payload.widened_front(kDataHeaderSize)), "0300000802f08028");
    EXPECT_TRUE(make_framed(pattern(kMaxDataPayload)).framed);
    EXPECT_FALSE(make_framed(pattern(kMaxDataPayload + 1)).framed);
    EXPECT_EQ(make_framed(pattern(kMaxDataPayload + 1)).payload.size(), kMaxDataPayload + 1);
}

TEST(DataWriter, FramedTsduThatFitsIsOneSliceOfTheSameBuffer) {
    Tsdu tsdu = make_framed(pattern(125));
    std::vector<Slice> out;
    write_frames(tsdu, kMinTpdu, out);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].data(), tsdu.payload.data() - kDataHeaderSize);
    EXPECT_EQ(out[0].size(), 132u);
}

TEST(DataWriter, SharedPayloadIsNotCopied) {
    Tsdu tsdu{Slice{ByteView(pattern(4000))}, false};
    std::vector<Slice> out;
    write_frames(tsdu, kMaxTpdu, out);
    ASSERT_EQ(out.size(), 2u);
    EXPECT_EQ(to_hex(out[0]), "03000fa702f080");
    EXPECT_EQ(out[1].data(), tsdu.payload.data());
}

TEST(DataWriter, EndMarksOnlyTheLastSegment) {
    std::vector<Slice> out;
    write_frames(make_framed(pattern(251)), kMinTpdu, out);
    ASSERT_EQ(out.size(), 6u);
    EXPECT_EQ(to_hex(out[0]), "0300008402f000");
    EXPECT_EQ(to_hex(out[2]), "0300008402f000");
    EXPECT_EQ(to_hex(out[4]), "0300000802f080");
    EXPECT_EQ(out[5].size(), 1u);
    out.clear();
    write_frames(make_framed(pattern(250)), kMinTpdu, out);
    ASSERT_EQ(out.size(), 4u);  // an exact fit has no empty last DT
    EXPECT_EQ(to_hex(out[2]), "0300008402f080");
}

TEST(DataWriter, CopyingAndSharingWriteTheSameOctets) {
    for (std::size_t size : {1u, 124u, 125u, 126u, 511u, 512u, 513u, 5000u, 65'528u, 65'529u, 200'000u}) {
        const Bytes payload = pattern(size);
        for (std::size_t max_tpdu : {kMinTpdu, std::size_t{2048}, kMaxTpdu}) {
            std::vector<Slice> shared;
            write_frames(Tsdu{Slice{ByteView(payload)}, false}, max_tpdu, shared);
            std::vector<Slice> framed;
            write_frames(make_framed(payload), max_tpdu, framed);
            EXPECT_EQ(join(shared), to_bytes(write_frames(payload, max_tpdu))) << size << ' ' << max_tpdu;
            EXPECT_EQ(join(shared), join(framed)) << size << ' ' << max_tpdu;
        }
    }
}

}  // namespace
}  // namespace convene::t123
