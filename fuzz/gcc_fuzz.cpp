// Decodes arbitrary octets as GCC PDUs, connect PDUs and connect data. What can be read must survive being written and
// read again.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "gcc/codec.hpp"

using namespace convene;
using namespace convene::gcc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView octets{reinterpret_cast<const std::byte*>(data), size};
    if (const auto pdu = decode_gcc_pdu(octets)) {
        const auto written = encode_gcc_pdu(*pdu);
        CONVENE_CHECK(written.has_value(), "decoded a GCC PDU that cannot be encoded");
        const auto again = decode_gcc_pdu(*written);
        CONVENE_CHECK(again.has_value() && *again == *pdu, "GCC PDU changed");
    }
    if (const auto pdu = decode_connect_pdu(octets)) {
        const auto written = encode_connect_pdu(*pdu);
        CONVENE_CHECK(written.has_value(), "decoded a connect PDU that cannot be encoded");
        const auto again = decode_connect_pdu(*written);
        CONVENE_CHECK(again.has_value() && *again == *pdu, "connect PDU changed");
    }
    if (const auto pdu = decode_connect_data(octets)) {
        const auto written = encode_connect_data(*pdu);
        CONVENE_CHECK(written.has_value(), "decoded connect data that cannot be encoded");
        const auto again = decode_connect_data(*written);
        CONVENE_CHECK(again.has_value() && *again == *pdu, "connect data changed");
    }
    return 0;
}
