/// Reason codes of DR and reject causes of ER, with their names. X.224 clauses 13.5 and 13.12.
#pragma once

#include <cstdint>
#include <string_view>

namespace convene::t123 {

/// Any octet may arrive; these are the ones with a meaning.
enum class DisconnectCode : std::uint8_t {
    not_specified = 0,
    congestion_at_tsap = 1,
    no_session_entity = 2,
    address_unknown = 3,
    normal = 128,
    remote_congestion = 129,
    negotiation_failed = 130,
    duplicate_reference = 131,
    mismatched_references = 132,
    protocol_error = 133,
    reference_overflow = 135,
    refused_on_this_network_connection = 136,
    invalid_header_length = 138,
};

enum class RejectCause : std::uint8_t {
    not_specified = 0,
    invalid_parameter_code = 1,
    invalid_tpdu_type = 2,
    invalid_parameter_value = 3,
};

/// The standard's words; "unknown" for a code without a meaning.
std::string_view name(DisconnectCode code);
std::string_view name(RejectCause cause);

}  // namespace convene::t123
