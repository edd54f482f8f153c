#include "t123/tpdu.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "base/hex.hpp"
#include "t123/frame_vectors.hpp"
#include "t123/rdp.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

Bytes serialise_any(const Tpdu& tpdu) {
    return std::visit([](const auto& t) { return serialise(t); }, tpdu);
}

TEST(Tpdu, EveryFrameOfAJoinReadsAndWritesBack) {
    for (const FrameVector& vector : kFrameVectors) {
        const Bytes frame = hex(vector.hex);
        auto tpdu = parse_tpdu(frame);
        ASSERT_TRUE(tpdu) << vector.name;
        EXPECT_EQ(to_hex(serialise_any(*tpdu)), vector.hex) << vector.name;
    }
}

template <class T>
T parsed(std::string_view text) {
    const Bytes frame = hex(text);
    auto tpdu = parse_tpdu(frame);
    EXPECT_TRUE(tpdu && std::holds_alternative<T>(*tpdu)) << text;
    return std::get<T>(*tpdu);
}

TEST(Tpdu, ConnectionRequest) {
    auto plain = parsed<ConnectionRequest>("0300000b06e00000000100");
    EXPECT_EQ(plain, (ConnectionRequest{0, 1, 0, 0, {}}));
    auto gateway = parsed<ConnectionRequest>("0300000b 06e0007b020000");  // references at other places
    EXPECT_EQ(gateway.destination, 0x7b);
    EXPECT_EQ(gateway.source, 0x200);
    EXPECT_EQ(parsed<ConnectionRequest>("0300000b 06e50000000123").transport_class, 2);  // credit masked
    EXPECT_EQ(parsed<ConnectionRequest>("0300000b 06e50000000123").options, 3);
}

TEST(Tpdu, ConnectionRequestParameters) {
    auto request = parsed<ConnectionRequest>("03000014 0fe00000000200 c0010b c10101 c20102");
    EXPECT_EQ(request.parameters.sizes.size, 2048u);
    EXPECT_EQ(request.parameters.calling_tsap, bytes({1}));
    EXPECT_EQ(request.parameters.called_tsap, bytes({2}));
    EXPECT_TRUE(request.parameters.opaque.empty());

    auto more = parsed<ConnectionRequest>("0300001c 17e00000000240 c40101 f0020123 850401020304 c7020110");
    EXPECT_EQ(more.parameters.sizes, (TpduSizes{{}, 0x123}));
    EXPECT_EQ(more.parameters.alternative_classes, bytes({1, 0x10}));
    EXPECT_EQ(more.transport_class, 4);
}

