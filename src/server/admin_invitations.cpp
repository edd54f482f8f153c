// Invitations, as administrators make them through the socket.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/door_records.hpp"
#include "server/json_fields.hpp"
#include "server/server.hpp"

namespace convene::server {

using nlohmann::json;

namespace {

json invitation_failure(const std::string& why) { return {{"ok", false}, {"error", why}}; }

}  // namespace

void Server::invite(const json& request, Reply reply) {
    const auto status = shared_.directory.find(text_in(request, "conference").value_or(""));
    if (!status) return reply(invitation_failure("there is no such conference"));
    const auto right = admission::right_from(text_in(request, "right").value_or("draw"));
    if (!right) return reply(invitation_failure("\"right\" is view, draw or moderate"));
    admission::InvitationWish wish;
    wish.right = *right;
    wish.is_owner = bool_in(request, "owner").value_or(false);
    if (const auto seconds = number_in(request, "expires_seconds"))
        wish.time = std::chrono::seconds(std::min<std::uint64_t>(*seconds, 1ULL << 32));
    wish.uses = number_in(request, "uses");
    wish.note = text_in(request, "note").value_or("");
    json out{{"ok", true}};
    const auto done = doors_->act(status->id, [&](admission::Door& door, const admission::Moment& now) -> Doors::Done {
        CONVENE_TRY(made, door.invite("", wish, now));
        out["invitation"] = to_json(made.invitation);
        out["secret"] = made.secret;
        out["path"] = "/c/" + name_of(*status) + "#" + made.secret;
        return std::monostate{};
    });
    if (!done) return reply(invitation_failure(std::string(admission::code_of(done.error()))));
    reply(out);
}

void Server::list_invitations(const json& request, Reply reply) {
    const auto status = shared_.directory.find(text_in(request, "conference").value_or(""));
    if (!status) return reply(invitation_failure("there is no such conference"));
    json list = json::array();
    static_cast<void>(doors_->act(status->id, [&](admission::Door& door, const admission::Moment&) -> Doors::Done {
        for (const auto& invitation : door.invitations().list()) list.push_back(to_json(invitation));
        return std::monostate{};
    }));
    reply({{"ok", true}, {"invitations", list}});
}

void Server::revoke_invitation(const json& request, Reply reply) {
    const auto status = shared_.directory.find(text_in(request, "conference").value_or(""));
    if (!status) return reply(invitation_failure("there is no such conference"));
    const auto done = doors_->act(status->id, [&](admission::Door& door, const admission::Moment& now) {
        return door.revoke("", text_in(request, "invitation").value_or(""), bool_in(request, "eject").value_or(false),
                           now);
    });
    reply(done ? json{{"ok", true}} : invitation_failure("there is no such invitation"));
}

}  // namespace convene::server
