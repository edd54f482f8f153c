// Who calls a conference: who is let in and who is not.
#include <variant>

#include "base/overloaded.hpp"
#include "io/random.hpp"
#include "server/conference_host.hpp"

namespace convene::server {

namespace {

std::string_view reason_text(gcc::JoinResult result) {
    switch (result) {
        case gcc::JoinResult::success:
            return "success";
        case gcc::JoinResult::user_rejected:
            return "locked-full-or-throttled";
        case gcc::JoinResult::invalid_conference:
            return "invalid-conference";
        case gcc::JoinResult::invalid_password:
            return "wrong-password";
        case gcc::JoinResult::invalid_convener_password:
            return "wrong-convener-password";
        case gcc::JoinResult::challenge_response_required:
            return "challenged";
        case gcc::JoinResult::invalid_challenge_response:
            return "wrong-challenge-response";
    }
    return "unknown";
}

}  // namespace

gcc::JoinDecision ConferenceHost::decide(const gcc::ConferenceJoinRequest& request, const std::string& source) {
    const auto check = [&](gcc::ConferenceId, const gcc::ConferenceEntry&, const gcc::ConferenceJoinRequest& join) {
        const auto random = io::random_octets<gcc::kChallengeRandomOctets>();
        const gcc::JoinCredentials credentials{join.conference_name, join.password, join.convener_password};
        auto judged = gate_.judge(source, credentials, random, io::NodeRunner::now());
        return gcc::AccessVerdict{judged.result, judged.is_convener, std::move(judged.reply)};
    };
    auto decision = gcc::decide_join(request, status_.id, entry(), check);
    // T.124 knows no waiting: whoever calls without the web is asked to come when the room is open, or as convener; who
    // was put out, by the web.
    if (decision.kind == gcc::JoinDecision::Kind::granted && !decision.as_convener &&
        shared_.doors->strangers(status_.id, source).must_wait) {
        decision.kind = gcc::JoinDecision::Kind::refused;
        decision.result = gcc::JoinResult::user_rejected;
    }
    // Who did not name this conference learns its name.
    if (!request.conference_name || !gcc::selects(*request.conference_name, status_.entry.profile.name))
        decision.alias = gcc::selector_of(status_.entry.profile.name);
    return decision;
}

void ConferenceHost::on_call(const node::CallArrived& call) {
    auto& node = runner_.node();
    const auto now = io::NodeRunner::now();
    const auto refuse = [&](std::optional<gcc::ConnectGccPdu> answer, std::string_view why) {
        node.reject(call.transport, mcs::Result::user_rejected, answer, now);
        shared_.log.info(LogEvent::join_refused, {{"conf", name_}, {"conn", number_of(call.transport)}, {"why", why}});
    };
    if (node.conference() == nullptr || node.conference()->has_ended() || shared_.draining)
        return refuse(std::nullopt, "the conference has ended");
    const auto peer = peers_.find(call.transport);
    if (peer != peers_.end() && peer->second.admission) {
        if (std::holds_alternative<gcc::ConferenceJoinRequest>(call.request))
            return on_ticket(call, *peer->second.admission);
        return refuse(std::nullopt, "a ticket is for joining");
    }
    std::visit(
        overloaded{[&](const gcc::ConferenceJoinRequest& request) { on_join(call, request); },
                   [&](const gcc::ConferenceCreateRequest&) {
                       if (!node.admit_creator(call.transport, now))
                           refuse(gcc::create_response(gcc::CreateResult::resources_not_available, gcc::kNoNode, 0),
                                  "no room");
                   },
                   [&](const gcc::ConferenceInviteRequest&) { refuse(gcc::invite_response(false), "invitation"); },
                   [&](const auto&) { refuse(std::nullopt, "not a request for a conference"); }},
        call.request);
}

void ConferenceHost::on_join(const node::CallArrived& call, const gcc::ConferenceJoinRequest& request) {
    auto& node = runner_.node();
    const auto now = io::NodeRunner::now();
    gcc::JoinDecision decision = decide(request, call.peer);
    if (decision.kind == gcc::JoinDecision::Kind::granted) {
        const auto right =
            decision.as_convener ? admission::Right::moderate : shared_.doors->strangers(status_.id, call.peer).right;
        if (node.admit(call.transport, decision, now, rights_.admit(call.transport, right))) return admitted(call);
        decision.kind = gcc::JoinDecision::Kind::refused;
        decision.result = gcc::JoinResult::user_rejected;
    }
    const auto here = entry();
    node.reject(call.transport, mcs::Result::user_rejected, gcc::join_refusal(decision, &here), now);
    shared_.log.info(LogEvent::join_refused,
                     {{"conf", name_}, {"conn", number_of(call.transport)}, {"why", reason_text(decision.result)}});
}

void ConferenceHost::admitted(const node::CallArrived& call) {
    if (const auto peer = peers_.find(call.transport); peer != peers_.end()) peer->second.is_admitted = true;
}

/// The door has let this one in already: no password is asked for, and neither a lock nor a waiting room counts.
void ConferenceHost::on_ticket(const node::CallArrived& call, const Admission& admission) {
    auto& node = runner_.node();
    const auto now = io::NodeRunner::now();
    const auto& request = std::get<gcc::ConferenceJoinRequest>(call.request);
    gcc::JoinDecision decision;
    decision.conference = status_.id;
    const auto stay = admission.conference == status_.id ? shared_.doors->stay(admission) : std::nullopt;
    const bool names_another =
        request.conference_name && !gcc::selects(*request.conference_name, status_.entry.profile.name);
    if (stay && !names_another) {
        decision.kind = gcc::JoinDecision::Kind::granted;
        decision.as_convener = stay->is_owner && !node.conference()->has_convener();
        if (!request.conference_name) decision.alias = gcc::selector_of(status_.entry.profile.name);
        if (node.admit(call.transport, decision, now, rights_.admit(call.transport, stay->right)))
            return admitted(call);
    }
    decision.kind = gcc::JoinDecision::Kind::refused;
    decision.result = names_another ? gcc::JoinResult::invalid_conference : gcc::JoinResult::user_rejected;
    const auto here = entry();
    node.reject(call.transport, mcs::Result::user_rejected, gcc::join_refusal(decision, &here), now);
    shared_.log.info(LogEvent::join_refused,
                     {{"conf", name_}, {"conn", number_of(call.transport)}, {"why", reason_text(decision.result)}});
}

}  // namespace convene::server
