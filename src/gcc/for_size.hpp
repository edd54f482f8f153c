/// What a page does with the PDUs that stand in both codecs of GCC. Within the room only.
#pragma once

#include "asn1/for_size.hpp"
#include "gcc/join_pdu.hpp"

namespace convene::asn1 {

template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceJoinRequest> = UseForSize::is_written;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceJoinResponse> = UseForSize::is_read;

}  // namespace convene::asn1
