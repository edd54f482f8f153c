// The vectors of T.125 and T.124, each encoded and decoded. They were made with two independent ASN.1 tools.
#include "tests/conformance/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/hex.hpp"
#include "gcc/codec.hpp"

namespace convene::conformance {
namespace {

using catalogue::Rule;

constexpr std::size_t kVectors = 522;  // 547 in all, 25 of them whole frames

bool begins_with(const std::string& text, std::string_view start) { return text.compare(0, start.size(), start) == 0; }
/// Carries additions that no edition has.
bool is_future(const Vector& vector) { return begins_with(vector.name, "future."); }
/// Made with simple texts of 16 bits a character, as some peers send them.
bool is_wide(const Vector& vector) { return begins_with(vector.name, "wide."); }

TEST(Vectors, EveryValueBothWays) {
    std::map<std::string, std::size_t> passed;
    std::size_t total = 0;
    for (const Vector& vector : read_vectors()) {
        if (is_future(vector) || is_wide(vector)) continue;
        ++total;
        expect_both_ways(vector);
        ++passed[vector.type + (vector.rule == Rule::ber ? " (BER)" : " (PER)")];
    }
    for (const auto& [type, count] : passed) std::printf("  %3zu %s\n", count, type.c_str());
    EXPECT_EQ(total, kVectors - 6);
}

TEST(Vectors, NoVectorIsLost) {
    auto vectors = read_vectors();
    EXPECT_EQ(vectors.size(), kVectors);
    EXPECT_EQ(std::count_if(vectors.begin(), vectors.end(), is_future), 4);
    EXPECT_EQ(std::count_if(vectors.begin(), vectors.end(), is_wide), 2);
}

TEST(Vectors, FutureEditionsAreUnderstoodAsFarAsKnown) {
    std::map<std::string, std::string> expected = {
        {"future.userID", R"({"indication":{"userIDIndication":{"tag":5}}})"},
        {"future.userID.one", R"({"indication":{"userIDIndication":{"tag":5}}})"},
        {"future.indication", R"({"indication":{"unknown":{"index":0,"hex":"03010203"}}})"},
        {"future.result", R"({"conferenceCreateResponse":{"nodeID":1001,"tag":1,"result":{"unknown":5}}})"},
    };
    std::size_t seen = 0;
    for (const Vector& vector : read_vectors()) {
        if (!is_future(vector)) continue;
        ++seen;
        asn1::Json value;
        auto info = type_of(vector.type).decode(vector.rule, vector.octets, &value, nullptr);
        ASSERT_TRUE(info.has_value()) << vector.name << ": " << info.error().message();
        EXPECT_EQ(value.dump(), expected[vector.name]) << vector.name;
        EXPECT_EQ(info->unknown_additions > 0, begins_with(vector.name, "future.userID")) << vector.name;
    }
    EXPECT_EQ(seen, 4U);
}

TEST(Vectors, SimpleTextsOfSixteenBitsAreUnderstood) {
    std::size_t seen = 0;
    for (const Vector& vector : read_vectors()) {
        if (!is_wide(vector)) continue;
        ++seen;
        auto pdu = gcc::decode_connect_pdu(vector.octets);
        ASSERT_TRUE(pdu.has_value()) << vector.name << ": " << pdu.error().message();
        auto narrow = gcc::encode_connect_pdu(*pdu);
        ASSERT_TRUE(narrow.has_value());
        asn1::Json value;
        ASSERT_TRUE(type_of(vector.type).decode(vector.rule, *narrow, &value, nullptr).has_value());
        EXPECT_TRUE(same_value(value, vector.value)) << vector.name << ": " << value.dump();
    }
    EXPECT_EQ(seen, 2U);
}

}  // namespace
}  // namespace convene::conformance
