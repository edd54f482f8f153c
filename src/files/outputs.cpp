#include "files/outputs.hpp"

namespace convene::files {

std::string_view to_string(FailureReason reason) {
    switch (reason) {
        case FailureReason::cancelled:
            return "cancelled";
        case FailureReason::aborted:
            return "stopped by the other side";
        case FailureReason::rejected:
            return "rejected by everybody";
        case FailureReason::no_receivers:
            return "nobody receives it";
        case FailureReason::peer_gone:
            return "the sender has left";
        case FailureReason::disconnected:
            return "connection lost";
        case FailureReason::timed_out:
            return "timed out";
        case FailureReason::damaged:
            return "damaged on the way";
        case FailureReason::digest_mismatch:
            return "not the file that was sent";
        case FailureReason::too_large:
            return "too large";
        case FailureReason::cannot_store:
            return "cannot be stored";
        case FailureReason::cannot_read:
            return "cannot be read";
        case FailureReason::no_channel:
            return "no channel";
        case FailureReason::superseded:
            return "replaced by another transfer";
        case FailureReason::denied:
            return "refused";
    }
    return "";
}

std::string_view to_string(Refusal refusal) {
    switch (refusal) {
        case Refusal::no_privilege:
            return "the conductor has not allowed it";
        case Refusal::too_many:
            return "too many at once";
        case Refusal::too_large:
            return "too large";
        case Refusal::nobody:
            return "no recipients";
        case Refusal::unknown:
            return "no such transfer";
        case Refusal::no_session:
            return "not possible in this session";
    }
    return "";
}

}  // namespace convene::files
