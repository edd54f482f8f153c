// What administrators do, with the server's token: the same commands as through the socket.
#include <nlohmann/json.hpp>
#include <utility>

#include "server/api.hpp"
#include "server/api_answers.hpp"
#include "server/door_records.hpp"

namespace convene::server {

using admission::Refusal;
using nlohmann::json;

bool Api::is_admin(const Request& request) {
    if (request.bearer.empty()) return false;
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!wrong_tokens_.may_try(request.source, now)) return false;
    if (token_.fits(request.bearer)) return true;
    wrong_tokens_.failed(request.source, now);
    return false;
}

bool Api::may_administer(const Request& request, const Responder& responder) {
    if (is_admin(request)) return true;
    responder(refused(Refusal::unauthorized, "This needs the administrators' token."));
    return false;
}

void Api::command(json request, Responder responder) {
    server_.post([this, request = std::move(request), responder = std::move(responder)] {
        server_.command(request, [responder](json answer) {
            const bool is_done = answer.value("ok", false);
            answer.erase("ok");
            if (is_done) return responder(http::json_response(200, answer));
            const auto why = answer.find("error");
            const std::string detail = why != answer.end() && why->is_string() ? why->get<std::string>() : "refused";
            const bool is_missing = detail.rfind("there is no", 0) == 0;
            responder(refused(is_missing ? Refusal::not_found : Refusal::invalid, detail));
        });
    });
}

void Api::admin_status(Request& request, Responder responder) {
    if (may_administer(request, responder)) command({{"command", "status"}}, std::move(responder));
}

void Api::admin_settings(Request& request, Responder responder) {
    if (may_administer(request, responder)) command({{"command", "settings"}}, std::move(responder));
}

void Api::admin_seen(Request& request, Responder responder) {
    if (may_administer(request, responder)) command({{"command", "seen"}}, std::move(responder));
}

void Api::admin_reload(Request& request, Responder responder) {
    if (may_administer(request, responder)) command({{"command", "reload"}}, std::move(responder));
}

void Api::admin_conferences(Request& request, Responder responder) {
    if (may_administer(request, responder)) command({{"command", "conferences"}}, std::move(responder));
}

void Api::admin_participants(Request& request, Responder responder) {
    if (may_administer(request, responder))
        command({{"command", "participants"}, {"conference", request.segment("name")}}, std::move(responder));
}

void Api::admin_memory(Request& request, Responder responder) {
    if (may_administer(request, responder))
        command({{"command", "memory"}, {"conference", request.segment("name")}}, std::move(responder));
}

void Api::admin_export(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    ApiBody body(request, {"folder"});
    const auto folder = body.text("folder", "");
    if (folder.empty() || folder.front() != '/')
        body.is_wrong("\"folder\" must name a new folder on the server, from the root on");
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    command({{"command", "export"}, {"conference", request.segment("name")}, {"folder", folder}}, std::move(responder));
}

void Api::admin_close(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    const bool forgets = request.parameter("forget") == "true";
    command({{"command", forgets ? "forget" : "end"}, {"conference", request.segment("name")}}, std::move(responder));
}

void Api::admin_lock(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    ApiBody body(request, {"locked"});
    const auto locked = body.flag("locked");
    if (!locked) body.is_wrong("\"locked\" must be true or false");
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    command({{"command", *locked ? "lock" : "unlock"}, {"conference", request.segment("name")}}, std::move(responder));
}

void Api::admin_eject(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    const auto node = node_in(request);
    if (!node) return responder(refused(Refusal::not_found, "There is no such node."));
    command({{"command", "eject"}, {"conference", request.segment("name")}, {"user", node->value}},
            std::move(responder));
}

void Api::admin_capture(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    ApiBody body(request, {"on"});
    const auto on = body.flag("on");
    if (!on) body.is_wrong("\"on\" must be true or false");
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    command({{"command", "capture"}, {"conference", request.segment("name")}, {"on", *on}}, std::move(responder));
}

void Api::admin_invitations(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    if (const auto status = named(request, responder)) list_invitations({status->id, {}}, std::move(responder));
}

void Api::admin_invite(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    if (const auto status = named(request, responder)) make_invitation({status->id, {}}, request, std::move(responder));
}

void Api::admin_revoke(Request& request, Responder responder) {
    if (!may_administer(request, responder)) return;
    const auto status = named(request, responder);
    if (!status) return;
    const std::string id(request.segment("id"));
    const bool ejects = request.parameter("eject") == "true";
    act({status->id, {}}, std::move(responder),
        [&](admission::Door& door, const admission::Moment& now) { return door.revoke("", id, ejects, now); });
}

}  // namespace convene::server
