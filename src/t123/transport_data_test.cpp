// Data on an open connection: whole, split, cut, relayed, capped.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/hex.hpp"
#include "t123/blank_slice.hpp"
#include "t123/data_writer.hpp"
#include "t123/frame_vectors.hpp"
#include "t123/tpkt.hpp"
#include "t123/transport_bench.hpp"

namespace convene::t123 {
namespace {

TEST(TransportConnection, EveryDataFrameOfAJoinPassesBothWays) {
    for (const FrameVector& vector : kFrameVectors) {
        const Bytes frame = hex(vector.hex);
        if (frame[5] != kDataCode || frame[6] != kEndOfTsdu || vector.name.find("split") != std::string_view::npos)
            continue;
        for (Bench& bench : all_of(open_called(), open_caller())) {
            bench.bytes(frame);
            ASSERT_EQ(bench.seen.received.size(), 1u) << vector.name;
            const Tsdu tsdu = bench.seen.received[0];
            EXPECT_EQ(to_hex(tsdu.payload), vector.hex.substr(14));
            EXPECT_TRUE(tsdu.framed);
            bench.send(tsdu);
            EXPECT_EQ(bench.sent(), vector.hex);
            bench.forget();
            bench.send(ByteView(tsdu.payload));
            EXPECT_EQ(bench.sent(), vector.hex);
        }
    }
}

TEST(TransportConnection, SplitTsduIsJoined) {
    Bench bench = open_called();
    bench.bytes("0300000902f0002e00");
    EXPECT_TRUE(bench.seen.received.empty());
    bench.bytes("0300000902f0800002");
    ASSERT_EQ(bench.seen.received.size(), 1u);
    EXPECT_EQ(to_hex(bench.seen.received[0].payload), "2e000002");
    EXPECT_TRUE(bench.seen.received[0].framed);
    bench.send(bench.seen.received[0]);
    EXPECT_EQ(bench.sent(), "0300000b02f0802e000002");
    EXPECT_FALSE(bench.connection.deadline());
}

TEST(TransportConnection, ConversationCutAtEveryOctet) {
    std::string text = kCr;
    for (const char* frame :
         {kDt, "0300000902f0002e00", "0300000902f0800002", "0300000702f080", "0300000902f0802180"}) {
        text += frame;
    }
    const Bytes all = hex(text);
    for (std::size_t first = 0; first <= all.size(); ++first) {
        for (std::size_t second = first; second <= all.size(); ++second) {
            Bench bench;
            const ByteView view(all);
            for (ByteView part : {view.first(first), view.subspan(first, second - first), view.subspan(second)}) {
                bench.bytes(part);
            }
            ASSERT_EQ(bench.seen.received.size(), 3u) << first << ' ' << second;
            EXPECT_EQ(to_hex(bench.seen.received[0].payload), "28");
            EXPECT_EQ(to_hex(bench.seen.received[1].payload), "2e000002");
            EXPECT_EQ(to_hex(bench.seen.received[2].payload), "2180");
            EXPECT_FALSE(bench.connection.deadline());
        }
    }
}

TEST(TransportConnection, OctetByOctetInSeparateBuffers) {
    Bench bench;
    for (std::byte octet : hex(std::string(kCr) + kDt + "0300000902f0802180")) bench.bytes(ByteView(&octet, 1));
    EXPECT_EQ(bench.seen.received.size(), 2u);
    EXPECT_TRUE(bench.connection.is_open());
}

TEST(TransportConnection, ContiguousReadsAreDeliveredWithoutACopy) {
    Bench bench = open_called();
    const Bytes frame = frame_of(pattern(5000));
    Slice block = blank_slice(frame.size());
    std::copy(frame.begin(), frame.end(), block.mutable_data());
    for (std::size_t at = 0; at < frame.size(); at += 1000) {
        bench.connection.on_bytes(block.sub(at, std::min<std::size_t>(1000, frame.size() - at)), bench.now);
    }
    bench.seen.take(bench.connection);
    ASSERT_EQ(bench.seen.received.size(), 1u);
    EXPECT_EQ(bench.seen.received[0].payload.data(), block.data() + kDataHeaderSize);
}

TEST(TransportConnection, FramedTsduIsRelayedAsItLies) {
    Bench from = open_called();
    Bench to = open_caller();
    Slice block{ByteView(frame_of(pattern(3000)))};
    from.connection.on_bytes(block, from.now);
    from.seen.take(from.connection);
    ASSERT_EQ(from.seen.received.size(), 1u);
    to.send(from.seen.received[0]);
    ASSERT_EQ(to.seen.writes.size(), 1u);
    EXPECT_EQ(to.seen.writes[0].data(), block.data());
    EXPECT_EQ(to.seen.writes[0].size(), block.size());
}

TEST(TransportConnection, FramesWithAnotherHeaderAreNotPassedOnAsTheyAre) {
    for (const char* frame : {"0301000802f08028", "0300000802f08128", "0300000c06f080c302000028"}) {
        Bench bench = open_called();
        bench.bytes(frame);
        ASSERT_EQ(bench.seen.received.size(), 1u) << frame;
        EXPECT_FALSE(bench.seen.received[0].framed) << frame;
        bench.send(bench.seen.received[0]);
        EXPECT_EQ(bench.sent(), kDt) << frame;
    }
}

TEST(TransportConnection, EmptyTsdusAreIgnored) {
    Bench bench = open_called();
    bench.bytes("0300000702f080");
    bench.bytes("0300000702f000 0300000702f080");
    EXPECT_TRUE(bench.seen.received.empty());
    bench.bytes("0300000902f0002e00 0300000702f080");  // an empty DT may end a TSDU
    ASSERT_EQ(bench.seen.received.size(), 1u);
    EXPECT_EQ(to_hex(bench.seen.received[0].payload), "2e00");
    bench.send(Tsdu{});
    bench.send(ByteView{});
    EXPECT_EQ(bench.sent(), "");
}

TEST(TransportConnection, SegmentsForAPeerWithSmallTpdus) {
    Bench bench;
    bench.bytes("0300000e09e00000000100c00107");
    ASSERT_EQ(bench.connection.max_tpdu(), 128u);
    bench.forget();
    const Bytes payload = pattern(300);
    const Tsdu tsdu = make_framed(payload);
    bench.send(tsdu);
    ASSERT_EQ(bench.seen.writes.size(), 6u);
    EXPECT_EQ(to_hex(bench.seen.writes[0]), "0300008402f000");
    EXPECT_EQ(bench.seen.writes[1].data(), tsdu.payload.data());
    EXPECT_EQ(to_hex(bench.seen.writes[4]), "0300003902f080");
    const Bytes shared = bench.seen.sent;
    bench.forget();
    bench.send(ByteView(payload));
    EXPECT_EQ(bench.seen.sent, shared);
    bench.forget();
    bench.send(make_framed(pattern(125)));
    EXPECT_EQ(bench.seen.writes.size(), 1u);
}

TEST(TransportConnection, TsduLengthIsCapped) {
    TransportLimits limits;
    limits.max_tsdu = 100;
    Bench one = open_called(limits);
    one.bytes(frame_of(pattern(100)));
    EXPECT_EQ(one.seen.received.size(), 1u);
    one.bytes(frame_of(pattern(101)));
    EXPECT_TRUE(one.ended(DisconnectCause::tsdu_too_long));

    Bench many = open_called(limits);
    many.bytes(frame_of(pattern(60), false));
    many.bytes(frame_of(pattern(40), false));
    many.bytes(frame_of({}));
    ASSERT_EQ(many.seen.received.size(), 1u);
    many.bytes(frame_of(pattern(60), false));
    many.bytes(frame_of(pattern(41), false));
    EXPECT_TRUE(many.ended(DisconnectCause::tsdu_too_long));

    Bench lowered = open_called();
    lowered.connection.set_max_tsdu(10);
    lowered.bytes(frame_of(pattern(11)));
    EXPECT_TRUE(lowered.ended(DisconnectCause::tsdu_too_long));
    EXPECT_EQ(describe(*lowered.seen.end), "TSDU longer than is accepted in this phase (tsdu-too-long)");
}

TEST(TransportConnection, ConnectPhaseTakesAMebibyte) {
    Bench bench = open_called();
    const Bytes payload = pattern(kConnectPhaseMaxTsdu);
    bench.bytes(write_frames(payload, kMaxTpdu));
    ASSERT_EQ(bench.seen.received.size(), 1u);
    EXPECT_TRUE(equal(bench.seen.received[0].payload, payload));
    EXPECT_FALSE(bench.seen.received[0].framed);
    bench.bytes(write_frames(pattern(kConnectPhaseMaxTsdu + 1), kMaxTpdu));
    EXPECT_TRUE(bench.ended(DisconnectCause::tsdu_too_long));
}

}  // namespace
}  // namespace convene::t123
