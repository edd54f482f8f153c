// The vectors of T.126, each encoded and decoded. They were made with two independent ASN.1 tools.
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "tests/conformance/vectors.hpp"
#include "whiteboard/codec.hpp"

namespace convene::conformance {
namespace {

TEST(WhiteboardVectors, EveryValueBothWays) {
    auto vectors = read_vectors(kWhiteboardVectors);
    for (const Vector& vector : vectors) expect_both_ways(vector);
    EXPECT_EQ(vectors.size(), 34U);
}

TEST(WhiteboardVectors, TheRoomsOwnCodecReadsThem) {
    for (const Vector& vector : read_vectors(kWhiteboardVectors)) {
        auto pdu = whiteboard::decode_si_pdu(vector.octets);
        ASSERT_TRUE(pdu.has_value()) << vector.name << ": " << pdu.error().message();
        auto again = whiteboard::encode(*pdu);
        ASSERT_TRUE(again.has_value()) << vector.name << ": " << again.error().message();
        EXPECT_EQ(to_hex(*again), to_hex(vector.octets)) << vector.name;
    }
}

}  // namespace
}  // namespace convene::conformance
