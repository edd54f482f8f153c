#include <gtest/gtest.h>

#include "asn1/json.hpp"
#include "base/hex.hpp"
#include "catalogue/catalogue.hpp"
#include "dissect/stream.hpp"
#include "dissect/testing.hpp"

namespace convene::dissect {
namespace {

using testing::text_of;

Records read_stream(std::string_view text) {
    Conversation conversation;
    StreamDissector dissector(conversation, {});
    Records out;
    dissector.push(hex(text), out);
    dissector.finish(out);
    return out;
}

TEST(DissectedWhiteboard, ReadsItsPdus) {
    Records records = read_stream(
        "0300001602f080 640003 0008 70 08 1c401055c35627ff"  // an octet too many
        "0300001502f080 640003 0008 70 07 1c401055c35627"
        "0300001802f080 640003 0008 70 0a 1c4c0102030455c35627");  // without the presence bit of a rotation
    ASSERT_EQ(records.size(), 6u) << text_of(records);
    EXPECT_EQ(records[1].layer, Layer::whiteboard);
    EXPECT_FALSE(records[1].problems.empty());
    EXPECT_EQ(records[3].name, "drawingEditPDU");
    EXPECT_EQ(records[3].value["anchorPointEdit"]["xCoordinate"], 110);
    EXPECT_EQ(records[3].note, "");
    EXPECT_EQ(records[5].value["drawingHandle"], 0x01020304);
    EXPECT_EQ(records[5].note, "in the form of another module");
    EXPECT_TRUE(records[5].problems.empty());
}

TEST(DissectedWhiteboard, ShowsText) {
    const std::string text =
        "1e00000001000200010001007f000000ff000000ffffff000000000001000000280000003c000000f0ffffff00000000"
        "000000000000000090010000000000000000002241007200690061006c00000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000000000000000000010000000d00000000000000"
        "48656c6c6f";
    Records records = read_stream("030000b302f080 640003 0008 70 80a4 208300 b5004c53546578743200 8095" + text);
    ASSERT_EQ(records.size(), 2u) << text_of(records);
    EXPECT_EQ(records[1].name, "nonStandardPDU") << text_of(records);
    EXPECT_EQ(records[1].note, "NetMeeting text") << text_of(records);
    ASSERT_EQ(records[1].value["lines"].size(), 1u);
    EXPECT_EQ(records[1].value["lines"][0], "Hello");
}

TEST(DissectedWhiteboard, IsFoundByItsSession) {
    // A roster with a session of T.126 on channel 1010, from GCC's broadcast channel; then a PDU on that channel.
    const auto roster = catalogue::find_type("GCC-PROTOCOL.GCCPDU")
                            .entry->encode(catalogue::Rule::aper, *asn1::parse_json(R"({"indication":
        {"rosterUpdateIndication":{"fullRefresh":true,
         "nodeInformation":{"nodeRecordList":{"noChange":null},"rosterInstanceNumber":1,"nodesAdded":false,
                            "nodesRemoved":false},
         "applicationInformation":[{"sessionKey":{"applicationProtocolKey":{"object":"0.0.20.126.0.1"},
                                                  "sessionID":1010},
           "applicationRecordList":{"noChange":null},"applicationCapabilitiesList":{"noChange":null},"rosterInstanceNumber":1,
           "peerEntitiesAdded":false,"peerEntitiesRemoved":false}]}}})"));
    ASSERT_TRUE(roster.has_value()) << roster.error();
    auto data = [](std::string_view channel, const Bytes& pdu) {
        const auto size = static_cast<unsigned>(pdu.size());
        return "0300" + to_hex(bytes({0, size + 14})) + "02f080 640003" + std::string(channel) + "70" +
               to_hex(bytes({size})) + to_hex(pdu);
    };
    Records records = read_stream(data("0001", *roster) + data("03f2", hex("4440")));
    ASSERT_EQ(records.size(), 4u) << text_of(records);
    EXPECT_EQ(records[1].layer, Layer::gcc) << text_of(records);
    EXPECT_EQ(records[3].name, "workspaceRefreshStatusPDU") << text_of(records);
}

}  // namespace
}  // namespace convene::dissect
