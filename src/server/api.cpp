// The routes, and the lobby.
#include "server/api.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "admission/person_name.hpp"
#include "server/api_answers.hpp"
#include "server/api_document.hpp"
#include "server/settings_table.hpp"

namespace convene::server {

using admission::Refusal;
using http::Method;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxConferenceName = 64;       // code units of the name, as it stands in links
constexpr std::size_t kMaxDescription = 255;         // T.124 TextString
constexpr std::size_t kMaxPassword = 255;            // the same
constexpr std::string_view kNotInNames = "/\\~#?%";  // they would need care in links and commands

json line_of(const ConferenceStatus& status, Doors& doors) {
    const auto& profile = status.entry.profile;
    return {{"name", name_of(status)},
            {"number", profile.name.numeric},
            {"description", profile.description ? gcc::to_utf8(*profile.description) : ""},
            {"participants", status.participants},
            {"needsPassword", profile.password.has_value()},
            {"locked", profile.locked},
            {"waitingRoom", doors.has_waiting_room(status.id)},
            {"permanent", status.is_permanent}};
}

bool is_conference_name(const std::string& name) {
    const auto clean = admission::person_name(name);
    return clean && *clean == name && gcc::to_bmp(name).size() <= kMaxConferenceName &&
           name.find_first_of(kNotInNames) == std::string::npos;
}

}  // namespace

std::span<const Api::Route> Api::routes() {
    static constexpr std::array kRoutes{
        Route{Method::get, "/api/v1/openapi.json", &Api::document},
        Route{Method::get, "/api/v1/server", &Api::server_info},
        Route{Method::get, "/api/v1/conferences", &Api::conferences},
        Route{Method::post, "/api/v1/conferences", &Api::create},
        Route{Method::get, "/api/v1/conferences/{name}", &Api::conference},
        Route{Method::patch, "/api/v1/conferences/{name}", &Api::change_conference},
        Route{Method::remove, "/api/v1/conferences/{name}", &Api::end},
        Route{Method::post, "/api/v1/conferences/{name}/entries", &Api::enter},
        Route{Method::post, "/api/v1/conferences/{name}/waiting/{id}/admit", &Api::admit},
        Route{Method::remove, "/api/v1/conferences/{name}/waiting/{id}", &Api::turn_away},
        Route{Method::patch, "/api/v1/conferences/{name}/nodes/{node}", &Api::change_node},
        Route{Method::remove, "/api/v1/conferences/{name}/nodes/{node}", &Api::eject},
        Route{Method::get, "/api/v1/conferences/{name}/invitations", &Api::invitations},
        Route{Method::post, "/api/v1/conferences/{name}/invitations", &Api::invite},
        Route{Method::remove, "/api/v1/conferences/{name}/invitations/{id}", &Api::revoke},
        Route{Method::get, "/api/v1/entries/{id}", &Api::look},
        Route{Method::remove, "/api/v1/entries/{id}", &Api::leave},
        Route{Method::get, "/api/v1/entries/{id}/events", &Api::events},
        Route{Method::post, "/api/v1/entries/{id}/ticket", &Api::ticket},
        Route{Method::get, "/api/v1/admin/status", &Api::admin_status},
        Route{Method::get, "/api/v1/admin/settings", &Api::admin_settings},
        Route{Method::get, "/api/v1/admin/seen", &Api::admin_seen},
        Route{Method::post, "/api/v1/admin/reload", &Api::admin_reload},
        Route{Method::get, "/api/v1/admin/conferences", &Api::admin_conferences},
        Route{Method::remove, "/api/v1/admin/conferences/{name}", &Api::admin_close},
        Route{Method::patch, "/api/v1/admin/conferences/{name}", &Api::admin_lock},
        Route{Method::get, "/api/v1/admin/conferences/{name}/nodes", &Api::admin_participants},
        Route{Method::remove, "/api/v1/admin/conferences/{name}/nodes/{node}", &Api::admin_eject},
        Route{Method::get, "/api/v1/admin/conferences/{name}/memory", &Api::admin_memory},
        Route{Method::post, "/api/v1/admin/conferences/{name}/export", &Api::admin_export},
        Route{Method::post, "/api/v1/admin/conferences/{name}/capture", &Api::admin_capture},
        Route{Method::get, "/api/v1/admin/conferences/{name}/invitations", &Api::admin_invitations},
        Route{Method::post, "/api/v1/admin/conferences/{name}/invitations", &Api::admin_invite},
        Route{Method::remove, "/api/v1/admin/conferences/{name}/invitations/{id}", &Api::admin_revoke},
    };
    return kRoutes;
}

