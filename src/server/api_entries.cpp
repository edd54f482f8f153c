// The way in: what people do for themselves.
#include <nlohmann/json.hpp>
#include <utility>

#include "server/api.hpp"
#include "server/api_answers.hpp"

namespace convene::server {

using admission::Refusal;
using nlohmann::json;

namespace {

/// Standings are text already.
http::Response with_standing(unsigned status, json members, const std::string& standing) {
    members["standing"] = json::parse(standing, nullptr, false);
    return http::json_response(status, members);
}

}  // namespace

void Api::enter(Request& request, Responder responder) {
    ApiBody body(request, {"name", "password", "invitation"});
    admission::Arrival arrival;
    arrival.name = body.text("name", "");
    arrival.password = body.text("password", "");
    arrival.invitation = body.text("invitation", "");
    arrival.source = request.source;
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    const auto status = named(request, responder);
    if (!status) return;
    if (server_.shared().draining) return responder(refused(Refusal::unavailable));
    const auto arrived = doors_.enter(status->id, arrival);
    if (!arrived) {
        if (arrived.error() == Refusal::invalid)
            return responder(refused(Refusal::invalid, "\"name\" must be 1 to 255 octets of text in one line."));
        if (arrived.error() == Refusal::not_found)
            return responder(refused(Refusal::not_found, "There is no such invitation."));
        return responder(refused(arrived.error()));
    }
    responder(with_standing(201,
                            {{"id", arrived->entry}, {"token", arrived->token}, {"conference", arrived->conference}},
                            arrived->standing));
}

void Api::look(Request& request, Responder responder) {
    const auto who = person(request, responder);
    if (!who) return;
    const auto look = doors_.look(*who);
    if (!look) return responder(refused(look.error()));
    responder(with_standing(200, {{"conference", look->conference}}, look->standing));
}

void Api::leave(Request& request, Responder responder) {
    const auto who = person(request, responder);
    if (!who) return;
    doors_.leave(*who);
    responder(nothing_more());
}

void Api::events(Request& request, Responder responder) {
    const auto who = person(request, responder);
    if (who) doors_.listen(*who, responder.open_events());
}

void Api::ticket(Request& request, Responder responder) {
    const auto who = person(request, responder);
    if (!who) return;
    const auto ticket = doors_.ticket(*who);
    if (!ticket) return responder(refused(ticket.error()));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(admission::kTicketTime).count();
    responder(http::json_response(200, {{"ticket", *ticket}, {"expiresInSeconds", seconds}}));
}

}  // namespace convene::server
