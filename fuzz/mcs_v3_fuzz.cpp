// Decodes arbitrary octets as PDUs of protocol version 3 and of MAP. What can be read must survive being written and
// read again, the conversion to version 2 and back must be stable, and the relay's view of data PDUs must agree with
// the schema.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

#include "base/check.hpp"
#include "mcs/map/pdu.hpp"
#include "mcs/v3/convert.hpp"
#include "mcs/v3/data_header.hpp"
#include "mcs/v3/domain_pdu.hpp"
#include "mcs/v3/extended_parameters.hpp"

using namespace convene;
using namespace convene::mcs;

namespace {

void check_domain_pdu(const Slice& octets) {
    auto pdu = v3::decode_domain_pdu(octets);
    if (!pdu) {
        CONVENE_CHECK(!v3::split_data(octets), "the relay takes what the schema refuses");
        return;
    }
    auto written = v3::encode_domain_pdu(*pdu);
    CONVENE_CHECK(written.has_value(), "decoded what cannot be encoded");
    auto again = v3::decode_domain_pdu(Slice(*written));
    CONVENE_CHECK(again.has_value() && *again == *pdu, "PDU changed");

    std::optional<mcs::DomainPdu> older = v3::to_v2(*pdu);
    CONVENE_CHECK(older.has_value() == (pdu->index() < kDomainPdus), "version 2 has these alternatives and no others");
    if (!older) return;
    auto octets_of_v3 = v3::encode(*older);
    CONVENE_CHECK(octets_of_v3.has_value() && encode_domain_pdu(*older).has_value(), "conversion left something odd");
    auto back = v3::decode(Slice(*octets_of_v3));
    CONVENE_CHECK(back.has_value() && *back == older, "conversion is not stable");
}

void check_data(const Slice& octets) {
    auto parts = v3::split_data(octets);
    if (!parts) {
        CONVENE_CHECK(!v3::carries_data(octets) || !v3::decode_domain_pdu(octets),
                      "the relay refuses what is well formed");
        return;
    }
    auto pieces = v3::join_data(*parts);
    CONVENE_CHECK(pieces.has_value(), "split what cannot be joined");
    Bytes joined;
    for (const Slice& piece : *pieces) append(joined, piece);
    auto pdu = v3::decode_domain_pdu(octets);
    auto again = v3::decode_domain_pdu(Slice(joined));
    CONVENE_CHECK(pdu.has_value() && again.has_value() && *pdu == *again, "relayed PDU changed");
}

void check_others(const Slice& octets) {
    if (auto pdu = v3::decode_extended_parameter_pdu(octets)) {
        auto written = v3::encode(*pdu);
        CONVENE_CHECK(written.has_value(), "decoded what cannot be encoded");
        auto again = v3::decode_extended_parameter_pdu(*written);
        CONVENE_CHECK(again.has_value() && *again == *pdu, "PDU changed");
        if (const auto* proposal = std::get_if<v3::ExtendedParameterPropose>(&*pdu))
            if (auto chosen = v3::choose(*proposal))
                CONVENE_CHECK(v3::is_within(*chosen, *proposal), "choice out of range");
    }
    if (auto pdu = map::decode_pdu(octets)) {
        auto written = map::encode_pdu(*pdu);
        CONVENE_CHECK(written.has_value(), "decoded what cannot be encoded");
        auto again = map::decode_pdu(Slice(*written));
        CONVENE_CHECK(again.has_value() && *again == *pdu, "PDU changed");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Slice octets{ByteView{reinterpret_cast<const std::byte*>(data), size}};
    check_domain_pdu(octets);
    check_data(octets);
    check_others(octets);
    return 0;
}
