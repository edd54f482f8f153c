// Connecting: requests, answers, refusals, classes and TPDU sizes.
#include <gtest/gtest.h>

#include <string>

#include "base/hex.hpp"
#include "t123/rdp.hpp"
#include "t123/tpkt.hpp"
#include "t123/transport_bench.hpp"

namespace convene::t123 {
namespace {

TEST(TransportConnection, CalledAnswersAConnectionRequest) {
    Bench bench;
    bench.bytes(kCr);
    EXPECT_EQ(bench.sent(), "0300000b06d00001000100");
    ASSERT_EQ(bench.seen.requests.size(), 1u);
    EXPECT_EQ(bench.seen.requests[0]->source, 1);
    EXPECT_EQ(bench.seen.connected, kMaxTpdu);
    EXPECT_EQ(bench.seen.confirm, nullptr);
    EXPECT_TRUE(bench.connection.is_open());
    EXPECT_FALSE(bench.connection.deadline());
}

TEST(TransportConnection, CalledUsesItsReferenceAndTheCallers) {
    Bench bench(Called{0x1234, false});
    bench.bytes("0300000b 06e0007b020000");
    EXPECT_EQ(bench.sent(), "0300000b06d00200123400");
}

TEST(TransportConnection, CallerSendsItsRequestAtOnce) {
    Bench bench(default_caller());
    EXPECT_EQ(bench.sent(), kCr);
    bench.bytes("0300000b06d00001123400");
    EXPECT_EQ(bench.seen.connected, kMaxTpdu);
    ASSERT_NE(bench.seen.confirm, nullptr);
    EXPECT_EQ(bench.seen.confirm->source, 0x1234);
    EXPECT_FALSE(bench.connection.deadline());
}

TEST(TransportConnection, ReferencesThatDoNotMatchAreAccepted) {
    Bench bench(default_caller());
    bench.bytes("0300000b06d00000000000");
    EXPECT_TRUE(bench.connection.is_open());
    Bench called;
    called.bytes("0300000b06e00000000000");
    EXPECT_TRUE(called.connection.is_open());
}

TEST(TransportConnection, RdpRequestIsReportedAndGetsAPlainAnswer) {
    Bench bench;
    bench.bytes("0300002c27e00000000000436f6f6b69653a206d737473686173683d656c746f6e730d0a0100080003000000");
    EXPECT_EQ(bench.sent(), "0300000b06d00000000100");
    ASSERT_EQ(bench.seen.requests.size(), 1u);
    auto rdp = parse_rdp_request(bench.seen.requests[0]->parameters.opaque);
    ASSERT_TRUE(rdp);
    EXPECT_EQ(rdp->negotiation->protocols, 3u);
}

TEST(TransportConnection, CallerMayAskAsAnRdpClient) {
    Caller role;
    role.request.parameters.opaque = serialise(RdpRequest{"", RdpNegotiationRequest{0, 3}, false});
    TransportLimits limits;
    limits.max_tpdu = 2048;  // offered only where parameters are allowed
    Bench bench(role, limits);
    EXPECT_EQ(bench.sent(), "030000130ee000000001000100080003000000");
    bench.bytes("030000130ed000001234000200080001000000");
    ASSERT_NE(bench.seen.confirm, nullptr);
    EXPECT_EQ(parse_rdp_answer(bench.seen.confirm->parameters.opaque), (RdpAnswer{false, 0, 1}));
    EXPECT_EQ(bench.connection.max_tpdu(), 2048u);
}

TEST(TransportConnection, OffersOfClassesThatMayBecomeZero) {
    for (const char* request : {"0300000b 06e00000000110", "0300000e 09e00000000140 c70100",
                                "0300000f 0ae00000000120 c7021000", "0300000b 06e00000000103"}) {
        Bench bench;
        bench.bytes(request);
        EXPECT_TRUE(bench.connection.is_open()) << request;
        EXPECT_EQ(bench.sent(), kCc) << request;
    }
}

TEST(TransportConnection, OtherClassesAreRefused) {
    for (const char* request : {"0300000b 06e00000000120", "0300000b 06e00000000140", "0300000b 06e00000000150",
                                "0300000e 09e000000001f0 c70100", "0300000e 09e00000000140 c70120"}) {
        Bench bench;
        bench.bytes(request);
        EXPECT_EQ(bench.sent(), "0300000b06800001000082") << request;
        EXPECT_TRUE(bench.ended(DisconnectCause::class_not_supported)) << request;
        EXPECT_EQ(bench.seen.end->code, 130);
        EXPECT_TRUE(bench.seen.requests.empty());
    }
}

TEST(TransportConnection, OwnerRefusesBeforeTheRequest) {
    Bench bench;
    bench.connection.refuse(DisconnectCode::congestion_at_tsap);
    bench.seen.take(bench.connection);
    EXPECT_EQ(bench.sent(), "");
    bench.bytes(kCr);
    EXPECT_EQ(bench.sent(), "0300000b06800001000001");
    EXPECT_EQ(bench.seen.requests.size(), 1u);  // for the log
    EXPECT_TRUE(bench.ended(DisconnectCause::refused_by_owner));
    EXPECT_EQ(bench.seen.end->code, 1);
    EXPECT_EQ(describe(*bench.seen.end), "congestion at TSAP (refused-by-owner, code 1, X.224 13.5)");
}

TEST(TransportConnection, OwnerDecides) {
    Bench yes(Called{1, true});
    yes.bytes(std::string(kCr) + kDt);  // what came along waits
    EXPECT_EQ(yes.sent(), "");
    ASSERT_EQ(yes.seen.requests.size(), 1u);
    EXPECT_FALSE(yes.connection.is_open());
    EXPECT_FALSE(yes.connection.send(ByteView(hex("28"))));
    yes.connection.accept(yes.now);
    yes.seen.take(yes.connection);
    EXPECT_EQ(yes.sent(), kCc);
    ASSERT_EQ(yes.seen.received.size(), 1u);
    EXPECT_EQ(to_hex(yes.seen.received[0].payload), "28");
    yes.connection.refuse(DisconnectCode::congestion_at_tsap);  // too late
    yes.connection.accept(yes.now);
    yes.seen.take(yes.connection);
    EXPECT_TRUE(yes.connection.is_open());

    Bench no(Called{1, true});
    no.bytes(std::string(kCr) + kDt);
    no.connection.refuse(DisconnectCode::address_unknown);
    no.seen.take(no.connection);
    EXPECT_EQ(no.sent(), "0300000b06800001000003");
    EXPECT_TRUE(no.ended(DisconnectCause::refused_by_owner));
    EXPECT_TRUE(no.seen.received.empty());
}

TEST(TransportConnection, PeerMayNotGoOnBeforeTheDecision) {
    Bench bench(Called{1, true});
    bench.bytes(kCr);
    bench.bytes(kDt);
    EXPECT_TRUE(bench.ended(DisconnectCause::unexpected));
    EXPECT_EQ(bench.sent(), "");
}

TEST(TransportConnection, DisconnectWhileDecidingTellsThePeer) {
    Bench bench(Called{1, true});
    bench.bytes(kCr);
    bench.connection.disconnect(DisconnectCode::normal);
    bench.seen.take(bench.connection);
    EXPECT_EQ(bench.sent(), "0300000b06800001000080");
    EXPECT_TRUE(bench.ended(DisconnectCause::owner));
}

TEST(TransportConnection, PeerRefuses) {
    Bench dr(default_caller());
    dr.bytes("0300000b06800001000001");
    EXPECT_TRUE(dr.ended(DisconnectCause::refused_by_peer));
    EXPECT_EQ(dr.seen.end->code, 1);
    Bench er(default_caller());
    er.bytes("030000090470000102");
    EXPECT_TRUE(er.ended(DisconnectCause::refused_by_peer));
    EXPECT_EQ(er.seen.end->code, 2);
    Bench other_class(default_caller());
    other_class.bytes("0300000b06d00001000120");
    EXPECT_TRUE(other_class.ended(DisconnectCause::class_not_supported));
    EXPECT_EQ(other_class.sent(), kCr);
}

TEST(TransportConnection, CalledTakesTheOfferedSize) {
    Bench bench;
    bench.bytes("030000140fe00000000200c0010bc10101c20102");
    EXPECT_EQ(bench.sent(), "0300000e09d00002000100c0010b");
    EXPECT_EQ(bench.seen.connected, 2048u);
    Bench preferred;
    preferred.bytes("03000011 0ce00000000200 c00107 f00110");  // F0 over C0
    EXPECT_EQ(preferred.sent(), "0300000e09d00002000100f00110");
    EXPECT_EQ(preferred.seen.connected, 2048u);
}

TEST(TransportConnection, CallerOffersASmallerSize) {
    TransportLimits limits;
    limits.max_tpdu = 1024;
    Bench bench(default_caller(), limits);
    EXPECT_EQ(bench.sent(), "030000110ce00000000100c0010af00108");
    bench.bytes("0300000e09d00001000100c00109");
    EXPECT_EQ(bench.seen.connected, 512u);
}

TEST(TransportConnection, TpduSizeIsNeverAssumedToBe128) {
    Bench bench = open_called();
    bench.send(ByteView(pattern(kMaxDataPayload)));
    EXPECT_EQ(bench.seen.sent.size(), kMaxFrame);
}

}  // namespace
}  // namespace convene::t123
