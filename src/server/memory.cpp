#include "server/memory.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "server/memory_entries.hpp"
#include "server/memory_log.hpp"

namespace convene::server {

std::string memory_folder(const std::string& data_folder) { return data_folder + "/memory"; }

Remembered remembered(const Settings& settings, const std::string& conference) {
    if (settings.data.empty()) return {};
    Remembered out{settings.memory_chat, settings.memory_whiteboard, settings.memory_files};
    for (const auto& configured : settings.conferences) {
        if ((configured.name.empty() ? configured.number : configured.name) != conference) continue;
        out.chat = out.chat && configured.remember_chat;
        out.whiteboard = out.whiteboard && configured.remember_whiteboard;
        out.files = out.files && configured.remember_files;
    }
    return out;
}

store::StoreLimits store_limits(const Settings& settings) {
    store::StoreLimits limits;
    limits.durability = settings.memory_durability == "normal" ? store::Durability::normal : store::Durability::full;
    limits.conference_files = settings.memory_shelf_size.value;
    limits.total_files = settings.memory_shelf_total.value;
    limits.file_octets = settings.memory_file_size.value;
    return limits;
}

whiteboard::BoardLimits board_limits(const Settings& settings) {
    whiteboard::BoardLimits limits;
    limits.max_pages = settings.whiteboard_pages;
    limits.max_objects_per_page = settings.whiteboard_objects;
    limits.max_octets = settings.whiteboard_size.value;
    limits.max_picture_octets = std::min(limits.max_picture_octets, limits.max_octets);
    return limits;
}

Memory::Memory(Log& log, std::string folder, std::unique_ptr<store::Store> store)
    : log_(log), folder_(std::move(folder)), store_(std::move(store)) {}

Expected<std::unique_ptr<Memory>, std::string> Memory::open(Log& log, const Settings& settings) {
    const std::string folder = memory_folder(settings.data);
    auto opened = store::Store::open(folder, store_limits(settings));
    if (!opened) return make_unexpected("cannot open the memory in " + folder + ": " + opened.error().message);
    auto conferences = (*opened)->conferences();
    if (!conferences)
        return make_unexpected("cannot read the memory in " + folder + ": " + conferences.error().message);
    log.info(LogEvent::memory_opened, {{"folder", folder}, {"conferences", conferences->size()}});
    return std::unique_ptr<Memory>(new Memory(log, folder, std::move(*opened)));
}

Expected<store::ConferenceId, std::string> Memory::find_or_make(const std::string& conference) {
    if (const auto found = store_->find_conference(conference)) return *found;
    const auto made =
        store_->create_conference(store::NewConference{conference, unix_now(), store::kAllResidents}).wait();
    if (!made) return make_unexpected(made.error().message);
    return *made;
}

void Memory::keep(const std::string& conference, std::string key, std::string value) {
    const auto report = [&log = log_, conference](const store::Result<store::Done>& done) {
        if (!done) log.warning(LogEvent::memory_trouble, {{"conf", conference}, {"why", done.error().message}});
    };
    const auto id = find_or_make(conference);
    if (!id) return log_.warning(LogEvent::memory_trouble, {{"conf", conference}, {"why", id.error()}});
    auto written = value.empty() ? store_->remove_setting(*id, std::move(key))
                                 : store_->put_setting(*id, store::Setting{std::move(key), std::move(value)});
    written.then(store::on_this_thread(), report);
}

std::map<std::string, std::vector<store::Setting>> Memory::settings() {
    std::map<std::string, std::vector<store::Setting>> out;
    const auto conferences = store_->conferences();
    if (!conferences) return out;
    for (const auto& conference : *conferences) {
        auto settings = store_->settings(conference.id);
        if (settings && !settings->empty()) out.emplace(conference.name, std::move(*settings));
    }
    return out;
}

void Memory::clean(const Settings& settings) {
    if (settings.memory_retention.count() == 0) return;
    store::Retention policy;
    policy.entries_ms = settings.memory_retention.count();
    policy.files_ms = settings.memory_retention.count();
    policy.kinds = {kChatEntry};
    store_->apply_retention(policy, unix_now())
        .then(store::on_this_thread(), [&log = log_](store::Result<store::Removed> removed) {
            if (!removed) return log.warning(LogEvent::memory_trouble, {{"why", removed.error().message}});
            if (removed->entries + removed->files + removed->blobs == 0) return;
            log.info(LogEvent::memory_cleaned,
                     {{"entries", removed->entries}, {"files", removed->files}, {"octets", removed->blob_octets}});
        });
}

void Memory::set_trouble(std::string text) {
    const std::lock_guard lock(mutex_);
    trouble_ = std::move(text);
}

nlohmann::json Memory::describe(const store::ConferenceRecord& record) {
    return {{"conference", record.name},
            {"entries", record.entries},
            {"octets", record.octets},
            {"snapshot_octets", record.snapshot_octets},
            {"files", record.files},
            {"file_octets", record.file_octets},
            {"created", record.created.value / 1000},
            {"last_change", record.active.value / 1000}};
}

nlohmann::json Memory::status() const {
    const auto stats = store_->stats();
    nlohmann::json out{{"folder", folder_},
                       {"entries_written", stats.durable},
                       {"entries_waiting", stats.waiting_entries},
                       {"flushes", stats.groups},
                       {"refused", stats.refused_full + stats.refused_quota},
                       {"disk_full", stats.disk_full},
                       {"file_octets", stats.blob_octets}};
    std::string trouble;
    {
        const std::lock_guard lock(mutex_);
        trouble = trouble_;
    }
    if (stats.stopped)
        out["trouble"] =
            trouble.empty() ? "nothing is written any more: " + std::string(store::name(*stats.stopped)) : trouble;
    else if (!trouble.empty() && stats.waiting_entries > 0)
        out["trouble"] = trouble;
    return out;
}

}  // namespace convene::server
