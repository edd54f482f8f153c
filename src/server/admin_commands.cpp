// What administrators can ask of a running server. A request is {"command": NAME, …}; an answer has "ok", and "error"
// when that is false.
#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

#include "server/server.hpp"
#include "server/settings_table.hpp"
#include "server/wall_clock.hpp"

namespace convene::server {

using nlohmann::json;

namespace {

json failure(const std::string& why) { return {{"ok", false}, {"error", why}}; }

std::string text_of(const json& request, const char* key) {
    const auto found = request.find(key);
    return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> number_of(const json& request, const char* key) {
    const auto found = request.find(key);
    if (found == request.end() || !found->is_number_unsigned()) return std::nullopt;
    return found->get<std::uint64_t>();
}

}  // namespace

void Server::command(const json& request, Reply reply) {
    const std::string name = text_of(request, "command");
    const std::string conference = text_of(request, "conference");
    log_.info(LogEvent::admin_command, {{"command", name}, {"conf", conference}});
    if (name == "status") return reply(status());
    if (name == "conferences") return reply(conference_list());
    if (name == "seen") return reply(seen());
    if (name == "reload") {
        if (!reloader_) return reply(failure("this server has no configuration to reload"));
        const LoadedSettings loaded = reloader_();
        reload(loaded);
        json problems = json::array();
        for (const auto& problem : loaded.problems) problems.push_back(problem.where + ": " + problem.text);
        return reply(problems.empty() ? json{{"ok", true}}
                                      : json{{"ok", false}, {"error", "rejected"}, {"problems", problems}});
    }
    if (name == "participants")
        return with_host(request, reply, [](ConferenceHost& host) {
            return json{{"ok", true}, {"participants", host.participants()}};
        });
    if (name == "lock" || name == "unlock")
        return with_host(request, reply, [locked = name == "lock"](ConferenceHost& host) {
            host.set_locked(locked);
            return json{{"ok", true}};
        });
    if (name == "end")
        return with_host(request, reply, [](ConferenceHost& host) {
            host.end();
            return json{{"ok", true}};
        });
    if (name == "eject") return eject(request, reply);
    if (name == "settings") return reply(settings());
    if (name == "invite") return invite(request, reply);
    if (name == "invitations") return list_invitations(request, reply);
    if (name == "revoke") return revoke_invitation(request, reply);
    if (name == "capture") return capture(request, reply);
    if (name == "memory") return describe_memory(request, reply);
    if (name == "export") return export_memory(request, reply);
    if (name == "backup") return back_up_memory(request, reply);
    if (name == "forget") return forget_memory(request, reply);
    reply(failure("unknown command \"" + name +
                  "\"; there are status, conferences, participants, eject, lock, unlock, end, capture, seen, reload, "
                  "settings, memory, export, backup, forget, invite, invitations, revoke"));
}

/// By the door, so that whoever is put out cannot come back by the same entry.
void Server::eject(const json& request, Reply reply) {
    const auto user = number_of(request, "user");
    if (!user || *user > 65'535) return reply(failure("\"user\" must be the number of a participant"));
    const std::string name = text_of(request, "conference");
    const auto status = name.empty() ? std::nullopt : shared_.directory.find(name);
    if (!status) return reply(failure("there is no conference \"" + name + "\""));
    const auto done = doors_->act(status->id, [&](admission::Door& door, const admission::Moment& now) {
        return door.eject("", mcs::UserId{static_cast<std::uint16_t>(*user)}, now);
    });
    reply(done ? json{{"ok", true}} : failure("there is no such participant"));
}

/// Secrets stand in files, and here stand their names.
json Server::settings() const {
    const auto settings = shared_.settings.get();
    json out = json::object();
    for (const auto& row : settings_table())
        out[std::string(row.section)][std::string(row.name)] = value_text(row, *settings);
    return {{"ok", true}, {"settings", out}};
}

json Server::status() const {
    const auto up = std::chrono::steady_clock::now() - since_;
    json listening = json::array();
    for (const auto& endpoint : endpoints_) listening.push_back(io::to_text(endpoint));
    std::uint64_t users = 0;
    for (const auto& conference : shared_.directory.list()) users += conference.participants;
    json out{{"ok", true},
             {"listening", listening},
             {"uptime_seconds", std::chrono::duration_cast<std::chrono::seconds>(up).count()},
             {"workers", workers_.size()},
             {"conferences", shared_.directory.size()},
             {"participants", users},
             {"connections", shared_.counts.total()},
             {"connections_undecided", front_->undecided()},
             {"denied_pdus", shared_.denied.load()},
             {"too_slow", shared_.too_slow.load()},
             {"draining", shared_.draining.load()}};
    if (memory_) out["memory"] = memory_->status();
    return out;
}

json Server::conference_list() const {
    json list = json::array();
    for (const auto& status : shared_.directory.list()) {
        const auto& profile = status.entry.profile;
        list.push_back({{"conference", name_of(status)},
                        {"number", profile.name.numeric},
                        {"participants", status.participants},
                        {"max_users", status.max_users},
                        {"listed", profile.listed},
                        {"locked", profile.locked},
                        {"password", profile.password.has_value()},
                        {"permanent", status.is_permanent},
                        {"default", status.entry.is_default},
                        {"worker", status.worker},
                        {"running", true},
                        {"since", wall_seconds(status.since)}});
    }
    add_kept(list);
    return {{"ok", true}, {"conferences", list}};
}

json Server::seen() const {
    json list = json::array();
    for (const auto& application : shared_.seen.list())
        list.push_back({{"key", gcc::to_string(application.key)},
                        {"protocol", application.protocol.empty() ? "unknown" : application.protocol},
                        {"clause", "T.124 §8.3"},
                        {"conference", application.conference},
                        {"node", application.node},
                        {"times", application.times},
                        {"since", wall_seconds(application.since)}});
    return {{"ok", true}, {"applications", list}};
}

void Server::with_host(const json& request, Reply reply, std::function<json(ConferenceHost&)> use) {
    const std::string name = text_of(request, "conference");
    const auto status = name.empty() ? std::nullopt : shared_.directory.find(name);
    if (!status)
        return reply(
            failure(name.empty() ? "\"conference\" must name one" : "there is no conference \"" + name + "\""));
    workers_[status->worker]->with_conference(
        status->id, [this, reply, use = std::move(use), alive = std::weak_ptr(alive_)](ConferenceHost* host) {
            const json answer = host == nullptr ? failure("the conference has just ended") : use(*host);
            boost::asio::post(context_, [reply, answer, alive] {
                if (!alive.expired()) reply(answer);
            });
        });
}

void Server::capture(const json& request, Reply reply) {
    const auto on = request.find("on");
    if (on == request.end() || !on->is_boolean()) return reply(failure("\"on\" must be true or false"));
    const std::string directory = capture_directory();
    if (*on && directory.empty())
        return reply(failure("there is nowhere to write: start the server with --data or --capture"));
    const auto connection = number_of(request, "connection");
    const auto act = [on = on->get<bool>(), directory, connection](ConferenceHost& host) -> json {
        if (!on) return host.stop_capture(connection) ? json{{"ok", true}} : failure("nothing was being captured");
        const auto file = host.start_capture(directory, connection);
        return file ? json{{"ok", true}, {"file", *file}} : failure(file.error());
    };
    if (!connection) return with_host(request, reply, act);
    // A connection is known by its number alone: ask every worker.
    auto answer = std::make_shared<json>();  // written and read on this thread, carried by all questions
    auto left = std::make_shared<std::size_t>(workers_.size());
    for (auto& worker : workers_) {
        auto found = std::make_shared<json>();  // written on the worker's thread, then handed over
        worker->with_all(
            [act, connection, found](ConferenceHost& host) {
                if (host.has_connection(*connection)) *found = act(host);
            },
            [this, reply, answer, left, found, alive = std::weak_ptr(alive_)] {
                boost::asio::post(context_, [reply, answer, left, found, alive] {
                    if (alive.expired()) return;
                    if (!found->is_null()) *answer = *found;
                    if (--*left == 0)
                        reply(answer->is_null() ? failure("no participant has this connection") : *answer);
                });
            });
    }
}

}  // namespace convene::server
