// Caller and called, back to back.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "t123/data_writer.hpp"
#include "t123/tpkt.hpp"
#include "t123/transport_bench.hpp"

namespace convene::t123 {
namespace {

void carry(Bench& from, Bench& to, std::size_t step) {
    const Bytes octets = std::move(from.seen.sent);
    from.seen.sent.clear();
    for (std::size_t at = 0; at < octets.size(); at += step) {
        to.bytes(ByteView(octets).subspan(at, std::min(step, octets.size() - at)));
    }
}

TEST(TransportConnection, CallerAndCalledBackToBack) {
    for (std::size_t caller_max : {std::size_t{128}, std::size_t{2048}, std::size_t{20'000}, kMaxTpdu}) {
        for (std::size_t called_max : {std::size_t{128}, std::size_t{1500}, std::size_t{50'000}, kMaxTpdu}) {
            TransportLimits limits;
            limits.max_tpdu = caller_max;
            Bench caller(default_caller(), limits);
            limits.max_tpdu = called_max;
            Bench called(Called{9, false}, limits);
            carry(caller, called, 5);
            carry(called, caller, 3);
            ASSERT_TRUE(caller.connection.is_open() && called.connection.is_open());
            EXPECT_EQ(caller.connection.max_tpdu(), called.connection.max_tpdu());
            EXPECT_LE(caller.connection.max_tpdu(), std::min(caller_max, called_max));
            EXPECT_EQ(caller.seen.confirm->source, 9);
            for (std::size_t size : {1u, 125u, 126u, 70'000u}) {
                const Bytes payload = pattern(size);
                caller.send(make_framed(payload));
                carry(caller, called, 1371);
                ASSERT_EQ(called.seen.received.size(), 1u);
                EXPECT_TRUE(equal(called.seen.received[0].payload, payload));
                called.send(called.seen.received[0]);  // and back, as a relay does
                carry(called, caller, 65'000);
                ASSERT_EQ(caller.seen.received.size(), 1u);
                EXPECT_TRUE(equal(caller.seen.received[0].payload, payload));
                called.seen.received.clear();
                caller.seen.received.clear();
            }
        }
    }
}

TEST(TransportConnection, RefusalReachesTheCaller) {
    Bench caller(default_caller());
    Bench called;
    called.connection.refuse(DisconnectCode::congestion_at_tsap);
    carry(caller, called, 100);
    carry(called, caller, 100);
    EXPECT_TRUE(caller.ended(DisconnectCause::refused_by_peer));
    EXPECT_EQ(describe(*caller.seen.end), "congestion at TSAP (refused-by-peer, code 1, X.224 13.5)");
}

}  // namespace
}  // namespace convene::t123
