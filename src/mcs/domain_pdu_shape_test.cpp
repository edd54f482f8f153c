#include <gtest/gtest.h>

#include "asn1/shape_testing.hpp"
#include "mcs/domain_pdu.hpp"

namespace convene::mcs {
namespace {

TEST(DomainPduCodec, ByTablesAsByTemplates) {
    asn1::expect_same_by_shape<DomainPdu>([](const DomainPdu& pdu) { return encode_domain_pdu(pdu); },
                                          [](ByteView octets) { return decode_domain_pdu(Slice(octets)); });
}

}  // namespace
}  // namespace convene::mcs
