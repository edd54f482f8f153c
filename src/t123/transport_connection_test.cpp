#include "t123/transport_connection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hex.hpp"
#include "base/overloaded.hpp"
#include "t123/blank_slice.hpp"
#include "t123/data_writer.hpp"
#include "t123/frame_vectors.hpp"
#include "t123/rdp.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

using std::chrono::seconds;

constexpr const char* kCr = "0300000b06e00000000100";
constexpr const char* kCc = "0300000b06d00001000100";
constexpr const char* kDt = "0300000802f08028";

/// What came out, sorted by kind; order is checked where it matters.
struct Seen {
    Bytes sent;
    std::vector<Slice> writes;
    std::vector<Tsdu> received;
    std::vector<std::unique_ptr<const ConnectionRequest>> requests;
    std::optional<std::size_t> connected;
    std::unique_ptr<const ConnectionConfirm> confirm;
    std::optional<Disconnected> end;

    void take(TransportConnection& from) {
        std::vector<Output> outputs;
        from.take_outputs(outputs);
        for (Output& output : outputs) {
            EXPECT_FALSE(end) << "output after the end";
            std::visit(overloaded{[&](Send& send) {
                                      append(sent, send.octets);
                                      writes.push_back(send.octets);
                                  },
                                  [&](Received& data) { received.push_back(data.tsdu); },
                                  [&](Requested& request) { requests.push_back(std::move(request.request)); },
                                  [&](Connected& open) {
                                      connected = open.max_tpdu;
                                      confirm = std::move(open.confirm);
                                  },
                                  [&](Disconnected& over) { end = over; }},
                       output);
        }
    }
};

/// A connection with its clock and everything it has put out.
struct Bench {
    explicit Bench(Called role = {}, TransportLimits limits = {}) : connection(role, now, limits) {
        seen.take(connection);
    }
    explicit Bench(Caller role, TransportLimits limits = {}) : connection(role, now, limits) { seen.take(connection); }

    void bytes(ByteView octets) {
        connection.on_bytes(Slice{octets}, now);
        seen.take(connection);
    }
    void bytes(std::string_view text) { bytes(ByteView(hex(text))); }
    void wait(Duration time) {
        now += time;
        connection.on_time(now);
        seen.take(connection);
    }
    template <class T>
    void send(const T& what) {
        EXPECT_TRUE(connection.send(what));
        seen.take(connection);
    }
    std::string sent() const { return to_hex(seen.sent); }
    void forget() { seen = Seen{}; }
    bool ended(DisconnectCause cause) const { return seen.end && seen.end->cause == cause && connection.is_closed(); }

    Instant now{seconds{1000}};
    Seen seen;
    TransportConnection connection;
};

Caller default_caller() { return {}; }

Bench open_called(TransportLimits limits = {}) {
    Bench bench(Called{}, limits);
    bench.bytes(kCr);
    EXPECT_TRUE(bench.connection.is_open());
    bench.forget();
    return bench;
}

Bench open_caller(TransportLimits limits = {}) {
    Bench bench(default_caller(), limits);
    bench.bytes(kCc);
    EXPECT_TRUE(bench.connection.is_open());
    bench.forget();
    return bench;
}

template <class... B>
std::vector<Bench> all_of(B&&... benches) {
    std::vector<Bench> out;
    (out.push_back(std::forward<B>(benches)), ...);
    return out;
}

Bytes pattern(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 7 + i / 251);
    return out;
}

Bytes frame_of(ByteView payload, bool end = true) { return serialise(DataTpdu{end, 0, payload}); }

// --- Connecting ------------------------------------------------------------------------------------------------------

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

// --- TPDU size -------------------------------------------------------------------------------------------------------

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

// --- Data ------------------------------------------------------------------------------------------------------------

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

// --- Wrong input, in every state -------------------------------------------------------------------------------------

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

// --- Ends and deadlines ----------------------------------------------------------------------------------------------

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

// --- Two machines ----------------------------------------------------------------------------------------------------

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
