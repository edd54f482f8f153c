#include "cli/notice.hpp"

#include <algorithm>

#include "base/overloaded.hpp"
#include "cli/context.hpp"
#include "gcc/event_words.hpp"
#include "gcc/names.hpp"
#include "node/hand.hpp"

namespace convene::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string time_text(std::int64_t seconds) {
    if (seconds < 0) return "none";
    if (seconds < 60) return std::to_string(seconds) + " s";
    std::string out = std::to_string(seconds / 60) + " min";
    if (seconds % 60 != 0) out += " " + std::to_string(seconds % 60) + " s";
    return out;
}

const char* why_ended(gcc::Ended::Why why) {
    switch (why) {
        case gcc::Ended::Why::attach_failed:
            return "the conference is full";
        case gcc::Ended::Why::disconnected:
            return "the connection is gone";
        case gcc::Ended::Why::left:
            return "left";
        case gcc::Ended::Why::terminated:
            return "the conference was ended";
        case gcc::Ended::Why::ejected:
            return "ejected";
        case gcc::Ended::Why::emptied:
            return "nobody is left";
    }
    return "";
}

}  // namespace

Notice make_notice(std::string event, std::string text, Json members) {
    Notice out;
    out.json["event"] = std::move(event);
    for (auto it = members.begin(); it != members.end(); ++it) out.json[it.key()] = *it;
    out.text = std::move(text);
    return out;
}

std::string Narrator::name_of(mcs::UserId node) const {
    const auto found = names_.find(node);
    return found == names_.end() ? "node " + std::to_string(node.value) : found->second;
}

Notice Narrator::roster(const node::Node& node) const {
    Json nodes = Json::array();
    std::string text;
    if (const gcc::Conference* conference = node.conference()) {
        for (const auto& [id, record] : conference->roster().nodes.nodes()) {
            const std::string name = node.name_of(id);
            Json one{{"node", id.value}, {"name", name}};
            std::string line = "  " + std::to_string(id.value) + "  " + printable(name);
            if (record.site_information) {
                one["site"] = gcc::to_utf8(*record.site_information);
                line += ", " + printable(gcc::to_utf8(*record.site_information));
            }
            std::string marks;
            const auto mark = [&](bool set, const char* key, const char* word) {
                if (!set) return;
                one[key] = true;
                marks += (marks.empty() ? "" : ", ") + std::string(word);
            };
            mark(conference->self() == id, "self", "you");
            mark(conference->top() == id, "top", "host");
            mark(conference->convener() == id, "convener", "convener");
            mark(conference->conductor().conductor() == id, "conductor", "conductor");
            mark(node::has_raised_hand(record), "hand", "hand raised");
            if (!marks.empty()) line += " (" + marks + ")";
            nodes.push_back(std::move(one));
            text += (text.empty() ? "" : "\n") + line;
        }
    }
    return make_notice("roster", text.empty() ? "nobody is known yet" : text, {{"nodes", nodes}});
}

Notices Narrator::tell_roster(const gcc::RosterChanged& change, const node::Node& node) {
    Notices out;
    const gcc::Conference& conference = *node.conference();
    const bool first = !complete_ && conference.roster().nodes.is_complete();
    for (mcs::UserId id : change.nodes.added) {
        names_[id] = node.name_of(id);
        if (complete_ && conference.self() != id)
            out.push_back(
                make_notice("arrived", printable(names_[id]) + " is here", {{"node", id.value}, {"name", names_[id]}}));
    }
    for (mcs::UserId id : change.nodes.replaced) {
        const std::string before = name_of(id);
        names_[id] = node.name_of(id);
        if (before != names_[id])
            out.push_back(make_notice("renamed", printable(before) + " is now " + printable(names_[id]),
                                      {{"node", id.value}, {"name", names_[id]}, {"before", before}}));
    }
    for (mcs::UserId id : change.nodes.removed) {
        out.push_back(
            make_notice("left", printable(name_of(id)) + " has left", {{"node", id.value}, {"name", name_of(id)}}));
        names_.erase(id);
    }
    if (first) {
        complete_ = true;
        out.push_back(roster(node));
    }
    return out;
}

