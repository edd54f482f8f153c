#include "dissect/flows.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/hex.hpp"
#include "dissect/hex_text.hpp"
#include "dissect/tcp_direction.hpp"
#include "dissect/testing.hpp"
#include "t123/frame_vectors.hpp"

namespace convene::dissect {
namespace {

using testing::names_of;
using testing::text_of;

void put(Bytes& out, std::uint64_t value, std::size_t octets, bool big = true) {
    for (std::size_t i = 0; i < octets; ++i)
        out.push_back(static_cast<std::byte>(value >> 8 * (big ? octets - 1 - i : i) & 255));
}

constexpr unsigned kSyn = 2, kFin = 1, kPush = 8, kReset = 4;

Bytes tcp(bool from_server, std::uint32_t sequence, unsigned flags, ByteView payload,
          std::uint16_t server_port = 1503) {
    Bytes out;
    const std::uint16_t client_port = 40000;
    put(out, from_server ? server_port : client_port, 2);
    put(out, from_server ? client_port : server_port, 2);
    put(out, sequence, 4);
    put(out, 0, 4);
    put(out, 5 << 4, 1);
    put(out, flags, 1);
    put(out, 0, 6);
    append(out, payload);
    return out;
}

Bytes ipv4(bool from_server, unsigned protocol, ByteView payload, unsigned fragment = 0) {
    Bytes out;
    put(out, 0x4500, 2);
    put(out, 20 + payload.size(), 2);
    put(out, 0, 2);
    put(out, fragment, 2);
    put(out, 64, 1);
    put(out, protocol, 1);
    put(out, 0, 2);
    put(out, from_server ? 0xC0000201 : 0xC0000202, 4);
    put(out, from_server ? 0xC0000202 : 0xC0000201, 4);
    append(out, payload);
    return out;
}

Bytes pcap(std::uint32_t link_type, const std::vector<Bytes>& packets, bool big = false) {
    Bytes out;
    put(out, 0xA1B2C3D4, 4, big);
    put(out, 0x00040002, 4, false);
    put(out, 0, 8, big);
    put(out, 65535, 4, big);
    put(out, link_type, 4, big);
    for (const Bytes& packet : packets) {
        put(out, 0, 8, big);
        put(out, packet.size(), 4, big);
        put(out, packet.size(), 4, big);
        append(out, packet);
    }
    return out;
}

Bytes pcapng(const std::vector<Bytes>& packets) {
    Bytes out;
    auto block = [&](std::uint32_t type, const Bytes& body) {
        Bytes padded = body;
        padded.resize((body.size() + 3) / 4 * 4);
        put(out, type, 4, false);
        put(out, padded.size() + 12, 4, false);
        append(out, padded);
        put(out, padded.size() + 12, 4, false);
    };
    block(0x0A0D0D0A, hex("4d3c2b1a 01000000 ffffffffffffffff"));
    block(1, hex("6500 0000 00000000"));  // an interface with LINKTYPE_RAW
    block(4, hex("00000000"));            // name resolution: passed over
    for (const Bytes& packet : packets) {
        Bytes body(12);  // the interface and the time
        put(body, packet.size(), 4, false);
        put(body, packet.size(), 4, false);
        append(body, packet);
        block(6, body);
    }
    return out;
}

struct Outcome {
    Records records;
    std::uint64_t streams = 0;
    std::string error;
    bool at_boundary = false;
};

Outcome dissect_file(ByteView file, std::size_t step = 100'000) {
    CaptureReader reader;
    FlowDissector flows({});
    Outcome out;
    for (std::size_t at = 0; at < file.size(); at += step) {
        reader.push(file.subspan(at, std::min(step, file.size() - at)));
        while (auto packet = reader.next()) flows.on_packet(*packet, out.records);
    }
    flows.finish(out.records);
    out.streams = flows.streams_looked_at();
    out.error = reader.error();
    out.at_boundary = reader.at_boundary();
    return out;
}

const Bytes kRequest = hex("0300000b06e00000000100");
const Bytes kConfirm = hex("0300000b06d00001123400");
const Bytes kAttach = hex("0300000802f08028");

std::vector<Bytes> handshake_and_more() {
    return {ipv4(false, 6, tcp(false, 1000, kSyn, {})), ipv4(true, 6, tcp(true, 5000, kSyn, {})),
            ipv4(false, 6, tcp(false, 1001, kPush, kRequest)), ipv4(true, 6, tcp(true, 5001, kPush, kConfirm)),
            ipv4(false, 6, tcp(false, 1012, kPush | kFin, kAttach))};
}

const std::vector<std::string> kNames{"connection request", "connection confirm", "attachUserRequest"};

TEST(FlowDissector, ReadsBothDirectionsOfAConnection) {
    Outcome out = dissect_file(pcap(101, handshake_and_more()));
    EXPECT_EQ(names_of(out.records), kNames) << text_of(out.records);
    EXPECT_EQ(out.records[0].source, "192.0.2.2:40000 > 192.0.2.1:1503");
    EXPECT_EQ(out.records[1].source, "192.0.2.1:1503 > 192.0.2.2:40000");
    EXPECT_EQ(out.streams, 2u);
    EXPECT_TRUE(out.at_boundary);
}

TEST(FlowDissector, ReadsEveryFormAndLink) {
    EXPECT_EQ(names_of(dissect_file(pcap(101, handshake_and_more(), true)).records), kNames);
    EXPECT_EQ(names_of(dissect_file(pcapng(handshake_and_more())).records), kNames);
    struct Link {
        std::uint32_t type;
        const char* header;
    };
    for (const Link& link :
         {Link{1, "000000000000 000000000000 0800"}, Link{1, "000000000000 000000000000 8100 0001 0800"},
          Link{0, "02000000"}, Link{108, "00000002"}, Link{113, "0000 0001 0006 0000000000000000 0800"},
          Link{276, "0800 0000 00000001 0001 00 06 0000000000000000"}}) {
        std::vector<Bytes> packets;
        for (const Bytes& packet : handshake_and_more()) {
            packets.push_back(hex(link.header));
            append(packets.back(), packet);
        }
        EXPECT_EQ(names_of(dissect_file(pcap(link.type, packets)).records), kNames) << link.type;
    }
}

TEST(FlowDissector, FilesInPiecesGiveTheSame) {
    for (std::size_t step : {1U, 5U, 23U}) {
        EXPECT_EQ(names_of(dissect_file(pcap(101, handshake_and_more()), step).records), kNames);
        EXPECT_EQ(names_of(dissect_file(pcapng(handshake_and_more()), step).records), kNames);
    }
}

TEST(FlowDissector, OrderAndRepetitionDoNotMatter) {
    auto packets = handshake_and_more();
    std::swap(packets[2], packets[4]);
    packets.push_back(packets[2]);
    packets.push_back(packets[4]);
    EXPECT_EQ(names_of(dissect_file(pcap(101, packets)).records),
              (std::vector<std::string>{"connection confirm", "connection request", "attachUserRequest"}));
}

TEST(FlowDissector, TellsOfWhatIsMissing) {
    auto packets = handshake_and_more();
    packets.erase(packets.begin() + 2);
    Outcome out = dissect_file(pcap(101, packets));
    EXPECT_NE(text_of(out.records).find("11 octets are missing"), std::string::npos) << text_of(out.records);
    EXPECT_EQ(out.records.back().name, "attachUserRequest");
}

TEST(FlowDissector, FindsT120OnOtherPortsByItsFirstFrame) {
    const Bytes other = to_bytes("GET / HTTP/1.1\r\n\r\n");
    Outcome out = dissect_file(pcap(
        101, {ipv4(false, 6, tcp(false, 1, kPush, kRequest, 8080)), ipv4(true, 6, tcp(true, 1, kPush, other, 8081))}));
    EXPECT_EQ(names_of(out.records), (std::vector<std::string>{"connection request"}));
    EXPECT_EQ(out.streams, 1u);
}

TEST(FlowDissector, APortThatIsUsedAgainIsAnotherConnection) {
    auto packets = handshake_and_more();
    packets.push_back(ipv4(false, 6, tcp(false, 90000, kSyn, {})));
    packets.push_back(ipv4(false, 6, tcp(false, 90001, kPush, kRequest)));
    Outcome out = dissect_file(pcap(101, packets));
    EXPECT_EQ(out.records.back().name, "connection request") << text_of(out.records);
    EXPECT_EQ(out.records.back().offset, 0u);
}

TEST(FlowDissector, ReadsDatagramsAsMap) {
    Bytes datagram;
    put(datagram, 40000, 2);
    put(datagram, 1503, 2);
    put(datagram, 8 + 2, 2);
    put(datagram, 0, 2);
    append(datagram, hex("ffff"));
    Outcome out = dissect_file(pcap(101, {ipv4(false, 17, datagram)}));
    ASSERT_EQ(out.records.size(), 1u);
    EXPECT_EQ(out.records[0].layer, Layer::map);
    EXPECT_TRUE(out.records[0].source.starts_with("UDP 192.0.2.2:40000"));
}

TEST(FlowDissector, SaysWhatItPassesOver) {
    Bytes cut = ipv4(false, 6, tcp(false, 1, kPush, {}));
    cut.resize(30);
    Outcome out = dissect_file(pcap(101, {ipv4(false, 6, tcp(false, 1, kPush, kRequest), 0x2000), cut}));
    EXPECT_NE(text_of(out.records).find("1 fragments"), std::string::npos);
    EXPECT_NE(text_of(out.records).find("1 packets with headers"), std::string::npos);
    EXPECT_NE(text_of(dissect_file(pcap(9999, {cut})).records).find("link type"), std::string::npos);
}

TEST(CaptureReader, RefusesWhatCannotBe) {
    Bytes file = pcap(101, {});
    put(file, 0, 8);
    put(file, 0xFFFFFFFF, 4);
    put(file, 0xFFFFFFFF, 4);
    EXPECT_FALSE(dissect_file(file).error.empty());
    EXPECT_FALSE(dissect_file(hex("0a0d0d0a 1c000000 00000000 00000000")).error.empty());
    Bytes half = pcap(101, handshake_and_more());
    half.resize(half.size() - 3);
    EXPECT_FALSE(dissect_file(half).at_boundary);
    EXPECT_FALSE(CaptureReader::is_capture(hex("0300000b")));
}

class Collected final : public InOrder {
public:
    void on_octets(ByteView octets) override { append(octets_, octets); }
    void on_gap(std::uint64_t octets) override { gaps_ += octets; }
    Bytes octets_;
    std::uint64_t gaps_ = 0;
};

TEST(TcpDirection, SequenceNumbersWrap) {
    TcpDirection direction;
    Collected out;
    direction.on_segment(0xFFFFFFFE, false, to_bytes("abcd"), out);
    direction.on_segment(4, false, to_bytes("gh"), out);
    direction.on_segment(0, false, to_bytes("cdef"), out);
    EXPECT_EQ(as_text(out.octets_), "abcdefgh");
    EXPECT_EQ(out.gaps_, 0u);
}

TEST(TcpDirection, WhatWaitsIsBounded) {
    TcpDirection direction;
    Collected out;
    direction.on_segment(0, true, {}, out);
    const Bytes block(1000, std::byte{1});
    for (std::uint32_t i = 0; i < 2000; ++i) direction.on_segment(100 + i * 1001, false, block, out);
    EXPECT_GT(out.gaps_, 0u);
    EXPECT_GT(out.octets_.size(), 1'000'000u);
    direction.finish(out);
    EXPECT_EQ(out.octets_.size(), 2'000'000u);
}

TEST(Peer, AddressesAreWrittenShort) {
    Peer peer;
    peer.port = 1503;
    EXPECT_EQ(to_text(peer), "[::]:1503");
    peer.address = {0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x10};
    EXPECT_EQ(to_text(peer), "[2001:db8:0:1::10]:1503");
}

TEST(HexText, SkipsSpaceAndComments) {
    HexText text;
    Bytes out = text.push("03 0");
    append(out, text.push("0 # zz\r\n00\t0b"));
    EXPECT_TRUE(text.finish());
    EXPECT_EQ(out, hex("0300000b"));
    EXPECT_EQ(HexText().push("0x"), Bytes{});
    HexText odd;
    odd.push("\n12 3");
    EXPECT_FALSE(odd.finish());
    HexText wrong;
    wrong.push("12\nxy");
    EXPECT_EQ(wrong.error(), "line 2 is not hexadecimal");
}

}  // namespace
}  // namespace convene::dissect
