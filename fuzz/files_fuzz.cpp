// Decodes arbitrary octets as MBFTPDUs, in both forms of the file header. What can be read must survive being written
// and read again.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "files/codec.hpp"

using namespace convene;
using namespace convene::files;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView octets{reinterpret_cast<const std::byte*>(data), size};
    for (const HeaderForm expected : {HeaderForm::bits26, HeaderForm::bits24}) {
        const auto found = decode_mbft_pdu(octets, expected);
        if (!found) continue;
        const auto written = encode(found->pdu, found->form);
        CONVENE_CHECK(written.has_value(), "decoded an MBFTPDU that cannot be encoded");
        const auto again = decode_mbft_pdu(*written, found->form);
        CONVENE_CHECK(again.has_value() && again->pdu == found->pdu, "MBFTPDU changed");
    }
    return 0;
}
