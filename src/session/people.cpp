#include "session/people.hpp"

#include <utility>

#include "chat/entity.hpp"
#include "files/entity.hpp"
#include "gcc/names.hpp"
#include "gcc/protocol_key.hpp"
#include "node/hand.hpp"
#include "whiteboard/protocol.hpp"

namespace convene::session {
namespace {

bool is_enrolled(const gcc::ApplicationRosterCopy& rosters, const gcc::Key& protocol, mcs::UserId node) {
    for (const auto& [session, roster] : rosters.sessions()) {
        if (!gcc::same_protocol(session.application_protocol_key, protocol)) continue;
        const auto found = roster.entities.lower_bound(gcc::Entity{node, {}});
        if (found != roster.entities.end() && found->first.node == node) return true;
    }
    return false;
}

}  // namespace

void People::write(JsonWriter& out, const node::Node& node, mcs::UserId id, const gcc::NodeRecord& record,
                   bool remembers) {
    const gcc::Conference& conference = *node.conference();
    const auto& applications = conference.roster().applications;
    const bool is_top = !record.superior_node;
    out.begin_object().member("node", id.value).member("name", node.name_of(id));
    out.member("isSelf", conference.self() == id).member("isServer", is_top);
    out.member("isConvener", conference.convener() == id);
    out.member("isConductor", conference.conductor().is_conductor(id));
    out.name("applications").begin_array();
    if (is_enrolled(applications, chat::chat_protocol_key(), id)) out.value("chat");
    if (is_enrolled(applications, whiteboard::whiteboard_protocol_key(), id)) out.value("whiteboard");
    if (is_enrolled(applications, files::file_protocol_key(), id)) out.value("files");
    if (is_top && remembers) out.value("memory");
    out.end_array().member("handRaised", node::has_raised_hand(record)).end_object();
}

void People::tell(const node::Node& node, bool remembers) {
    const auto* conference = node.conference();
    if (conference == nullptr || !conference->roster().nodes.is_complete()) return;
    std::map<mcs::UserId, std::string> now;
    for (const auto& [id, record] : conference->roster().nodes.nodes()) {
        JsonWriter out;
        write(out, node, id, record, remembers);
        now.emplace(id, out.take());
    }
    if (now == told_) return;
    JsonWriter roster = event("roster");
    roster.name("people").begin_array();
    for (const auto& [id, person] : now) roster.raw(person);
    outlet_.tell(roster.end_array());
    // Who was there before is no news.
    if (std::exchange(is_complete_, true)) {
        for (const auto& [id, person] : now) {
            if (told_.count(id) != 0) continue;
            JsonWriter out = event("joined");
            outlet_.tell(out.name("person").raw(person));
        }
        for (const auto& [id, person] : told_) {
            if (now.count(id) != 0) continue;
            JsonWriter out = event("gone");
            outlet_.tell(out.name("person").raw(person));
        }
    }
    told_ = std::move(now);
}

void People::forget() {
    told_.clear();
    is_complete_ = false;
}

}  // namespace convene::session
