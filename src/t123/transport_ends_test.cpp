// The ends of a connection and its deadlines.
#include <gtest/gtest.h>

#include <chrono>
#include <utility>

#include "base/hex.hpp"
#include "t123/data_writer.hpp"
#include "t123/transport_bench.hpp"

namespace convene::t123 {
namespace {

using std::chrono::seconds;

TEST(TransportConnection, StreamEndsInEveryState) {
    Bench deciding(Called{1, true});
    deciding.bytes(kCr);
    for (Bench& bench : all_of(Bench(), std::move(deciding), Bench(default_caller()), open_called(), open_caller())) {
        const Bytes before = bench.seen.sent;
        bench.connection.on_end_of_stream();
        bench.connection.on_end_of_stream();
        bench.seen.take(bench.connection);
        EXPECT_TRUE(bench.ended(DisconnectCause::stream_ended));
        EXPECT_EQ(bench.seen.sent, before);
        EXPECT_FALSE(bench.connection.deadline());
    }
    Bench half = open_called();
    half.bytes("0300");
    half.connection.on_end_of_stream();
    half.seen.take(half.connection);
    EXPECT_EQ(half.seen.end->text, "TCP connection ended in the middle of a TSDU");
}

TEST(TransportConnection, OwnerDisconnectsByClosing) {
    Bench bench = open_called();
    bench.connection.send(ByteView(hex("2180")));
    bench.connection.disconnect();
    bench.connection.disconnect();
    bench.seen.take(bench.connection);
    EXPECT_EQ(bench.sent(), "0300000902f0802180");
    EXPECT_TRUE(bench.ended(DisconnectCause::owner));
    EXPECT_FALSE(bench.connection.send(ByteView(hex("28"))));
    EXPECT_FALSE(bench.connection.send(make_framed(hex("28"))));
    EXPECT_FALSE(bench.connection.has_outputs());
}

TEST(TransportConnection, DeadlinesWhileConnecting) {
    const TransportLimits limits;
    Bench called;
    EXPECT_EQ(called.connection.deadline(), called.now + limits.request_time);
    called.wait(limits.request_time - Duration{1});
    EXPECT_FALSE(called.seen.end);
    called.wait(Duration{1});
    EXPECT_TRUE(called.ended(DisconnectCause::connect_timeout));
    EXPECT_EQ(called.sent(), "");
    EXPECT_FALSE(called.connection.deadline());

    Bench deciding(Called{1, true});
    deciding.bytes(kCr);
    EXPECT_EQ(deciding.connection.deadline(), deciding.now + limits.request_time);
    deciding.wait(limits.request_time);
    EXPECT_EQ(deciding.sent(), "0300000b06800001000001");
    EXPECT_TRUE(deciding.ended(DisconnectCause::connect_timeout));

    Bench caller(default_caller());
    EXPECT_EQ(caller.connection.deadline(), caller.now + limits.confirm_time);
    caller.wait(limits.confirm_time);
    EXPECT_TRUE(caller.ended(DisconnectCause::connect_timeout));
}

TEST(TransportConnection, TricklingRequestIsCutOff) {
    Bench bench;
    const Bytes request = hex(kCr);
    for (std::size_t i = 0; i + 1 < request.size(); ++i) {
        bench.bytes(ByteView(request).subspan(i, 1));
        bench.wait(seconds{4});
    }
    EXPECT_TRUE(bench.ended(DisconnectCause::connect_timeout));
}

TEST(TransportConnection, TricklingFrameIsCutOff) {
    Bench bench = open_called();
    const Bytes frame = frame_of(pattern(100));
    const TransportLimits limits;
    const Instant start = bench.now;
    for (std::size_t i = 0; i < frame.size() && !bench.seen.end; ++i) {
        bench.bytes(ByteView(frame).subspan(i, 1));
        EXPECT_EQ(bench.connection.deadline(), start + limits.frame_time);
        bench.wait(seconds{1});
    }
    EXPECT_TRUE(bench.ended(DisconnectCause::frame_timeout));
    EXPECT_EQ(bench.now, start + limits.frame_time);
}

TEST(TransportConnection, EachFrameHasItsOwnDeadline) {
    Bench bench = open_called();
    const TransportLimits limits;
    for (int i = 0; i < 20; ++i) {  // always in the middle of a frame, never long in the same one
        bench.bytes(i == 0 ? "0300000802" : "f08028 0300000802");
        bench.wait(limits.frame_time - seconds{1});
        ASSERT_FALSE(bench.seen.end) << i;
    }
    bench.bytes("f08028");
    EXPECT_FALSE(bench.connection.deadline());
    EXPECT_EQ(bench.seen.received.size(), 20u);
}

TEST(TransportConnection, UnfinishedTsduIsCutOff) {
    Bench bench = open_called();
    const TransportLimits limits;
    const Instant start = bench.now;
    while (!bench.seen.end && bench.now < start + 2 * limits.tsdu_time) {
        bench.bytes("0300000702f000");  // costs no memory, so only time can end it
        bench.wait(seconds{10});
    }
    EXPECT_TRUE(bench.ended(DisconnectCause::tsdu_timeout));
    EXPECT_EQ(bench.now, start + limits.tsdu_time);
}

TEST(TransportConnection, DeadlinesOfThePeerStandStillWhileNotReading) {
    Bench bench = open_called();
    const TransportLimits limits;
    bench.bytes("0300000902f0002e00 030000");
    bench.connection.pause_receiving();
    EXPECT_FALSE(bench.connection.deadline());
    bench.wait(std::chrono::hours{1});
    EXPECT_FALSE(bench.seen.end);
    bench.connection.resume_receiving(bench.now);
    EXPECT_EQ(bench.connection.deadline(), bench.now + limits.frame_time);
    bench.bytes("0902f0800002");
    EXPECT_EQ(bench.seen.received.size(), 1u);
    EXPECT_FALSE(bench.connection.deadline());
}

}  // namespace
}  // namespace convene::t123
