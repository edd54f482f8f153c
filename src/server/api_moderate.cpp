// What moderators do, with the token of their entry.
#include <nlohmann/json.hpp>
#include <utility>

#include "admission/person_name.hpp"
#include "server/api.hpp"
#include "server/api_answers.hpp"
#include "server/door_records.hpp"

namespace convene::server {

using admission::Door;
using admission::Moment;
using admission::Refusal;
using nlohmann::json;

namespace {

json with_secret(const admission::NewInvitation& made) {
    json out = to_json(made.invitation);
    out["secret"] = made.secret;
    return out;
}

}  // namespace

/// A token counts in its own conference alone.
std::optional<Api::Moderator> Api::moderator(const Request& request, const Responder& responder) {
    const auto who = doors_.person(request.bearer);
    if (!who) {
        responder(refused(Refusal::unauthorized));
        return std::nullopt;
    }
    const auto status = named(request, responder);
    if (!status) return std::nullopt;
    if (status->id != who->conference) {
        responder(refused(Refusal::forbidden, "The token is for another conference."));
        return std::nullopt;
    }
    return Moderator{who->conference, who->entry};
}

void Api::act(const Moderator& moderator, Responder responder,
              const std::function<Doors::Done(Door&, const Moment&)>& what) {
    const auto done = doors_.act(moderator.conference, what);
    responder(done ? nothing_more() : refused(done.error()));
}

void Api::admit(Request& request, Responder responder) {
    const auto by = moderator(request, responder);
    if (!by) return;
    const std::string id(request.segment("id"));
    act(*by, std::move(responder), [&](Door& door, const Moment& now) { return door.admit(by->entry, id, now); });
}

void Api::turn_away(Request& request, Responder responder) {
    const auto by = moderator(request, responder);
    if (!by) return;
    const std::string id(request.segment("id"));
    act(*by, std::move(responder), [&](Door& door, const Moment& now) { return door.turn_away(by->entry, id, now); });
}

void Api::change_conference(Request& request, Responder responder) {
    ApiBody body(request, {"locked", "waitingRoom", "defaultRight"});
    const auto locked = body.flag("locked");
    const auto waiting_room = body.flag("waitingRoom");
    std::optional<admission::Right> right;
    if (const auto word = body.text("defaultRight")) {
        right = admission::right_from(*word);
        if (!right || *right == admission::Right::moderate) body.is_wrong("\"defaultRight\" must be view or draw");
    }
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    const auto by = moderator(request, responder);
    if (!by) return;
    const auto done = doors_.act(by->conference, [&](Door& door, const Moment&) -> Doors::Done {
        CONVENE_TRY(may, door.may_moderate(by->entry));
        if (waiting_room) static_cast<void>(door.set_waiting_room(by->entry, *waiting_room));
        if (right) static_cast<void>(door.set_default_right(by->entry, *right));
        return may;
    });
    if (!done) return responder(refused(done.error()));
    if (!locked) return responder(nothing_more());
    // The lock is the conference's own: everybody in it is told, and the door learns of it from there.
    server_.with_host(by->conference, [this, responder, is_locked = *locked](ConferenceHost* host) {
        if (host != nullptr) host->set_locked(is_locked);
        server_.post([responder, is_here = host != nullptr] {
            responder(is_here ? nothing_more() : refused(Refusal::not_found));
        });
    });
}

void Api::end(Request& request, Responder responder) {
    const auto by = moderator(request, responder);
    if (!by) return;
    const auto may =
        doors_.act(by->conference, [&](Door& door, const Moment&) { return door.may_moderate(by->entry); });
    if (!may) return responder(refused(may.error()));
    responder(nothing_more());
    server_.with_host(by->conference, [](ConferenceHost* host) {
        if (host != nullptr) host->end();
    });
}

void Api::change_node(Request& request, Responder responder) {
    ApiBody body(request, {"right", "name"});
    std::optional<admission::Right> right;
    if (const auto word = body.text("right")) {
        right = admission::right_from(*word);
        if (!right) body.is_wrong("\"right\" must be view, draw or moderate");
    }
    std::optional<std::string> name;
    if (const auto text = body.text("name")) {
        name = admission::person_name(*text);
        if (!name) body.is_wrong("\"name\" must be 1 to 255 octets of text in one line");
    }
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    const auto by = moderator(request, responder);
    if (!by) return;
    const auto node = node_in(request);
    if (!node) return responder(refused(Refusal::not_found, "There is no such node."));
    const auto done = doors_.act(by->conference, [&](Door& door, const Moment&) -> Doors::Done {
        CONVENE_TRY(may, door.may_touch(by->entry, *node));
        if (right) return door.set_right(by->entry, *node, *right);
        return may;
    });
    if (!done) return responder(refused(done.error()));
    if (!name) return responder(nothing_more());
    server_.with_host(by->conference, [this, responder, node = *node, name = *name](ConferenceHost* host) {
        const bool is_done = host != nullptr && host->rename(node, name);
        server_.post([responder, is_done] { responder(is_done ? nothing_more() : refused(Refusal::not_found)); });
    });
}

void Api::eject(Request& request, Responder responder) {
    const auto by = moderator(request, responder);
    if (!by) return;
    const auto node = node_in(request);
    if (!node) return responder(refused(Refusal::not_found, "There is no such node."));
    act(*by, std::move(responder), [&](Door& door, const Moment& now) { return door.eject(by->entry, *node, now); });
}

// --- invitations, for moderators and administrators alike ---

void Api::list_invitations(const Moderator& by, Responder responder) {
    json list = json::array();
    const auto done = doors_.act(by.conference, [&](Door& door, const Moment&) -> Doors::Done {
        CONVENE_TRY(may, door.may_moderate(by.entry));
        for (const auto& invitation : door.invitations().list()) list.push_back(to_json(invitation));
        return may;
    });
    responder(done ? http::json_response(200, {{"invitations", list}}) : refused(done.error()));
}

void Api::make_invitation(const Moderator& by, Request& request, Responder responder) {
    ApiBody body(request, {"right", "expiresInSeconds", "uses", "note", "owner"});
    admission::InvitationWish wish;
    const auto right = admission::right_from(body.text("right", "draw"));
    if (!right) body.is_wrong("\"right\" must be view, draw or moderate");
    wish.right = right.value_or(admission::Right::view);
    if (const auto seconds = body.number("expiresInSeconds"))
        wish.time = std::chrono::seconds(std::min<std::uint64_t>(*seconds, 1ULL << 32));
    wish.uses = body.number("uses");
    wish.note = body.text("note", "");
    wish.is_owner = body.flag("owner").value_or(false);
    if (wish.is_owner && !by.entry.empty()) body.is_wrong("only an administrator makes owners");
    if (!body.fault().empty()) return responder(refused(Refusal::invalid, body.fault()));
    json made;
    const auto done = doors_.act(by.conference, [&](Door& door, const Moment& now) -> Doors::Done {
        CONVENE_TRY(invitation, door.invite(by.entry, wish, now));
        made = with_secret(invitation);
        return std::monostate{};
    });
    if (done) return responder(http::json_response(201, made));
    if (done.error() == Refusal::invalid)
        return responder(refused(Refusal::invalid,
                                 "\"expiresInSeconds\" must be 1 second to ten years, \"uses\" 1 to "
                                 "1000000, \"note\" at most 200 octets."));
    responder(refused(done.error()));
}

void Api::invitations(Request& request, Responder responder) {
    if (const auto by = moderator(request, responder)) list_invitations(*by, std::move(responder));
}

void Api::invite(Request& request, Responder responder) {
    if (const auto by = moderator(request, responder)) make_invitation(*by, request, std::move(responder));
}

void Api::revoke(Request& request, Responder responder) {
    const auto by = moderator(request, responder);
    if (!by) return;
    const std::string id(request.segment("id"));
    const bool ejects = request.parameter("eject") == "true";
    act(*by, std::move(responder),
        [&](Door& door, const Moment& now) { return door.revoke(by->entry, id, ejects, now); });
}

}  // namespace convene::server