Notices Narrator::tell(const node::Event& event, const node::Node& node) {
    Notices out;
    const auto add = [&](std::string name, std::string text, Json members = Json::object()) {
        out.push_back(make_notice(std::move(name), std::move(text), std::move(members)));
    };
    const auto who = [&](mcs::UserId id) { return printable(node.name_of(id)); };
    const auto with = [&](mcs::UserId id) { return Json{{"node", id.value}, {"name", node.name_of(id)}}; };
    const auto on_gcc = overloaded{
        [&](const gcc::Joined& joined) {
            const auto& profile = node.conference()->profile();
            add("joined", "in conference " + printable(gcc::to_string(profile.name)),
                {{"node", joined.node.value},
                 {"conference", gcc::to_string(profile.name)},
                 {"locked", profile.locked}});
        },
        [&](const gcc::Ended& ended) {
            add("ended", why_ended(ended.why), {{"why", gcc::word_for(ended.why)}});
        },
        [&](const gcc::RosterChanged& change) { out = tell_roster(change, node); },
        [&](const gcc::LockChanged& lock) {
            add(lock.locked ? "locked" : "unlocked",
                lock.locked ? "the conference is locked" : "the conference is open");
        },
        [&](const gcc::Terminating&) { add("terminating", "the conference ends"); },
        [&](const gcc::Ejecting& ejecting) {
            add("ejecting", who(ejecting.node) + " is ejected", with(ejecting.node));
        },
        [&](const gcc::RequestAnswered& answered) {
            const RequestOutcome outcome = outcome_of(answered.response);
            add("answer", outcome.request + ": " + outcome.result,
                {{"request", outcome.request},
                 {"granted", outcome.code == ExitCode::fine},
                 {"result", outcome.result}});
        },
        [&](const gcc::ConductorChanged& changed) {
            if (changed.conductor)
                add("conductor", who(*changed.conductor) + " conducts", with(*changed.conductor));
            else
                add("conductor", "nobody conducts", {{"node", nullptr}});
        },
        [&](const gcc::ConductRefused&) {
            add("answer", "conductor: another conducts",
                {{"request", "conductor"}, {"granted", false}, {"result", "another conducts"}});
        },
        [&](const gcc::ConductorPleased& pleased) {
            add("conductor-wanted", who(pleased.node) + " asks to conduct: /conductor give NAME", with(pleased.node));
        },
        [&](const gcc::ConductorOffered& offered) {
            add("conductor-offered", who(offered.from) + " hands over to you: /conductor accept, or refuse",
                with(offered.from));
        },
        [&](const gcc::ConductorGiven& given) {
            add("answer", given.accepted ? "conductor: handed over" : "conductor: not accepted",
                {{"request", "give"}, {"granted", given.accepted}});
        },
        [&](const gcc::PermissionAsked& asked) {
            add("permission",
                who(asked.node) +
                    (asked.wants ? " asks for permission: /conductor grant NAME" : " gives back permission"),
                {{"node", asked.node.value}, {"name", node.name_of(asked.node)}, {"wants", asked.wants}});
        },
        [&](const gcc::TextMessage& message) {
            const std::string text = gcc::to_utf8(message.message);
            Json members = with(message.from);
            members["text"] = text;
            members["private"] = !message.to_all;
            add("text", who(message.from) + " announces: " + printable(text), members);
        },
        [&](const gcc::TimeRemaining& time) {
            Json members{{"seconds", time.seconds}, {"from", time.from.value}, {"name", node.name_of(time.from)}};
            if (time.node) members["node"] = time.node->value;
            add("time",
                who(time.from) + " says: time left" + (time.node ? " for " + who(*time.node) : std::string()) + ": " +
                    time_text(time.seconds),
                members);
        },
        [&](const gcc::TimeExtensionAsked& asked) {
            Json members = with(asked.from);
            members["seconds"] = asked.seconds;
            add("time-wanted", who(asked.from) + " asks for " + time_text(asked.seconds) + " more", members);
        },
        [&](const gcc::Assistance& asked) { add("assistance", who(asked.from) + " asks for help", with(asked.from)); },
        [&](const gcc::TransferOrdered& transfer) {
            const std::string name = gcc::to_string(transfer.order.conference_name);
            add("transfer", "asked to go to conference " + printable(name), {{"conference", name}});
        },
        [](const auto&) {}};
    std::visit(
        overloaded{[&](const node::ChatLine& line) {
                       Json members{{"name", line.name}, {"text", line.text}, {"private", line.is_private}};
                       if (line.node) members["node"] = line.node->value;
                       add("chat",
                           printable(line.name) + (line.is_private ? " (to you): " : ": ") + printable(line.text),
                           members);
                       out.back().is_chat = true;
                   },
                   [&](const node::ChatAttention& rang) {
                       if (rang.node) add("attention", who(*rang.node) + " asks for attention", with(*rang.node));
                   },
                   [&](const node::ChatSaved& saved) {
                       add("chat-saved", {}, {{"left", saved.left}});
                   },
                   [&](const node::ChatReady&) { add("ready", "what you type goes to everybody; /help lists more"); },
                   [&](const node::InviteAnswered& answer) {
                       add("answer", answer.accepted ? "invite: accepted" : "invite: not accepted",
                           {{"request", "invite"}, {"granted", answer.accepted}});
                   },
                   [&](const gcc::Event& inner) { std::visit(on_gcc, inner); }, [](const auto&) {}},
        event);
    return out;
}

}  // namespace convene::cli
