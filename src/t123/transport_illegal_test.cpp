// Illegal input in every state, with the reaction to each.
#include <gtest/gtest.h>

#include <string>

#include "base/hex.hpp"
#include "t123/transport_bench.hpp"

namespace convene::t123 {
namespace {

struct Wrong {
    const char* octets;
    DisconnectCause in_wait_cr;
    const char* sent_in_wait_cr;
    DisconnectCause in_wait_cc;
    DisconnectCause in_open;
    const char* sent_in_open;
};

TEST(TransportConnection, IllegalInputInEveryState) {
    using C = DisconnectCause;
    const Wrong cases[] = {
        // no TPKT
        {"0300000302f080", C::malformed, "", C::malformed, C::malformed, ""},
        {"03000004", C::malformed, "", C::malformed, C::malformed, ""},
        {"03000006f080", C::malformed, "", C::malformed, C::malformed, ""},
        {"0200000802f08028", C::not_tpkt, "", C::not_tpkt, C::not_tpkt, ""},
        {"16030100", C::not_tpkt, "", C::not_tpkt, C::not_tpkt, ""},
        {"474554202f20", C::not_tpkt, "", C::not_tpkt, C::not_tpkt, ""},
        // lengths
        {"0300000b c8e00000000100", C::malformed, "", C::malformed, C::malformed, "0300000c0770000100c101c8"},
        {"0300000b ffe00000000100", C::malformed, "", C::malformed, C::malformed, "0300000c0770000100c101ff"},
        {"0300000b 05e00000000700", C::malformed, "0300000b0680000700008a", C::malformed, C::malformed,
         "0300000c0770000100c10105"},
        {"03000007 01e000", C::malformed, "0300000b0680000000008a", C::malformed, C::malformed,
         "0300000c0770000100c10101"},
        {"0300000c 06e00000000700 00", C::malformed, "0300000b0680000700008a", C::malformed, C::malformed,
         "030000130e70000100c10806e0000000070000"},
        {"0300000c 06d00000000700 00", C::malformed, "", C::malformed, C::malformed,
         "030000130e70000100c10806d0000000070000"},
        {"03000007 01f080", C::malformed, "", C::malformed, C::malformed, "0300000c0770000100c10101"},
        {"03000007 09f080", C::malformed, "", C::malformed, C::malformed, "0300000c0770000100c10109"},
        {"0300000b 05800001000001", C::malformed, "", C::malformed, C::malformed, "0300000c0770000100c10105"},
        {"03000009 0370000102", C::malformed, "", C::malformed, C::malformed, "0300000c0770000100c10103"},
        // types that class 0 does not have
        {"03000009 0460000001", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c1020460"},
        {"03000009 0450000001", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c1020450"},
        {"03000009 0410000001", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c1020410"},
        {"03000009 0420000001", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c1020420"},
        {"0300000a 05c000000000", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c10205c0"},
        {"03000007 02f180", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c10202f1"},
        {"03000007 020080", C::unexpected, "", C::unexpected, C::unexpected, "0300000d0870000102c1020200"},
    };
    for (const Wrong& wrong : cases) {
        Bench called;
        called.bytes(wrong.octets);
        EXPECT_TRUE(called.ended(wrong.in_wait_cr)) << wrong.octets;
        EXPECT_EQ(called.sent(), wrong.sent_in_wait_cr) << wrong.octets;

        Bench deciding(Called{1, true});
        deciding.bytes(kCr);
        deciding.bytes(wrong.octets);
        EXPECT_TRUE(deciding.ended(DisconnectCause::unexpected)) << wrong.octets;
        EXPECT_EQ(deciding.sent(), "");

        Bench caller(default_caller());
        caller.bytes(wrong.octets);
        EXPECT_TRUE(caller.ended(wrong.in_wait_cc)) << wrong.octets;
        EXPECT_EQ(caller.sent(), kCr) << wrong.octets;

        for (Bench& open : all_of(open_called(), open_caller())) {
            open.bytes(wrong.octets);
            EXPECT_TRUE(open.ended(wrong.in_open)) << wrong.octets;
            EXPECT_EQ(open.sent(), wrong.sent_in_open) << wrong.octets;
            EXPECT_TRUE(open.seen.received.empty());
            open.bytes(kDt);  // closed: nothing more
            EXPECT_TRUE(open.seen.received.empty());
        }
    }
}

TEST(TransportConnection, TpdusOutOfPlace) {
    for (const char* early :
         {kDt, "0300000702f080", "0300000702f000", kCc, "0300000b06800001000001", "030000090470000102"}) {
        Bench bench;
        bench.bytes(early);
        EXPECT_TRUE(bench.ended(DisconnectCause::unexpected)) << early;
        EXPECT_EQ(bench.sent(), "") << early;
    }
    for (const char* early : {kDt, kCr}) {
        Bench bench(default_caller());
        bench.bytes(early);
        EXPECT_TRUE(bench.ended(DisconnectCause::unexpected)) << early;
        EXPECT_EQ(bench.sent(), kCr) << early;
    }
    for (Bench& bench : all_of(open_called(), open_caller())) {
        bench.bytes(kCr);
        EXPECT_TRUE(bench.ended(DisconnectCause::unexpected));
        EXPECT_EQ(bench.sent(), "0300000d0870000102c10206e0");
        EXPECT_EQ(bench.seen.end->code, 2);
    }
    for (Bench& bench : all_of(open_called(), open_caller())) {
        bench.bytes(kCc);
        EXPECT_TRUE(bench.ended(DisconnectCause::unexpected));
        EXPECT_EQ(bench.sent(), "0300000d0870000102c10206d0");
    }
}

TEST(TransportConnection, PeerEndsTheOpenConnection) {
    for (Bench& bench : all_of(open_called(), open_caller())) {
        bench.bytes(std::string(kDt) + "0300000b06800001000080" + kDt);
        EXPECT_EQ(bench.seen.received.size(), 1u);
        EXPECT_TRUE(bench.ended(DisconnectCause::disconnected_by_peer));
        EXPECT_EQ(bench.seen.end->code, 128);
        EXPECT_EQ(bench.sent(), "");
    }
    for (Bench& bench : all_of(open_called(), open_caller())) {
        bench.bytes("030000090470000102");
        EXPECT_TRUE(bench.ended(DisconnectCause::rejected_by_peer));
        EXPECT_EQ(bench.seen.end->code, 2);
        EXPECT_EQ(bench.sent(), "");
    }
}

TEST(TransportConnection, LongFramesAreForTheOpenConnectionOnly) {
    Bench called;
    called.bytes("03000401");
    EXPECT_TRUE(called.ended(DisconnectCause::malformed));
    Bench caller(default_caller());
    caller.bytes("0300ffff");
    EXPECT_TRUE(caller.ended(DisconnectCause::malformed));
    Bench pipelined;  // a long first TSDU may come right behind the CR
    Bytes octets = hex(kCr);
    append(octets, frame_of(pattern(60'000)));
    pipelined.bytes(octets);
    EXPECT_EQ(pipelined.seen.received.size(), 1u);
}

}  // namespace
}  // namespace convene::t123
