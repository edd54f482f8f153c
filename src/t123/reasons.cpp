#include "t123/reasons.hpp"

namespace convene::t123 {

std::string_view name(DisconnectCode code) {
    switch (code) {
        case DisconnectCode::not_specified:
            return "reason not specified";
        case DisconnectCode::congestion_at_tsap:
            return "congestion at TSAP";
        case DisconnectCode::no_session_entity:
            return "session entity not attached to TSAP";
        case DisconnectCode::address_unknown:
            return "address unknown";
        case DisconnectCode::normal:
            return "normal disconnect";
        case DisconnectCode::remote_congestion:
            return "remote transport entity congestion at connect time";
        case DisconnectCode::negotiation_failed:
            return "connection negotiation failed";
        case DisconnectCode::duplicate_reference:
            return "duplicate source reference";
        case DisconnectCode::mismatched_references:
            return "mismatched references";
        case DisconnectCode::protocol_error:
            return "protocol error";
        case DisconnectCode::reference_overflow:
            return "reference overflow";
        case DisconnectCode::refused_on_this_network_connection:
            return "connection request refused on this network connection";
        case DisconnectCode::invalid_header_length:
            return "header or parameter length invalid";
    }
    return "unknown";
}

std::string_view name(RejectCause cause) {
    switch (cause) {
        case RejectCause::not_specified:
            return "reason not specified";
        case RejectCause::invalid_parameter_code:
            return "invalid parameter code";
        case RejectCause::invalid_tpdu_type:
            return "invalid TPDU type";
        case RejectCause::invalid_parameter_value:
            return "invalid parameter value";
    }
    return "unknown";
}

}  // namespace convene::t123
