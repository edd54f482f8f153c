/// The exchange that follows a Connect-Response of version 3: may unreliable data flow. MCS-PROTOCOL-3 part 2, T.125
/// §11.
#pragma once

#include <cstdint>
#include <variant>

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "mcs/v3/non_standard.hpp"

namespace convene::mcs::v3 {

struct ExtendedParameters {
    bool unreliable_data_supported = false;
    std::uint16_t domain_reference_id = 0;  ///< names the domain where packets of several share a transport (MAP)
    NonStandardParameters non_standard = {};

    friend bool operator==(const ExtendedParameters&, const ExtendedParameters&) = default;
};

/// From the calling provider.
struct ExtendedParameterPropose {
    ExtendedParameters target;
    ExtendedParameters minimum;
    ExtendedParameters maximum;
    NonStandardParameters non_standard = {};

    friend bool operator==(const ExtendedParameterPropose&, const ExtendedParameterPropose&) = default;
};

/// From the called provider.
struct ExtendedParameterAccept {
    ExtendedParameters extended_parameters;
    NonStandardParameters non_standard = {};

    friend bool operator==(const ExtendedParameterAccept&, const ExtendedParameterAccept&) = default;
};

using ExtendedParameterPdu =
    std::variant<ExtendedParameterPropose, ExtendedParameterAccept, NonStandardPdu, asn1::UnknownAlternative>;

asn1::Decoded<ExtendedParameterPdu> decode_extended_parameter_pdu(ByteView tsdu);
asn1::Encoded<Bytes> encode(const ExtendedParameterPdu& pdu);

/// Without unreliable data, which needs the multicast adaptation of Annex A.
inline ExtendedParameterPropose reliable_only() { return {}; }

/// The called provider's choice within a proposal, for a node without unreliable data; empty when the caller insists on
/// it, or on an empty interval.
std::optional<ExtendedParameters> choose(const ExtendedParameterPropose& proposal);

/// True when `answer` lies inside `proposal`.
bool is_within(const ExtendedParameters& answer, const ExtendedParameterPropose& proposal);

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::v3::ExtendedParameters> =
    sequence(field("unreliableDataSupported", &mcs::v3::ExtendedParameters::unreliable_data_supported),
             field("domainReferenceID", &mcs::v3::ExtendedParameters::domain_reference_id, Integer<0, 65535>{}),
             field("nonStandard", &mcs::v3::ExtendedParameters::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::ExtendedParameterPropose> =
    sequence(field("targetExtendedParameters", &mcs::v3::ExtendedParameterPropose::target),
             field("minimumExtendedParameters", &mcs::v3::ExtendedParameterPropose::minimum),
             field("maximumExtendedParameters", &mcs::v3::ExtendedParameterPropose::maximum),
             field("nonStandard", &mcs::v3::ExtendedParameterPropose::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::ExtendedParameterAccept> =
    sequence(field("extendedParameters", &mcs::v3::ExtendedParameterAccept::extended_parameters),
             field("nonStandard", &mcs::v3::ExtendedParameterAccept::non_standard, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<mcs::v3::ExtendedParameterPdu> = choice("extendedParameterPropose",
                                                                     "extendedParameterAccept", "nonStandard",
                                                                     extensible);

}  // namespace convene::asn1
