#include <gtest/gtest.h>

#include "asn1/per.hpp"
#include "asn1/shape_testing.hpp"
#include "files/codec.hpp"

namespace convene::files {
namespace {

TEST(MbftCodec, ByTablesAsByTemplates) {
    asn1::expect_same_by_shape<MbftPdu>([](const auto& pdu) { return encode(pdu); },
                                        [](ByteView octets) { return asn1::per_decode<MbftPdu>(octets); });
}

}  // namespace
}  // namespace convene::files
