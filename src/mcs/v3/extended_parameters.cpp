#include "mcs/v3/extended_parameters.hpp"

#include <algorithm>

#include "asn1/per.hpp"

namespace convene::mcs::v3 {

asn1::Decoded<ExtendedParameterPdu> decode_extended_parameter_pdu(ByteView tsdu) {
    return asn1::per_decode<ExtendedParameterPdu>(tsdu);
}

asn1::Encoded<Bytes> encode(const ExtendedParameterPdu& pdu) { return asn1::per_encode(pdu); }

std::optional<ExtendedParameters> choose(const ExtendedParameterPropose& proposal) {
    if (proposal.minimum.unreliable_data_supported) return std::nullopt;
    std::uint16_t low = proposal.minimum.domain_reference_id;
    std::uint16_t high = proposal.maximum.domain_reference_id;
    if (low > high) return std::nullopt;
    return ExtendedParameters{.unreliable_data_supported = false,
                              .domain_reference_id = std::clamp(proposal.target.domain_reference_id, low, high)};
}

bool is_within(const ExtendedParameters& answer, const ExtendedParameterPropose& proposal) {
    return answer.unreliable_data_supported >= proposal.minimum.unreliable_data_supported &&
           answer.unreliable_data_supported <= proposal.maximum.unreliable_data_supported &&
           answer.domain_reference_id >= proposal.minimum.domain_reference_id &&
           answer.domain_reference_id <= proposal.maximum.domain_reference_id;
}

}  // namespace convene::mcs::v3
