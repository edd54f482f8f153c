#include "dissect/stream.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "dissect/testing.hpp"
#include "t123/frame_vectors.hpp"

namespace convene::dissect {
namespace {

using testing::names_of;
using testing::text_of;

Bytes all_frames() {
    Bytes out;
    for (const auto& frame : t123::kFrameVectors) append(out, hex(frame.hex));
    return out;
}

Records dissect_stream(ByteView octets, std::size_t step = 0, Options options = {}) {
    Conversation conversation;
    StreamDissector dissector(conversation, options);
    Records out;
    if (step == 0) step = std::max<std::size_t>(octets.size(), 1);
    for (std::size_t at = 0; at < octets.size(); at += step)
        dissector.push(octets.subspan(at, std::min(step, octets.size() - at)), out);
    dissector.finish(out);
    return out;
}

Records dissect_hex(std::string_view text) { return dissect_stream(hex(text)); }

std::string problems_of(const Records& records) {
    std::string out;
    for (const Record& record : records)
        for (const Problem& problem : record.problems)
            out += (out.empty() ? "" : "; ") + std::to_string(problem.offset) + " " + problem.what;
    return out;
}

TEST(StreamDissector, ReadsACompleteJoin) {
    Records records = dissect_stream(all_frames());
    EXPECT_EQ(problems_of(records), "");
    EXPECT_EQ(names_of(records), (std::vector<std::string>{"connection request",
                                                           "connection confirm",
                                                           "connect-initial",
                                                           "conferenceQueryRequest",
                                                           "connect-response",
                                                           "conferenceQueryResponse",
                                                           "connect-initial",
                                                           "conferenceJoinRequest",
                                                           "connect-response",
                                                           "conferenceJoinResponse",
                                                           "plumbDomainIndication",
                                                           "erectDomainRequest",
                                                           "attachUserRequest",
                                                           "attachUserConfirm",
                                                           "channelJoinRequest",
                                                           "channelJoinConfirm",
                                                           "channelJoinRequest",
                                                           "channelJoinConfirm",
                                                           "sendDataRequest",
                                                           "userIDIndication",
                                                           "sendDataRequest",
                                                           "rosterUpdateIndication",
                                                           "uniformSendDataRequest",
                                                           "textMessageIndication",
                                                           "uniformSendDataIndication",
                                                           "textMessageIndication",
                                                           "disconnectProviderUltimatum",
                                                           "disconnect request",
                                                           "error",
                                                           "data, part",
                                                           "data, last part",
                                                           "attachUserConfirm",
                                                           "connection request",
                                                           "connection request"}));
}

TEST(StreamDissector, RunsOfAnySizeGiveTheSame) {
    const std::string whole = text_of(dissect_stream(all_frames()));
    for (std::size_t step : {1U, 2U, 3U, 7U, 64U, 500U})
        EXPECT_EQ(text_of(dissect_stream(all_frames(), step)), whole) << step;
}

TEST(StreamDissector, EncodesEveryFrameAgainAsItWas) {
    for (const Record& record : dissect_stream(all_frames(), 0, {true}))
        EXPECT_EQ(record.difference, "") << record.name;
}

TEST(StreamDissector, TellsWhereAnEncodingDiffers) {
    // SendDataRequest whose user data has a length of two octets where one would do.
    Records records = dissect_stream(hex("0300000b06e00000000100 0300001202f080 640003000370 8003 010203"), 0, {true});
    ASSERT_EQ(records.size(), 3u);
    EXPECT_NE(records[1].difference.find("octet 6 (offset 24): 80 became 03, in sendDataRequest.userData"),
              std::string::npos)
        << records[1].difference;
}

TEST(StreamDissector, OffsetsAreThoseOfTheStream) {
    Records records = dissect_hex("0300000b06e00000000100 0300000802f08028 0300000902f080 ffff");
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[1].offset, 11u);
    EXPECT_EQ(records[1].octets, 8u);
    EXPECT_EQ(records[2].offset, 19u);
    ASSERT_EQ(records[2].problems.size(), 1u);
    EXPECT_EQ(records[2].problems[0].offset, 26u);
}

TEST(StreamDissector, ReadsAStreamFromItsMiddle) {
    // The last two octets of a frame, then SendDataIndication with a GCC PDU on a channel nobody has named.
    Records records = dissect_hex("0203 0300001202f08068000203e9700480000101");
    ASSERT_EQ(records.size(), 3u) << text_of(records);
    EXPECT_EQ(records[0].name, "octets that are no frame");
    EXPECT_EQ(records[1].name, "sendDataIndication");
    EXPECT_EQ(records[2].name, "userIDIndication");
    EXPECT_NE(records[2].note.find("guessed"), std::string::npos);
}

TEST(StreamDissector, ThirdVersionIsTriedWhereTheSecondDoesNotFit) {
    // attachUserRequest of version 3, twice; and the exchange of extended parameters before it is not there.
    Records records = dissect_hex("0300000902f0801400 0300000902f0801400");
    ASSERT_EQ(records.size(), 2u) << text_of(records);
    EXPECT_EQ(records[0].name, "attachUserRequest");
    EXPECT_EQ(records[0].note, "version 3");
    EXPECT_EQ(problems_of(records), "");
}

TEST(StreamDissector, RecoversAfterOctetsThatAreNoFrame) {
    Records records = dissect_hex("0300000802f08028 deadbeef0300 0300000802f08028");
    EXPECT_EQ(names_of(records),
              (std::vector<std::string>{"attachUserRequest", "octets that are no frame", "attachUserRequest"}));
    EXPECT_EQ(records[1].octets, 6u);
    EXPECT_EQ(records[1].data, hex("deadbeef0300"));
}

TEST(StreamDissector, NamesOtherProtocols) {
    EXPECT_NE(problems_of(dissect_hex("16030100a5010000a10303")).find("TLS"), std::string::npos);
    EXPECT_NE(problems_of(dissect_stream(to_bytes("GET / HTTP/1.1\r\n\r\n"))).find("HTTP"), std::string::npos);
    EXPECT_NE(problems_of(dissect_stream(to_bytes("GET "))).find("HTTP"), std::string::npos);
}

struct Broken {
    const char* what;
    const char* hex;
    const char* problem;
};

TEST(StreamDissector, SaysWhatIsWrong) {
    const Broken cases[] = {
        {"TPKT length 4", "03000004", "TPKT length 4 is below 7"},
        {"half a frame", "0300000b06e000", "ends within a frame"},
        {"LI beyond the frame", "0300000bc8e00000000100", "length indicator"},
        {"choice index 43", "0300000802f080ac", "not decoded"},
        {"data without its octets", "0300000f02f08064000603eb7085ff", "too early"},
        {"half a TSDU", "0300000902f0002e00", "before the last DT"},
        {"octets after a PDU", "0300000902f0802800", "1 octets left over"},
        {"absurd length", "0300000d02f0807f6684ffffffff", ""},
        {"segment without a beginning", "0300001102f080640003000350 03 010203", "without a beginning"},
        {"data without its end", "0300001102f080640003000360 03 010203", "before its last segment"},
    };
    for (const Broken& broken : cases) {
        Records records = dissect_hex(broken.hex);
        Summary summary;
        for (const Record& record : records) summary.add(record);
        EXPECT_FALSE(summary.all_understood()) << broken.what << text_of(records);
        EXPECT_NE(text_of(records).find(broken.problem), std::string::npos) << broken.what << text_of(records);
    }
}

TEST(StreamDissector, PutsSegmentsTogether) {
    // "Hi" of a text message to all, in two segments on channel 1.
    Records records = dissect_hex("0300001202f080640003000160 04 91000200 0300001102f080640003000150 03 680069");
    ASSERT_EQ(records.size(), 3u) << text_of(records);
    EXPECT_EQ(records[2].layer, Layer::gcc);
}

TEST(StreamDissector, ReadsBothKindsOfChat) {
    Records records = dissect_hex(
        "0300001802f080 640003 000b 70 0a 0008 48656c6c6fe280a8"
        "0300001c02f080 640003 0400 70 0e 0800000000000000 4800 6900 0000");
    ASSERT_EQ(records.size(), 4u) << text_of(records);
    EXPECT_EQ(records[1].layer, Layer::chat);
    EXPECT_NE(to_text(records[1]).find("Hello"), std::string::npos) << to_text(records[1]);
    EXPECT_EQ(records[3].layer, Layer::netmeeting_chat);
    EXPECT_EQ(records[3].value["text"], "Hi");
}

TEST(StreamDissector, ReadsFilesAndTheirChannels) {
    // An offer on the control channel names channel 1012, where the file then comes.
    Records records = dissect_hex(
        "0300003102f080 640003 0009 70 23 "
        "01d90040000105782e62696e030186a003f300033fff400000090006001a0300ea6080"
        "0300001702f080 640003 03f4 70 09 400002000003010203");
    ASSERT_EQ(records.size(), 4u) << text_of(records);
    EXPECT_EQ(records[1].layer, Layer::files);
    EXPECT_EQ(records[1].name, "file-OfferPDU");
    EXPECT_EQ(records[3].layer, Layer::files);
    EXPECT_EQ(records[3].name, "file-DataPDU");
}

TEST(StreamDissector, DumpsWhatItDoesNotKnow) {
    Records records = dissect_hex("0300000b06e00000000100 0300001102f080640003 0500 70 03 010203");
    ASSERT_EQ(records.size(), 3u) << text_of(records);
    EXPECT_EQ(records[2].layer, Layer::application);
    EXPECT_EQ(records[2].data, hex("010203"));
    EXPECT_NE(problems_of(records).find("not decoded"), std::string::npos);
}

TEST(StreamDissector, ReadsRemoteDesktopsConnectData) {
    // The user data of MS-RDPBCGR 4.1.4's kind, whose connectPDU has a length that is not its own.
    Conversation conversation;
    Records out;
    dissect_connect_data(hex("000500147c0001 2a 00080010 0001c00044756361 03 010203"), Origin(), conversation, {}, out);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].name, "conferenceCreateRequest") << to_text(out[0]);
    EXPECT_TRUE(out[0].problems.empty());
}

TEST(StreamDissector, GoesOnBehindAGap) {
    Conversation conversation;
    StreamDissector dissector(conversation, {});
    Records out;
    dissector.push(hex("0300000802f08028 03000012"), out);
    dissector.gap(14, out);
    dissector.push(hex("0300000802f08028"), out);
    dissector.finish(out);
    EXPECT_EQ(names_of(out),
              (std::vector<std::string>{"attachUserRequest", "octets that are no frame", "gap", "attachUserRequest"}));
    EXPECT_EQ(out.back().offset, 26u);
}

TEST(StreamDissector, ALongStreamOfNoiseStaysSmall) {
    Conversation conversation;
    StreamDissector dissector(conversation, {});
    Records out;
    const Bytes noise(64 * 1024, std::byte{0x55});
    for (int i = 0; i < 64; ++i) dissector.push(noise, out);
    EXPECT_TRUE(out.empty());
    dissector.finish(out);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].octets, noise.size() * 64);
    EXPECT_LE(out[0].data.size(), kMaxShown);
}

}  // namespace
}  // namespace convene::dissect
