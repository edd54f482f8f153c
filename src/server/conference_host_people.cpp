// The people in a conference: who comes and goes, and what those who moderate do to them.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "server/conference_host.hpp"

namespace convene::server {

void ConferenceHost::on_roster() {
    auto& node = runner_.node();
    if (node.conference() == nullptr) return;
    const auto& roster = node.conference()->roster().nodes;
    for (auto user = users_.begin(); user != users_.end();) {
        if (roster.find(user->first) != nullptr) {
            ++user;
            continue;
        }
        shared_.log.info(LogEvent::user_left, {{"conf", name_},
                                               {"user", user->first.value},
                                               {"conn", user->second.connection},
                                               {"name", user->second.name}});
        shared_.doors->node_gone(status_.id, user->first);
        shared_.hooks.tell(HookEvent::left, name_, {user->first.value, user->second.name, user->second.entry});
        user = users_.erase(user);
    }
    for (const auto& [id, record] : roster.nodes()) {
        if (id == node.conference()->self()) continue;
        if (const auto known = users_.find(id); known != users_.end()) {
            std::string name = node.name_of(id);
            if (name == known->second.name) continue;
            shared_.doors->node_renamed(status_.id, id, name);
            known->second.name = std::move(name);
            continue;
        }
        user_joined(id);
    }
    rights_.on_roster();
    node.settle(io::NodeRunner::now());
    shared_.directory.set_participants(status_.id, users_.size());
    watch_emptiness();
}

void ConferenceHost::user_joined(mcs::UserId id) {
    auto& node = runner_.node();
    User user{node.name_of(id), 0, {}};
    auto right = admission::Right::draw;
    std::string source;
    const auto connection = node.domain().connection_of(id);
    const auto transport = connection ? node.links().transport_of(*connection) : std::nullopt;
    if (transport) {
        const auto peer = peers_.find(*transport);
        right = rights_.right_of(*transport);
        if (peer != peers_.end()) user.connection = peer->second.number;
        // Others below the same connection come without an entry of their own, and with no more than its right.
        const bool is_first = std::none_of(users_.begin(), users_.end(), [&](const auto& other) {
            return other.second.connection == user.connection;
        });
        if (is_first && peer != peers_.end()) {
            source = peer->second.ticket.source();
            if (peer->second.admission) user.entry = peer->second.admission->entry;
        }
    }
    shared_.log.info(LogEvent::user_joined,
                     {{"conf", name_}, {"user", id.value}, {"conn", user.connection}, {"name", user.name}});
    const bool is_convener = node.conference()->convener() == id;
    shared_.doors->node_joined(status_.id, id, user.entry, user.name, is_convener, right, source);
    shared_.hooks.tell(HookEvent::joined, name_, {id.value, user.name, user.entry});
    users_.emplace(id, std::move(user));
}

nlohmann::json ConferenceHost::participants() const {
    nlohmann::json out = nlohmann::json::array();
    for (const auto& [id, user] : users_) {
        nlohmann::json one{{"user", id.value}, {"name", user.name}, {"connection", user.connection}};
        for (const auto& [transport, peer] : peers_)
            if (peer.number == user.connection) one["address"] = shared_.log.address(peer.endpoint);
        out.push_back(std::move(one));
    }
    return out;
}

bool ConferenceHost::eject(std::uint16_t user) {
    auto& node = runner_.node();
    if (!users_.contains(mcs::UserId{user}) || node.conference() == nullptr) return false;
    const auto now = io::NodeRunner::now();
    node.conference()->force_eject(mcs::UserId{user}, shared_.settings.get()->eject_time, now);
    node.settle(now);
    runner_.act();
    return true;
}

void ConferenceHost::set_right(mcs::UserId id, admission::Right right) {
    auto& node = runner_.node();
    const auto connection = node.domain().connection_of(id);
    const auto transport = connection ? node.links().transport_of(*connection) : std::nullopt;
    if (!transport || node.conference() == nullptr) return;
    rights_.change(*transport, right);
    const auto conductor = node.conference()->conductor().conductor();
    if (right == admission::Right::view && conductor && node.domain().connection_of(*conductor) == connection) {
        // It has lost the token, but all others still take it for the conductor until somebody else is one.
        takes_the_chair_ = true;
        node.conference()->conduct();
    }
    node.settle(io::NodeRunner::now());
    runner_.act();
}

bool ConferenceHost::rename(mcs::UserId id, const std::string& name) {
    auto& node = runner_.node();
    const auto now = io::NodeRunner::now();
    if (node.conference() == nullptr || !users_.contains(id)) return false;
    const bool is_done = node.conference()->force_rename(id, gcc::to_bmp(name), now);
    node.settle(now);
    runner_.act();
    return is_done;
}

bool ConferenceHost::count_denied() {
    const auto denied = runner_.node().domain().denied();
    const auto more = denied - std::exchange(denied_, denied);
    shared_.denied += more;
    return more > 0;
}

void ConferenceHost::count_too_slow() {
    const mcs::FlowCounts& flow = runner_.node().domain().flow_counts();
    const auto all = std::accumulate(too_slow_.begin(), too_slow_.end(), flow.overflows + flow.too_slow);
    shared_.too_slow += all - std::exchange(counted_too_slow_, all);
}

void ConferenceHost::set_locked(bool locked) {
    auto& node = runner_.node();
    if (node.conference() == nullptr) return;
    node.conference()->force_lock(locked);
    node.settle(io::NodeRunner::now());
    runner_.act();
}

}  // namespace convene::server
