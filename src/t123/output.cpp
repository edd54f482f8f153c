#include "t123/output.hpp"

namespace convene::t123 {

std::string_view name(DisconnectCause cause) {
    switch (cause) {
        case DisconnectCause::owner:
            return "owner";
        case DisconnectCause::stream_ended:
            return "stream-ended";
        case DisconnectCause::refused_by_owner:
            return "refused-by-owner";
        case DisconnectCause::refused_by_peer:
            return "refused-by-peer";
        case DisconnectCause::disconnected_by_peer:
            return "disconnected-by-peer";
        case DisconnectCause::rejected_by_peer:
            return "rejected-by-peer";
        case DisconnectCause::not_tpkt:
            return "not-tpkt";
        case DisconnectCause::malformed:
            return "malformed";
        case DisconnectCause::unexpected:
            return "unexpected";
        case DisconnectCause::class_not_supported:
            return "class-not-supported";
        case DisconnectCause::tsdu_too_long:
            return "tsdu-too-long";
        case DisconnectCause::connect_timeout:
            return "connect-timeout";
        case DisconnectCause::frame_timeout:
            return "frame-timeout";
        case DisconnectCause::tsdu_timeout:
            return "tsdu-timeout";
    }
    return "unknown";
}

std::string describe(const Disconnected& end) {
    std::string out(end.text);
    out += " (";
    out += name(end.cause);
    if (end.code) out += ", code " + std::to_string(*end.code);
    if (end.offset) out += ", octet " + std::to_string(*end.offset);
    if (!end.clause.empty()) {
        out += ", ";
        out += end.clause;
    }
    return out + ')';
}

}  // namespace convene::t123
