#include "mcs/domain_pdu.hpp"

#include "asn1/per.hpp"
#include "mcs/for_size.hpp"

namespace convene::mcs {

std::string_view name_of(const DomainPdu& pdu) {
    static constexpr auto kNames = asn1::with_items(
        [](const auto&... alternative) { return std::array<std::string_view, kDomainPdus>{alternative.name...}; },
        asn1::schema<DomainPdu>.alternatives);
    return kNames[pdu.index()];
}

asn1::Encoded<Bytes> encode_domain_pdu(const DomainPdu& pdu) { return asn1::per_encode(pdu); }

asn1::Decoded<DomainPdu> decode_domain_pdu(const Slice& octets) { return asn1::per_decode<DomainPdu>(octets); }

}  // namespace convene::mcs
