// Answers that T.124 gives to requests, in words.
#include "base/overloaded.hpp"
#include "cli/notice.hpp"

namespace convene::cli {
namespace {

constexpr const char* kNotAllowed = "not allowed: that takes the convener, or the privilege";

RequestOutcome outcome(std::string request, bool success, std::string why = kNotAllowed) {
    return {std::move(request), success ? "done" : std::move(why), success ? ExitCode::fine : ExitCode::refused};
}

const char* why_not_added(gcc::AddResult result) {
    switch (result) {
        case gcc::AddResult::success:
            return "done";
        case gcc::AddResult::invalid_requester:
            return kNotAllowed;
        case gcc::AddResult::invalid_network_type:
        case gcc::AddResult::invalid_network_address:
            return "the address is none that it can call";
        case gcc::AddResult::added_node_busy:
            return "the called node is busy";
        case gcc::AddResult::network_busy:
        case gcc::AddResult::no_ports_available:
            return "it cannot make calls";
        case gcc::AddResult::connection_unsuccessful:
            return "the called node did not come";
    }
    return "refused";
}

std::string_view words_for(mcs::Result result) {
    switch (result) {
        case mcs::Result::parameters_unacceptable:
            return "no agreement on the parameters of the domain";
        case mcs::Result::domain_not_hierarchical:
            return "the node is below another already";
        case mcs::Result::domain_merging:
            return "the domain is busy merging";
        case mcs::Result::no_such_domain:
            return "no such domain";
        case mcs::Result::too_many_users:
        case mcs::Result::too_many_channels:
            return "the conference is full";
        default:
            return "refused";
    }
}

}  // namespace

RequestOutcome outcome_of(const gcc::ResponsePdu& response) {
    return std::visit(
        overloaded{[](const gcc::ConferenceLockResponse& lock) {
                       if (lock.result == gcc::LockResult::already_locked) return outcome("lock", true);
                       return outcome("lock", lock.result == gcc::LockResult::success);
                   },
                   [](const gcc::ConferenceUnlockResponse& unlock) {
                       if (unlock.result == gcc::UnlockResult::already_unlocked) return outcome("unlock", true);
                       return outcome("unlock", unlock.result == gcc::UnlockResult::success);
                   },
                   [](const gcc::ConferenceTerminateResponse& end) {
                       return outcome("end", end.result == gcc::TerminateResult::success);
                   },
                   [](const gcc::ConferenceEjectUserResponse& eject) {
                       if (eject.result == gcc::EjectResult::invalid_node)
                           return RequestOutcome{"eject", "there is no such participant", ExitCode::not_found};
                       return outcome("eject", eject.result == gcc::EjectResult::success);
                   },
                   [](const gcc::ConferenceTransferResponse& transfer) {
                       return outcome("transfer", transfer.result == gcc::TransferResult::success);
                   },
                   [](const gcc::ConferenceAddResponse& add) {
                       return outcome("invite", add.result == gcc::AddResult::success, why_not_added(add.result));
                   },
                   [](const gcc::FunctionNotSupportedResponse&) {
                       return RequestOutcome{"request", "the other side has no such function", ExitCode::refused};
                   },
                   [](const auto&) {
                       return RequestOutcome{"request", "answered", ExitCode::fine};
                   }},
        response);
}

Refusal refusal_of(const node::JoinRefused& refused) {
    if (!refused.response) return {std::string(words_for(refused.result)), ExitCode::refused};
    switch (refused.response->result) {
        case gcc::JoinResult::invalid_conference:
            return {"there is no such conference; `convene query` lists those that are shown", ExitCode::not_found};
        case gcc::JoinResult::invalid_password:
        case gcc::JoinResult::invalid_challenge_response:
            return {"the password is wrong", ExitCode::refused};
        case gcc::JoinResult::invalid_convener_password:
            return {"the convener's password is wrong, or there is a convener already, who can do it in the session",
                    ExitCode::refused};
        case gcc::JoinResult::challenge_response_required:
            return {"a password is needed", ExitCode::refused};
        case gcc::JoinResult::user_rejected:
            if (refused.response->locked_conference) return {"the conference is locked", ExitCode::refused};
            // T.124 has one result for all of these.
            return {
                "not let in: the conference is locked or full, or passwords were tried too often; wait, or ask "
                "somebody inside",
                ExitCode::refused};
        case gcc::JoinResult::success:
            break;
    }
    return {"refused", ExitCode::refused};
}

Refusal refusal_of(const node::CreateRefused& refused) {
    if (!refused.response) return {std::string(words_for(refused.result)), ExitCode::refused};
    switch (refused.response->result) {
        case gcc::CreateResult::resources_not_available:
            return {"there is no room for another conference", ExitCode::refused};
        case gcc::CreateResult::rejected_for_symmetry_breaking:
            return {"the other side is creating a conference here; try again", ExitCode::refused};
        case gcc::CreateResult::locked_conference_not_supported:
            return {"locked conferences are not possible there", ExitCode::refused};
        default:
            return {"creating conferences is not allowed there, or the name is taken", ExitCode::refused};
    }
}

}  // namespace convene::cli
