#include "server/door_records.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "base/json_line.hpp"
#include "server/json_fields.hpp"

namespace convene::server {

using nlohmann::json;

namespace {

json object_from(std::string_view text) {
    json out = json::parse(text, nullptr, false);
    return out.is_object() ? out : json::object();
}

}  // namespace

std::string rules_text(const admission::DoorRules& rules) {
    return json_line(
        json({{"waitingRoom", rules.waiting_room}, {"defaultRight", admission::to_text(rules.default_right)}}));
}

admission::DoorRules rules_from(std::string_view text, admission::DoorRules rules) {
    const json object = object_from(text);
    rules.waiting_room = bool_in(object, "waitingRoom").value_or(rules.waiting_room);
    const auto right = admission::right_from(text_in(object, "defaultRight").value_or(""));
    if (right && *right != admission::Right::moderate) rules.default_right = *right;
    return rules;
}

json to_json(const admission::Invitation& invitation) {
    json out{{"id", invitation.id},
             {"right", admission::to_text(invitation.right)},
             {"owner", invitation.is_owner},
             {"uses", invitation.uses},
             {"note", invitation.note},
             {"revoked", invitation.revoked},
             {"created", invitation.created.value}};
    if (invitation.expires) out["expires"] = invitation.expires->value;
    if (invitation.uses_left) out["usesLeft"] = *invitation.uses_left;
    return out;
}

std::string invitation_text(const admission::Invitation& invitation) {
    json out = to_json(invitation);
    out["digest"] = to_hex(invitation.digest);
    return json_line(out);
}

std::optional<admission::Invitation> invitation_from(std::string_view text) {
    const json object = object_from(text);
    const auto id = text_in(object, "id");
    const auto digest = from_hex(text_in(object, "digest").value_or(""));
    const auto right = admission::right_from(text_in(object, "right").value_or(""));
    if (!id || !digest || digest->size() != kSha256Octets || !right) return std::nullopt;
    admission::Invitation out;
    out.id = *id;
    std::copy(digest->begin(), digest->end(), out.digest.begin());
    out.right = *right;
    out.is_owner = bool_in(object, "owner").value_or(false);
    out.uses = number_in(object, "uses").value_or(0);
    out.uses_left = number_in(object, "usesLeft");
    out.note = text_in(object, "note").value_or("");
    out.revoked = bool_in(object, "revoked").value_or(false);
    out.created.value = static_cast<std::int64_t>(number_in(object, "created").value_or(0));
    if (const auto expires = number_in(object, "expires"))
        out.expires = admission::UnixMs{static_cast<std::int64_t>(*expires)};
    return out;
}

std::string created_text(const CreatedConference& created) {
    return json_line(json({{"name", created.name},
                           {"number", created.number},
                           {"description", created.description},
                           {"password", created.password},
                           {"listed", created.listed}}));
}

std::optional<CreatedConference> created_from(std::string_view text) {
    const json object = object_from(text);
    const auto name = text_in(object, "name"), number = text_in(object, "number");
    if (!name || name->empty() || !number || number->empty()) return std::nullopt;
    return CreatedConference{*name, *number, text_in(object, "description").value_or(""),
                             text_in(object, "password").value_or(""), bool_in(object, "listed").value_or(true)};
}

}  // namespace convene::server
