#include <gtest/gtest.h>

#include "asn1/per.hpp"
#include "asn1/shape_testing.hpp"
#include "whiteboard/codec.hpp"

namespace convene::whiteboard {
namespace {

TEST(SiCodec, ByTablesAsByTemplates) {
    asn1::expect_same_by_shape<SiPdu>([](const auto& pdu) { return encode(pdu); },
                                      [](ByteView octets) { return asn1::per_decode<SiPdu>(octets); });
}

}  // namespace
}  // namespace convene::whiteboard
