// What administrators can ask of the memory of conferences; see admin_commands.cpp.
#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

#include "gcc/names.hpp"
#include "server/server.hpp"

namespace convene::server {

using nlohmann::json;

namespace {

json memory_failure(const std::string& why) { return {{"ok", false}, {"error", why}}; }

constexpr const char* kNoMemory = "this server remembers nothing: start it with --data";

std::string string_in(const json& request, const char* key) {
    const auto found = request.find(key);
    return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

store::Executor Server::to_front() { return io::LanePost::executor(post_); }

void Server::add_kept(json& list) const {
    if (!memory_) return;
    const auto kept = memory_->store().conferences();
    if (!kept) return;
    for (const auto& record : *kept) {
        const auto running = shared_.directory.find(record.name);
        if (running && running->is_permanent) continue;
        json line = Memory::describe(record);
        line["running"] = false;
        list.push_back(std::move(line));
    }
}

void Server::describe_memory(const json& request, Reply reply) {
    if (!memory_) return reply(memory_failure(kNoMemory));
    const std::string name = string_in(request, "conference");
    const auto running = shared_.directory.find(name);
    if (running && running->is_permanent)
        return with_host(request, reply, [](ConferenceHost& host) { return host.memory(); });
    const auto id = memory_->store().find_conference(name);
    if (!id) return reply(memory_failure("nothing is remembered of a conference \"" + name + "\""));
    const auto record = memory_->store().conference(*id);
    if (!record) return reply(memory_failure(record.error().message));
    json out = Memory::describe(*record);
    out["ok"] = true;
    out["running"] = false;
    reply(out);
}

void Server::export_memory(const json& request, Reply reply) {
    if (!memory_) return reply(memory_failure(kNoMemory));
    const std::string name = string_in(request, "conference"), folder = string_in(request, "folder");
    if (!folder.starts_with('/')) return reply(memory_failure("\"folder\" must be an absolute path"));
    const auto running = shared_.directory.find(name);
    const auto id = memory_->store().find_conference(
        running && running->is_permanent ? gcc::to_string(running->entry.profile.name) : name);
    if (!id) return reply(memory_failure("nothing is remembered of a conference \"" + name + "\""));
    memory_->store()
        .export_conference(*id, folder)
        .then(to_front(), [reply, folder](const store::Result<store::ExportReport>& report) {
            if (!report) return reply(memory_failure(report.error().message));
            reply({{"ok", true},
                   {"folder", folder},
                   {"entries", report->entries},
                   {"files", report->files},
                   {"octets", report->octets}});
        });
}

void Server::back_up_memory(const json& request, Reply reply) {
    if (!memory_) return reply(memory_failure(kNoMemory));
    const std::string folder = string_in(request, "folder");
    if (!folder.starts_with('/')) return reply(memory_failure("\"folder\" must be an absolute path"));
    memory_->store().back_up(folder).then(to_front(),
                                          [reply, folder](const store::Result<store::BackupReport>& report) {
                                              if (!report) return reply(memory_failure(report.error().message));
                                              reply({{"ok", true},
                                                     {"folder", folder},
                                                     {"database_octets", report->database_octets},
                                                     {"files_linked", report->blobs_linked},
                                                     {"files_copied", report->blobs_copied},
                                                     {"file_octets", report->blob_octets}});
                                          });
}

void Server::forget_memory(const json& request, Reply reply) {
    if (!memory_) return reply(memory_failure(kNoMemory));
    const std::string name = string_in(request, "conference");
    const auto running = shared_.directory.find(name);
    const auto answer = [reply](const std::optional<std::string>& problem) {
        reply(problem ? memory_failure(*problem) : json{{"ok", true}});
    };
    if (!running || !running->is_permanent) {
        const auto id = memory_->store().find_conference(name);
        if (!id) return reply(memory_failure("nothing is remembered of a conference \"" + name + "\""));
        memory_->store().delete_conference(*id).then(
            to_front(), [answer](const store::Result<store::Removed>& removed) {
                answer(removed ? std::nullopt : std::optional(removed.error().message));
            });
        return;
    }
    // One that was created to stay does not begin anew.
    const auto settings = memory_->settings();
    if (const auto found = settings.find(gcc::to_string(running->entry.profile.name)); found != settings.end())
        for (const auto& setting : found->second)
            if (setting.key == kCreatedKey) forgotten_.insert(found->first);
    workers_[running->worker]->with_conference(running->id, [post = to_front(), answer](ConferenceHost* host) {
        if (host == nullptr) return post([answer] { answer("the conference has just ended"); });
        host->forget([post, answer](std::optional<std::string> problem) {
            post([answer, problem = std::move(problem)] { answer(problem); });
        });
    });
}

}  // namespace convene::server
