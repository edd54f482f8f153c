#include <gtest/gtest.h>

#include "asn1/per.hpp"
#include "asn1/shape_testing.hpp"
#include "gcc/codec.hpp"

namespace convene::gcc {
namespace {

TEST(GccCodec, ByTablesAsByTemplates) {
    asn1::expect_same_by_shape<GccPdu>([](const auto& pdu) { return encode_gcc_pdu(pdu); },
                                       [](ByteView octets) { return asn1::per_decode<GccPdu>(octets); });
}

TEST(ConnectCodec, ByTablesAsByTemplates) {
    asn1::expect_same_by_shape<ConnectGccPdu>([](const auto& pdu) { return encode_connect_pdu(pdu); },
                                              [](ByteView octets) { return asn1::per_decode<ConnectGccPdu>(octets); });
}

}  // namespace
}  // namespace convene::gcc