TEST(Tpdu, SizeValuesOutOfRangeAreIgnored) {
    for (const char* size : {"c00106", "c0010e", "c00100", "f00100", "c001ff"}) {
        auto request = parsed<ConnectionRequest>("0300000e 09e00000000200" + std::string(size));
        EXPECT_EQ(request.parameters, ConnectParameters{}) << size;
    }
    EXPECT_EQ(parsed<ConnectionRequest>("0300000f 0ae00000000200 c0020b0b").parameters, ConnectParameters{});
    EXPECT_EQ(parsed<ConnectionRequest>("03000012 0de00000000200 f0050000000001").parameters, ConnectParameters{});
    EXPECT_EQ(parsed<ConnectionRequest>("0300000d 08e00000000200 f000").parameters, ConnectParameters{});
    for (unsigned exponent = 7; exponent <= 13; ++exponent) {
        ConnectionRequest request;
        request.parameters.sizes.size = 1u << exponent;
        const Bytes frame = serialise(request);
        EXPECT_EQ(std::to_integer<unsigned>(frame.back()), exponent);
        EXPECT_EQ(parsed<ConnectionRequest>(to_hex(frame)), request);
    }
    for (std::uint32_t units : {1u, 255u, 256u, 65'536u, 0xFFFFFFFFu}) {
        ConnectionRequest request;
        request.parameters.sizes.preferred = units;
        EXPECT_EQ(parsed<ConnectionRequest>(to_hex(serialise(request))), request);
    }
}

TEST(Tpdu, InconsistentParametersBecomeOpaque) {
    auto request = parsed<ConnectionRequest>("03000013 0ee00000000200 c0010b c1050102 03");
    EXPECT_EQ(request.parameters.sizes.size, 2048u);
    EXPECT_EQ(to_hex(request.parameters.opaque), "c105010203");
    EXPECT_FALSE(request.parameters.calling_tsap);
    EXPECT_EQ(to_hex(parsed<ConnectionRequest>("0300000c 07e00000000200 c0").parameters.opaque), "c0");
}

TEST(Tpdu, RdpRequestsAndAnswersStayWhole) {
    auto request = parsed<ConnectionRequest>(
        "0300002c27e00000000000436f6f6b69653a206d737473686173683d656c746f6e730d0a0100080000000000");
    auto rdp = parse_rdp_request(request.parameters.opaque);
    ASSERT_TRUE(rdp);
    EXPECT_EQ(rdp->cookie, "Cookie: mstshash=eltons");

    auto bare = parsed<ConnectionRequest>("03000013 0ee00000000000 0100080003000000");  // would pass as parameters
    EXPECT_EQ(parse_rdp_request(bare.parameters.opaque)->negotiation->protocols, 3u);

    auto confirm = parsed<ConnectionConfirm>("030000130ed000001234000200080000000000");
    EXPECT_EQ(confirm.source, 0x1234);
    EXPECT_EQ(parse_rdp_answer(confirm.parameters.opaque), (RdpAnswer{false, 0, 0}));
    auto failure = parsed<ConnectionConfirm>("030000130ed000001234000300080005000000");
    EXPECT_EQ(parse_rdp_answer(failure.parameters.opaque), (RdpAnswer{true, 0, 5}));
}

TEST(Tpdu, DisconnectAndError) {
    EXPECT_EQ(parsed<DisconnectRequest>("0300000b06800001000001"),
              (DisconnectRequest{1, 0, DisconnectCode::congestion_at_tsap, {}}));
    DisconnectRequest told{7, 0, DisconnectCode::protocol_error, to_bytes(as_bytes("why"))};
    EXPECT_EQ(parsed<DisconnectRequest>(to_hex(serialise(told))), told);
    EXPECT_EQ(parsed<ErrorTpdu>("030000090470000102"), (ErrorTpdu{1, RejectCause::invalid_tpdu_type, {}}));
    ErrorTpdu shown{0, RejectCause::invalid_tpdu_type, bytes({6, 0x60})};
    EXPECT_EQ(to_hex(serialise(shown)), "0300000d0870000002c1020660");
    EXPECT_EQ(parsed<ErrorTpdu>(to_hex(serialise(shown))), shown);
}

TEST(Tpdu, DataHeaderMayBeLongerThanClassZeroNeeds) {
    const Bytes frame = hex("0300000c 06f080 c3020000 aa");
    auto tpdu = parse_tpdu(frame);
    ASSERT_TRUE(tpdu);
    EXPECT_EQ(to_hex(std::get<DataTpdu>(*tpdu).payload), "aa");
    const Bytes numbered = hex("03000008 02f005 aa");
    auto data = std::get<DataTpdu>(*parse_tpdu(numbered));
    EXPECT_FALSE(data.end_of_tsdu);
    EXPECT_EQ(data.number, 5);
    EXPECT_EQ(serialise(data), numbered);
}

struct BadTpdu {
    const char* frame;
    ProtocolErrc code;
    std::size_t offset;
    const char* clause;
};

TEST(Tpdu, ErrorsNameThePlaceAndTheClause) {
    const BadTpdu cases[] = {
        {"0300000b c8e00000000100", ProtocolErrc::header_too_long, 4, "X.224 13.2.1"},
        {"0300000b 07e00000000100", ProtocolErrc::header_too_long, 4, "X.224 13.2.1"},
        {"0300000b ffe00000000100", ProtocolErrc::header_too_long, 4, "X.224 13.2.1"},
        {"0300000b 05e00000000100", ProtocolErrc::header_too_short, 4, "X.224 13.3"},
        {"0300000b 05d00000000100", ProtocolErrc::header_too_short, 4, "X.224 13.4"},
        {"0300000c 06e00000000100 00", ProtocolErrc::trailing_octets, 11, "X.224 13.3"},
        {"0300000c 06d00000000100 00", ProtocolErrc::trailing_octets, 11, "X.224 13.4"},
        {"0300000b 05800001000001", ProtocolErrc::header_too_short, 4, "X.224 13.5"},
        {"03000007 01f080", ProtocolErrc::header_too_short, 4, "X.224 13.7"},
        {"03000007 03f080", ProtocolErrc::header_too_long, 4, "X.224 13.2.1"},
        {"03000009 0370000102", ProtocolErrc::header_too_short, 4, "X.224 13.12"},
        {"03000007 06e000", ProtocolErrc::header_too_long, 4, "X.224 13.2.1"},
        {"0300000a 05600000 0100", ProtocolErrc::unknown_type, 5, "X.224 13.2.2"},
        {"03000009 0450000001", ProtocolErrc::unknown_type, 5, "X.224 13.2.2"},
        {"03000009 0410000001", ProtocolErrc::unknown_type, 5, "X.224 13.2.2"},
        {"0300000b 06c00000000000", ProtocolErrc::unknown_type, 5, "X.224 13.2.2"},
        {"03000007 02f180", ProtocolErrc::unknown_type, 5, "X.224 13.2.2"},
        {"0300000b 06810001000001", ProtocolErrc::unknown_type, 5, "X.224 13.2.2"},
    };
    for (const BadTpdu& bad : cases) {
        const Bytes frame = hex(bad.frame);
        auto tpdu = parse_tpdu(frame);
        ASSERT_FALSE(tpdu) << bad.frame;
        EXPECT_EQ(tpdu.error().code, bad.code) << bad.frame;
        EXPECT_EQ(tpdu.error().offset, bad.offset) << bad.frame;
        EXPECT_EQ(tpdu.error().clause, bad.clause) << bad.frame;
        EXPECT_FALSE(tpdu.error().text.empty());
    }
}

TEST(Tpdu, EveryTruncationIsRefusedOrHarmless) {
    for (const FrameVector& vector : kFrameVectors) {
        const Bytes whole = hex(vector.hex);
        for (std::size_t size = kMinFrame; size < whole.size(); ++size) {
            Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            auto tpdu = parse_tpdu(cut);
            EXPECT_EQ(tpdu.has_value(), cut[5] == kDataCode) << vector.name << ' ' << size;  // data may be any length
        }
    }
}

TEST(Tpdu, NamesOfReasons) {
    EXPECT_EQ(name(DisconnectCode::negotiation_failed), "connection negotiation failed");
    EXPECT_EQ(name(static_cast<DisconnectCode>(77)), "unknown");
    EXPECT_EQ(name(RejectCause::invalid_tpdu_type), "invalid TPDU type");
    EXPECT_EQ(name(static_cast<RejectCause>(77)), "unknown");
}

}  // namespace
}  // namespace convene::t123
