/// The PDUs that travel as user data of MCS connect PDUs. T.124, module GCC-PROTOCOL parts 2 and 3.
#pragma once

#include <variant>

#include "asn1/schema.hpp"
#include "gcc/create_pdu.hpp"
#include "gcc/invite_pdu.hpp"
#include "gcc/join_pdu.hpp"
#include "gcc/query_pdu.hpp"

namespace convene::gcc {

/// The wrapper around every connect PDU.
struct ConnectData {
    Key t124_identifier;
    Bytes connect_pdu;

    friend bool operator==(const ConnectData&, const ConnectData&) = default;
};

using ConnectGccPdu = std::variant<ConferenceCreateRequest, ConferenceCreateResponse, ConferenceQueryRequest,
                                   ConferenceQueryResponse, ConferenceJoinRequest, ConferenceJoinResponse,
                                   ConferenceInviteRequest, ConferenceInviteResponse, asn1::UnknownAlternative>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ConnectData> = sequence(field("t124Identifier", &gcc::ConnectData::t124_identifier),
                                                          field("connectPDU", &gcc::ConnectData::connect_pdu));
template <>
inline constexpr auto schema<gcc::ConnectGccPdu> = choice("conferenceCreateRequest", "conferenceCreateResponse",
                                                          "conferenceQueryRequest", "conferenceQueryResponse",
                                                          "conferenceJoinRequest", "conferenceJoinResponse",
                                                          "conferenceInviteRequest", "conferenceInviteResponse",
                                                          extensible);

}  // namespace convene::asn1
