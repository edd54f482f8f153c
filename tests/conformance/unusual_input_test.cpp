// Encodings that must be accepted although nothing here ever makes them, and such as must be refused.
#include <gtest/gtest.h>

#include "asn1/json.hpp"
#include "base/hex.hpp"
#include "catalogue/catalogue.hpp"

namespace convene::conformance {
namespace {

using catalogue::Rule;

struct Case {
    const char* type;
    Rule rule;
    const char* octets;
    const char* expected;  ///< JSON of the value, or why it must be refused
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.type << " " << c.octets; }

constexpr const char* kDomain = "MCS-PROTOCOL.DomainMCSPDU";
constexpr const char* kConnect = "MCS-PROTOCOL.ConnectMCSPDU";
constexpr const char* kGcc = "GCC-PROTOCOL.GCCPDU";

class Accepted : public testing::TestWithParam<Case> {};

TEST_P(Accepted, MeansTheSame) {
    const Case& c = GetParam();
    auto found = catalogue::find_type(c.type);
    ASSERT_NE(found.entry, nullptr);
    asn1::Json value;
    asn1::Encoded<Bytes> again;
    auto info = found.entry->decode(c.rule, hex(c.octets), &value, &again);
    ASSERT_TRUE(info.has_value()) << info.error().message();
    EXPECT_EQ(value, *asn1::parse_json(c.expected)) << value.dump();
    EXPECT_NE(to_hex(*again), c.octets);
}

INSTANTIATE_TEST_SUITE_P(
    Input, Accepted,
    testing::Values(
        Case{kDomain, Rule::aper, "64000603eb708003010203",  // a length in two octets
             R"({"sendDataRequest":{"initiator":1007,"channelId":1003,"dataPriority":"high",)"
             R"("segmentation":["begin","end"],"userData":"010203"}})"},
        Case{kDomain, Rule::aper, "040200050100",  // a number with a leading zero
             R"({"erectDomainRequest":{"subHeight":5,"subInterval":0}})"},
        Case{kDomain, Rule::aper, "2800", R"({"attachUserRequest":{}})"},  // an octet more than needed
        Case{kConnect, Rule::ber, "7f68800a01000000",                      // indefinite length
             R"({"connect-result":{"result":"rt-successful"}})"},
        Case{kConnect, Rule::ber, "7f688200030a0100",  // a length in more octets than needed
             R"({"connect-result":{"result":"rt-successful"}})"},
        Case{kConnect, Rule::ber, "7f670802030000050a0101",  // a number with leading zeros
             R"({"connect-additional":{"calledConnectId":5,"dataPriority":"high"}})"},
        Case{kConnect, Rule::ber, "7f67070202ffff0a0101",  // a number that lacks its sign octet
             R"({"connect-additional":{"calledConnectId":65535,"dataPriority":"high"}})"},
        Case{kConnect,
             Rule::ber,  // TRUE as 01, and what a remote desktop client sends: 65535 and 64535 without sign octet
             "7f655f"
             "040101"
             "040101"
             "010101"
             "3019020122020102020100020101020100020101"
             "0202ffff020102"
             "3019020101020101020101020101020100020101"
             "02020420020102"
             "301c0202ffff0202fc170202ffff020101020100"
             "0201010202ffff020102"
             "0400",
             R"({"connect-initial":{"callingDomainSelector":"01","calledDomainSelector":"01","upwardFlag":true,)"
             R"("targetParameters":{"maxChannelIds":34,"maxUserIds":2,"maxTokenIds":0,"numPriorities":1,)"
             R"("minThroughput":0,"maxHeight":1,"maxMCSPDUsize":65535,"protocolVersion":2},)"
             R"("minimumParameters":{"maxChannelIds":1,"maxUserIds":1,"maxTokenIds":1,"numPriorities":1,)"
             R"("minThroughput":0,"maxHeight":1,"maxMCSPDUsize":1056,"protocolVersion":2},)"
             R"("maximumParameters":{"maxChannelIds":65535,"maxUserIds":64535,"maxTokenIds":65535,"numPriorities":1,)"
             R"("minThroughput":0,"maxHeight":1,"maxMCSPDUsize":65535,"protocolVersion":2},"userData":""}})"}));

class Refused : public testing::TestWithParam<Case> {};

TEST_P(Refused, WithAnError) {
    const Case& c = GetParam();
    auto found = catalogue::find_type(c.type);
    ASSERT_NE(found.entry, nullptr);
    auto info = found.entry->decode(c.rule, hex(c.octets), nullptr, nullptr);
    ASSERT_FALSE(info.has_value()) << c.expected;
    EXPECT_LE(info.error().bit_offset, hex(c.octets).size() * 8);
}

INSTANTIATE_TEST_SUITE_P(
    Input, Refused,
    testing::Values(Case{kDomain, Rule::aper, "", "nothing to decode"},
                    Case{kConnect, Rule::ber, "", "nothing to decode"}, Case{kGcc, Rule::aper, "", "nothing to decode"},
                    Case{"MCS-PROTOCOL-3.DomainMCSPDU", Rule::aper, "", "nothing to decode"},
                    Case{kDomain, Rule::aper, "ac", "alternative 43"},
                    Case{kDomain, Rule::aper, "fc", "alternative 63"}, Case{kDomain, Rule::aper, "2280", "reason 5"},
                    Case{kDomain, Rule::aper, "27800000", "diagnostic 14"},
                    Case{kDomain, Rule::aper, "27c00000", "diagnostic 15"},
                    Case{kDomain, Rule::aper, "2e00", "an initiator is announced and missing"},
                    Case{kDomain, Rule::aper, "2e00fc17", "user 65536, which is 0 in 16 bits"},
                    Case{kDomain, Rule::aper, "2e00ffff", "user 66536, which is 1000 in 16 bits"},
                    Case{kDomain, Rule::aper, "740006ffff", "token 65536"},
                    Case{kDomain, Rule::aper, "64000603eb7085ff", "1535 octets, none there"},
                    Case{kDomain, Rule::aper, "64000603eb70c1", "a fragment without its data"},
                    Case{kDomain, Rule::aper, "64000603eb70c5", "a fragment of five units"},
                    Case{kDomain, Rule::aper, "64000603eb70c0", "a fragment of no unit"},
                    Case{kDomain, Rule::aper, "3580bfff", "16383 user ids, none there"},
                    Case{kConnect, Rule::ber, "7f64030a0100", "a tag that means nothing"},
                    Case{kConnect, Rule::ber, "7f68030a0110", "result 16"},
                    Case{kConnect, Rule::ber, "7f68040a0100", "longer than the input"},
                    Case{kConnect, Rule::ber, "7f6684ffffffff", "an absurd length"},
                    Case{kConnect, Rule::ber, "7f6600", "no members"},
                    Case{kConnect, Rule::ber, "7f66060a0100020100", "members missing"},
                    Case{kConnect, Rule::ber, "7f6520", "cut off"}, Case{kGcc, Rule::aper, "c0", "alternative 3 of 3"},
                    Case{kGcc, Rule::aper, "1e", "request 15 of 15"}, Case{kGcc, Rule::aper, "56", "response 11 of 11"},
                    Case{kGcc, Rule::aper, "93", "indication 19 of 19"}));

}  // namespace
}  // namespace convene::conformance