Api::Api(Server& server, AdminToken token)
    : server_(server), doors_(server.doors()), token_(std::move(token)), made_({kMadeAtOnce, kMadeAgain}) {}

void Api::add_to(http::Router& router) {
    for (const Route& route : routes())
        router.add(route.method, route.pattern, [this, handler = route.handler](Request request, Responder responder) {
            (this->*handler)(request, std::move(responder));
        });
}

// --- what handlers begin with ---

std::optional<ConferenceStatus> Api::named(const Request& request, const Responder& responder) {
    auto status = server_.shared().directory.find(request.segment("name"));
    if (!status) responder(refused(Refusal::not_found, "There is no conference of that name."));
    return status;
}

std::optional<Doors::Person> Api::person(const Request& request, const Responder& responder) {
    auto person = doors_.person(request.bearer);
    if (person && person->entry == request.segment("id")) return *person;
    responder(refused(Refusal::unauthorized));
    return std::nullopt;
}

// --- the lobby ---

void Api::document(Request&, Responder responder) {
    http::Response out;
    out.content_type = "application/json";
    out.kept_body = api_document();
    responder(std::move(out));
}

void Api::server_info(Request&, Responder responder) {
    const auto settings = server_.shared().settings.get();
    responder(http::json_response(200, {{"product", "convene"},
                                        {"version", CONVENE_VERSION},
                                        {"create", settings->policy},
                                        {"nodeName", settings->node_name}}));
}

void Api::conferences(Request&, Responder responder) {
    json list = json::array();
    for (const auto& status : server_.shared().directory.list())
        if (status.entry.profile.listed) list.push_back(line_of(status, doors_));
    responder(http::json_response(200, {{"conferences", list}}));
}

void Api::conference(Request& request, Responder responder) {
    if (const auto status = named(request, responder)) responder(http::json_response(200, line_of(*status, doors_)));
}

void Api::create(Request& request, Responder responder) {
    ApiBody body(request, {"name", "description", "password", "listed", "waitingRoom", "defaultRight", "keep"});
    Server::MakeWish wish;
    wish.conference.name = body.text("name", "");
    wish.conference.description = body.text("description", "");
    wish.conference.password = body.text("password", "");
    wish.conference.listed = body.flag("listed").value_or(true);
    wish.waiting_room = body.flag("waitingRoom").value_or(false);
    wish.stays = body.flag("keep").value_or(false);
    if (const auto word = body.text("defaultRight")) {
        wish.default_right = admission::right_from(*word);
        if (!wish.default_right || *wish.default_right == admission::Right::moderate)
            body.is_wrong("\"defaultRight\" must be view or draw");
    }
    if (!is_conference_name(wish.conference.name))
        body.is_wrong("\"name\" must have 1 to 64 characters, no blanks around them and none of / \\ ~ # ? %");
    if (wish.conference.description.size() > kMaxDescription) body.is_wrong("\"description\" is too long");
    if (wish.conference.password.size() > kMaxPassword) body.is_wrong("\"password\" is too long");
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    const bool by_admin = is_admin(request);
    if (wish.stays && !by_admin)
        return responder(refused(Refusal::forbidden, "Only an administrator makes conferences that stay."));
    if (!by_admin) {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (!made_.may_try(request.source, now)) return responder(refused(Refusal::too_many));
        made_.failed(request.source, now);  // each costs one
    }
    wish.is_admin = by_admin;
    const auto made = server_.make_conference(wish);
    if (!made) return responder(refused(made.error()));
    responder(http::json_response(201, {{"name", made->name}, {"owner", made->owner}}));
}

}  // namespace convene::server
