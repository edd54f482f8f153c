/// The PDUs that hold nothing but a manufacturer's extra: the places kept for text, and everybody's own PDU. T.126,
/// module SI-PROTOCOL.
#pragma once

#include "whiteboard/si_types.hpp"

namespace convene::whiteboard {

/// Text was left for a later edition, which never came.
template <class Name>
struct TextPdu {
    NonStandardParameter non_standard_parameter;

    friend bool operator==(const TextPdu&, const TextPdu&) = default;
};
using FontPdu = TextPdu<struct FontPduTag>;
using TextCreatePdu = TextPdu<struct TextCreatePduTag>;
using TextDeletePdu = TextPdu<struct TextDeletePduTag>;
using TextEditPdu = TextPdu<struct TextEditPduTag>;

/// Text as NetMeeting sends it travels in this one.
struct NonStandardPdu {
    NonStandardParameter transaction;

    friend bool operator==(const NonStandardPdu&, const NonStandardPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <class Name>
inline constexpr auto schema<whiteboard::TextPdu<Name>> =
    sequence(field("nonStandardParameter", &whiteboard::TextPdu<Name>::non_standard_parameter), extensible);
template <>
inline constexpr auto schema<whiteboard::NonStandardPdu> =
    sequence(field("nonStandardTransaction", &whiteboard::NonStandardPdu::transaction), extensible);

}  // namespace convene::asn1
