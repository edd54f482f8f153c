#include "base/overloaded.hpp"
#include "gcc/codec.hpp"
#include "gcc/conference.hpp"
#include "gcc/for_size.hpp"

namespace convene::gcc {

void Conference::on(const mcs::DataIndication& data, Instant now) {
    if (!self_) return;
    const bool to_self = data.channel == mcs::channel_of(*self_);
    const bool to_all = data.channel == kBroadcastChannel, to_convener = data.channel == kConvenerChannel;
    if (!to_self && !to_all && !to_convener) return;
    const auto sdu = reassembler_.add(data);
    if (!sdu) return;
    const auto pdu = decode_gcc_pdu(*sdu);
    if (!pdu) return report(data.initiator, "T.124 §6", "malformed GCC PDU: " + pdu.error().message(), *sdu);
    on_pdu(*pdu, {data.initiator, to_all, to_convener, now});
}

void Conference::on_pdu(const GccPdu& pdu, const Source& source) {
    std::visit(overloaded{[&](const RequestPdu& request) {
                              if (source.to_all) return report(source.from, "T.124 §6", "broadcast a request");
                              on_request(request, source.from, source.now);
                          },
                          [&](const ResponsePdu& response) {
                              if (source.to_all) return report(source.from, "T.124 §6", "broadcast a response");
                              on_response(response, source.from, source.now);
                          },
                          [&](const IndicationPdu& indication) { on_indication(indication, source); }},
               pdu);
}

void Conference::on_request(const RequestPdu& request, UserId from, Instant now) {
    if constexpr (asn1::kIsRead<ConferenceAddRequest>) {
        if (const auto* add = std::get_if<ConferenceAddRequest>(&request)) return on(*add, from);
    }
    if (const auto* own = std::get_if<NonStandardRequest>(&request)) {
        see_key(own->value.data.key, from);
        return emit(NonStandardReceived{from, NonStandardReceived::Kind::request, own->value.data, false});
    }
    // What an extension asks for cannot be handed back, as it cannot be decoded.
    if (std::holds_alternative<asn1::UnknownAlternative>(request))
        return report(from, "T.124 §6", "request of a later edition");
    if constexpr (asn1::kForSize) return;  // no other is decoded
    if (!is_top()) return answer_not_supported(from, request);
    visit_received(overloaded{[&](const ConferenceJoinRequest& r) { on(r, from); },
                              [&](const ConferenceLockRequest& r) { on(r, from); },
                              [&](const ConferenceUnlockRequest& r) { on(r, from); },
                              [&](const ConferenceTerminateRequest& r) { on(r, from, now); },
                              [&](const ConferenceEjectUserRequest& r) { on(r, from, now); },
                              [&](const ConferenceTransferRequest& r) { on(r, from); },
                              [&](const RegistryRegisterChannelRequest& r) { on_registry(r, from); },
                              [&](const RegistryAssignTokenRequest& r) { on_registry(r, from); },
                              [&](const RegistrySetParameterRequest& r) { on_registry(r, from); },
                              [&](const RegistryRetrieveEntryRequest& r) { on_registry(r, from); },
                              [&](const RegistryDeleteEntryRequest& r) { on_registry(r, from); },
                              [&](const RegistryMonitorEntryRequest& r) { on_registry(r, from); },
                              [&](const RegistryAllocateHandleRequest& r) { respond(from, registry_.answer(r)); },
                              [](const auto&) {}},
                   request);
}

void Conference::on_response(const ResponsePdu& response, UserId from, Instant now) {
    if (const auto* own = std::get_if<NonStandardResponse>(&response)) {
        see_key(own->value.data.key, from);
        return emit(NonStandardReceived{from, NonStandardReceived::Kind::response, own->value.data, false});
    }
    // An adding node that is not the top answers for itself; so does whoever lacks a function.
    const bool is_anybodys = std::holds_alternative<ConferenceAddResponse>(response) ||
                             std::holds_alternative<FunctionNotSupportedResponse>(response);
    if (from != top() && !is_anybodys) return report(from, "T.124 §6", "a response that is the top's to give");
    visit_received(
        overloaded{[&](const ConferenceJoinResponse& r) { on(r, from, now); },
                   [&](const RegistryResponse& r) { emit(RegistryAnswered{r}); },
                   [&](const RegistryAllocateHandleResponse& r) { emit(HandlesAllocated{r}); },
                   [&](const asn1::UnknownAlternative&) { report(from, "T.124 §6", "response of a later edition"); },
                   [&](const auto&) { emit(RequestAnswered{response}); }},
        response);
}

bool Conference::is_from_top(const Source& source, std::string_view what) {
    if (source.from == top()) return true;
    report(source.from, "T.124 §6", std::string(what) + " from a node that is not the top");
    return false;
}

void Conference::on_indication(const IndicationPdu& indication, const Source& source) {
    const UserId from = source.from;
    visit_received(
        overloaded{
            [&](const UserIdIndication& i) { on(i, source); },
            [&](const ConferenceLockIndication&) {
                if (!is_from_top(source, "ConferenceLockIndication")) return;
                profile_.locked = true;
                emit(LockChanged{true});
            },
            [&](const ConferenceUnlockIndication&) {
                if (!is_from_top(source, "ConferenceUnlockIndication")) return;
                profile_.locked = false;
                emit(LockChanged{false});
            },
            [&](const ConferenceTerminateIndication& i) {
                if (is_from_top(source, "ConferenceTerminateIndication")) on(i, source.now);
            },
            [&](const ConferenceEjectUserIndication& i) {
                if (is_from_top(source, "ConferenceEjectUserIndication")) on(i, source.now);
            },
            [&](const ConferenceTransferIndication& i) {
                if (is_from_top(source, "ConferenceTransferIndication")) on(i);
            },
            [&](const RosterUpdateIndication& i) { on(i, source); },
            [&](const ApplicationInvokeIndication& i) { on(i, from); },
            [&](const RegistryMonitorEntryIndication& i) {
                if (is_from_top(source, "RegistryMonitorEntryIndication")) emit(RegistryChanged{i});
            },
            [&](const ConductorAssignIndication& i) { on(i, source); },
            [&](const ConductorReleaseIndication& i) { on(i, source); },
            [&](const ConductorPermissionAskIndication& i) { on(i, source); },
            [&](const ConductorPermissionGrantIndication& i) { on(i, source); },
            [&](const ConferenceTimeRemainingIndication& i) { on(i, source); },
            [&](const ConferenceTimeInquireIndication& i) { on(i, source); },
            [&](const ConferenceTimeExtendIndication& i) { on(i, source); },
            [&](const ConferenceAssistanceIndication& i) {
                emit(Assistance{from, i.user_data});
            },
            [&](const TextMessageIndication& i) {
                emit(TextMessage{from, i.message, source.to_all});
            },
            [&](const NonStandardIndication& i) {
                see_key(i.value.data.key, from);
                emit(NonStandardReceived{from, NonStandardReceived::Kind::indication, i.value.data, source.to_all});
            },
            [&](const asn1::UnknownAlternative&) { report(from, "T.124 §6", "indication of a later edition"); }},
        indication);
}

void Conference::see_key(const Key& key, UserId node) {
    if (keys_seen_.size() >= limits_.max_keys_reported || !keys_seen_.insert(key).second) return;
    emit(KeySeen{key, node});
}

}  // namespace convene::gcc
