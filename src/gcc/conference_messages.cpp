#include <algorithm>
#include <limits>

#include "gcc/conference.hpp"

namespace convene::gcc {

namespace {

Seconds to_seconds(Duration duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    constexpr auto kLeast = std::numeric_limits<Seconds>::min(), kMost = std::numeric_limits<Seconds>::max();
    return static_cast<Seconds>(std::clamp<decltype(seconds)>(seconds, kLeast, kMost));
}

}  // namespace

void Conference::send_text(std::u16string message, std::optional<UserId> to) {
    if (to)
        tell(*to, TextMessageIndication{std::move(message)});
    else
        broadcast(TextMessageIndication{std::move(message)});
}

void Conference::ask_assistance(std::optional<UserData> user_data) {
    broadcast(ConferenceAssistanceIndication{std::move(user_data)});
}

void Conference::invoke(std::vector<ApplicationInvokeSpecifier> applications,
                        std::optional<std::vector<UserId>> nodes) {
    broadcast(ApplicationInvokeIndication{std::move(applications), std::move(nodes)});
}

void Conference::on(const ApplicationInvokeIndication& indication, UserId from) {
    const auto& nodes = indication.destination_nodes;
    const bool is_for_self = nodes ? std::find(nodes->begin(), nodes->end(), *self_) != nodes->end() : from != self_;
    if (!is_for_self) return;
    for (const auto& application : indication.application_protocol_entity_list)
        see_key(application.session_key.application_protocol_key, from);
    emit(Invoked{from, indication.application_protocol_entity_list});
}

// --- time: asked on the convener channel, told on the broadcast channel ---

void Conference::inquire_time(bool for_this_node) {
    send(kConvenerChannel, false, GccPdu{IndicationPdu{ConferenceTimeInquireIndication{for_this_node}}});
}

void Conference::ask_for_time(Seconds seconds, bool for_this_node) {
    send(kConvenerChannel, false, GccPdu{IndicationPdu{ConferenceTimeExtendIndication{seconds, for_this_node}}});
}

void Conference::set_time(std::optional<Seconds> seconds, Instant now) {
    if (!is_convener_) return;
    time_is_up_.reset();
    if (!seconds) return;
    time_is_up_ = now + std::chrono::seconds{*seconds};
    announce_time(now);
}

void Conference::extend_time(Seconds seconds, Instant now) {
    if (!time_is_up_) return;
    *time_is_up_ += std::chrono::seconds{seconds};
    announce_time(now);
}

void Conference::announce_time(Instant now) {
    ConferenceTimeRemainingIndication indication;
    indication.time_remaining = to_seconds(*time_is_up_ - now);
    send(kBroadcastChannel, false, GccPdu{IndicationPdu{indication}});
}

void Conference::expire_time(Instant now) {
    if (!time_is_up_ || *time_is_up_ > now) return;
    time_is_up_.reset();
    terminate(TerminateReason::timed_conference_termination, now);
}

/// Time is the convener's to tell. Who that is only the top knows, and the convener itself; the others can but see
/// that a node of the conference speaks, or the top.
void Conference::on(const ConferenceTimeRemainingIndication& indication, const Source& source) {
    if (!source.to_all) return;
    const bool may_be_convener = convener_ ? source.from == *convener_
                                           : !copies_.nodes.is_complete() || copies_.nodes.find(source.from) != nullptr;
    if (source.from != top() && !may_be_convener)
        return report(source.from, "T.124 §6", "ConferenceTimeRemainingIndication of a node that is not the convener");
    emit(TimeRemaining{source.from, indication.time_remaining, indication.node_id});
}

void Conference::on(const ConferenceTimeInquireIndication& indication, const Source& source) {
    if (!source.to_convener) return;
    if (time_is_up_) announce_time(source.now);
    emit(TimeInquired{source.from, indication.node_specific_time_flag});
}

void Conference::on(const ConferenceTimeExtendIndication& indication, const Source& source) {
    if (!source.to_convener) return;
    emit(TimeExtensionAsked{source.from, indication.time_to_extend, indication.node_specific_time_flag});
}

// --- what the standard leaves to others ---

void Conference::send(NonStandardReceived::Kind kind, NonStandardParameter parameter, std::optional<UserId> to) {
    NonStandardPdu body{std::move(parameter)};
    GccPdu pdu;
    switch (kind) {
        case NonStandardReceived::Kind::request:
            pdu = RequestPdu{NonStandardRequest{std::move(body)}};
            break;
        case NonStandardReceived::Kind::response:
            pdu = ResponsePdu{NonStandardResponse{std::move(body)}};
            break;
        case NonStandardReceived::Kind::indication:
            pdu = IndicationPdu{NonStandardIndication{std::move(body)}};
            break;
    }
    // Requests and responses have one addressee.
    if (!to && kind != NonStandardReceived::Kind::indication) to = top();
    send(to ? mcs::channel_of(*to) : kBroadcastChannel, !to, pdu);
}

void Conference::answer_not_supported(UserId to, RequestPdu request) {
    respond(to, FunctionNotSupportedResponse{std::move(request)});
}

}  // namespace convene::gcc
