#include "gcc/conference.hpp"

namespace convene::gcc {

template <class Request>
void Conference::on_registry(const Request& request, UserId from) {
    see_key(request.key.session_key.application_protocol_key, from);
    const bool is_enrolled = rosters_.applications.has(request.key.session_key, Entity{from, request.entity_id});
    RegistryAnswer answer = registry_.answer(RegistryRequester{from, is_enrolled}, request);
    respond(from, std::move(answer.response));
    if (answer.broadcast) broadcast(std::move(*answer.broadcast));
}
template void Conference::on_registry(const RegistryRegisterChannelRequest&, UserId);
template void Conference::on_registry(const RegistryAssignTokenRequest&, UserId);
template void Conference::on_registry(const RegistrySetParameterRequest&, UserId);
template void Conference::on_registry(const RegistryRetrieveEntryRequest&, UserId);
template void Conference::on_registry(const RegistryDeleteEntryRequest&, UserId);
template void Conference::on_registry(const RegistryMonitorEntryRequest&, UserId);

void Conference::broadcast_all(std::vector<RegistryMonitorEntryIndication> changes) {
    for (auto& change : changes) broadcast(std::move(change));
}

/// Before a broadcast: entities that it takes out of a session own nothing there any more.
void Conference::settle_registry(const RosterUpdateIndication& next) {
    for (const SessionKey& ended : rosters_.applications.take_ended()) broadcast_all(registry_.on_session_ended(ended));
    for (const ApplicationInformation& session : next.application_information) {
        const auto unenrolled = [&](const Entity& entity) {
            broadcast_all(registry_.on_unenrolled(entity, session.session_key));
        };
        if (const auto* updates = std::get_if<std::vector<ApplicationUpdate>>(&session.application_record_list)) {
            for (const ApplicationUpdate& update : *updates)
                if (std::holds_alternative<RemoveRecord>(update.application_update))
                    unenrolled({update.node_id, update.entity_id});
        } else if (const SessionRoster* before = copies_.applications.find(session.session_key)) {
            for (const auto& [entity, record] : before->entities)
                if (!rosters_.applications.has(session.session_key, entity)) unenrolled(entity);
        }
    }
}

void Conference::request(const RegistryRegisterChannelRequest& request, Instant now) { ask_top(request, now); }

void Conference::request(const RegistryAssignTokenRequest& request, Instant now) { ask_top(request, now); }

void Conference::request(const RegistrySetParameterRequest& request, Instant now) { ask_top(request, now); }

void Conference::request(const RegistryRetrieveEntryRequest& request, Instant now) { ask_top(request, now); }

void Conference::request(const RegistryDeleteEntryRequest& request, Instant now) { ask_top(request, now); }

void Conference::request(const RegistryMonitorEntryRequest& request, Instant now) { ask_top(request, now); }

void Conference::request(const RegistryAllocateHandleRequest& request, Instant now) { ask_top(request, now); }

}  // namespace convene::gcc
