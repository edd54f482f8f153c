#include "server/conference_memory.hpp"

#include <nlohmann/json.hpp>

#include "base/overloaded.hpp"
#include "gcc/names.hpp"
#include "io/random.hpp"
#include "netmeeting/whiteboard_extensions.hpp"
#include "server/memory_entries.hpp"

namespace convene::server {

void equip(node::NodeConfig& config, const Settings& settings) {
    whiteboard::EntityConfig whiteboard;
    whiteboard.limits = board_limits(settings);
    whiteboard.is_keeper = true;
    whiteboard.seed = io::random_number();
    whiteboard.extensions = netmeeting::whiteboard_extensions();
    config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(whiteboard));
    config.wants_history = false;
}

std::unique_ptr<ConferenceMemory> ConferenceMemory::open(io::Lane& lane, Shared& shared,
                                                         const ConferenceStatus& status) {
    // What somebody creates for an hour is nobody's business afterwards, least of all of whoever takes its name next.
    if (shared.memory == nullptr || !status.is_permanent) return nullptr;
    std::string name = gcc::to_string(status.entry.profile.name);
    const auto what = remembered(*shared.settings.get(), name);
    if (!what.any()) return nullptr;
    const auto id = shared.memory->find_or_make(name);
    if (!id) {
        shared.log.error(LogEvent::memory_trouble, {{"conf", name}, {"why", id.error()}});
        shared.memory->set_trouble(name + ": " + id.error());
        return nullptr;
    }
    return std::unique_ptr<ConferenceMemory>(new ConferenceMemory(lane, shared, std::move(name), *id, what));
}

ConferenceMemory::ConferenceMemory(io::Lane& lane, Shared& shared, std::string name, store::ConferenceId id,
                                   Remembered what)
    : lane_(lane),
      shared_(shared),
      name_(std::move(name)),
      id_(id),
      what_(what),
      post_(std::make_shared<io::LanePost>(lane.context())),
      timer_(lane.context()) {
    MemoryLogEvents& events = *this;
    log_ = std::make_unique<MemoryLog>(shared.memory->store(), id, io::LanePost::executor(post_), events);
}

ConferenceMemory::~ConferenceMemory() { post_->close(); }

bool ConferenceMemory::prepare(node::NodeConfig& config) {
    auto& store = shared_.memory->store();
    const auto settings = shared_.settings.get();
    const auto fail = [&](const std::string& why) {
        trouble("cannot be restored, and is not remembered until the next start: " + why);
        log_->stop();
        return false;
    };
    if (what_.chat) {
        chat_ = std::make_unique<ChatMemory>(
            *log_, [this] { return static_cast<std::size_t>(shared_.settings.get()->memory_history_lines); });
        if (const auto restored = chat_->restore(store, id_); !restored) return fail(restored.error());
        config.keeps_chat = true;
    }
    std::size_t pages = 0, objects = 0;
    if (what_.whiteboard) {
        whiteboard_ =
            std::make_unique<WhiteboardMemory>(store, id_, *log_, config.whiteboard, io::LanePost::executor(post_));
        const auto first = whiteboard_->restore(board_limits(*settings));
        if (!first) return fail(first.error());
        config.registry.first_handle = *first;
        config.keeps_whiteboard = true;
        pages = config.whiteboard->confirmed().pages().size();
        objects = config.whiteboard->confirmed().size();
        if (whiteboard_->unreadable() > 0)
            trouble(std::to_string(whiteboard_->unreadable()) + " changes of the whiteboard cannot be read");
    }
    if (what_.files) {
        config.files.emplace();
        config.files->has_directory = true;
        config.files->max_file_size = settings->memory_file_size.value;
        const auto use = [this](const std::function<void(node::FilesDesk&, Instant)>& what) {
            auto* desk = runner_ == nullptr ? nullptr : runner_->node().files();
            if (desk == nullptr) return;
            what(*desk, io::NodeRunner::now());
            act();
        };
        shelf_ = std::make_unique<FileShelf>(store, id_, settings->memory_shelf_size.value,
                                             io::LanePost::executor(post_), shared_.log, name_, use);
    }
    const auto record = store.conference(id_);
    shared_.log.info(LogEvent::memory_restored, {{"conf", name_},
                                                 {"lines", chat_ ? chat_->size() : 0},
                                                 {"pages", pages},
                                                 {"objects", objects},
                                                 {"files", record && what_.files ? record->files : 0}});
    return true;
}

void ConferenceMemory::attach(io::NodeRunner& runner) {
    runner_ = &runner;
    next_round();
}

void ConferenceMemory::on_event(const node::Event& event) {
    if (runner_ == nullptr) return;
    std::visit(overloaded{[&](const node::ChatLine& line) {
                              if (chat_) chat_->on_line(line);
                          },
                          [&](const node::ChatNewcomer& newcomer) { tell_history(newcomer.user); },
                          [&](const node::WhiteboardTraffic& traffic) {
                              auto* desk = runner_->node().whiteboard();
                              if (whiteboard_ && desk != nullptr) {
                                  whiteboard_->on_traffic(traffic, desk->name_of(traffic.from));
                                  whiteboard_->tidy([desk](mcs::UserId user) { return desk->hears(user); });
                              }
                              settle_soon();
                          },
                          [&](const node::FilesEvent& files) { on_files(files); }, [](const auto&) {}},
               event);
}

void ConferenceMemory::on_files(const node::FilesEvent& event) {
    auto* desk = runner_->node().files();
    if (!shelf_ || desk == nullptr) return;
    const auto now = io::NodeRunner::now();
    shelf_->on_event(event, *desk, now);
    runner_->node().settle(now);
}

void ConferenceMemory::tell_history(mcs::UserId newcomer) {
    auto* desk = runner_->node().chat();
    if (!chat_ || desk == nullptr) return;
    const auto age = shared_.settings.get()->memory_retention.count();
    desk->tell_history(newcomer, chat_->history(age == 0 ? std::nullopt : std::optional<std::int64_t>(age)));
    runner_->node().settle(io::NodeRunner::now());
}

void ConferenceMemory::on_safe(const std::vector<DueReceipt>& receipts) {
    if (runner_ == nullptr) return;
    auto& node = runner_->node();
    for (const auto& receipt : receipts) {
        if (receipt.kind == kChatEntry && node.chat() != nullptr) node.chat()->acknowledge(receipt.to, receipt.count);
        auto* board = node.whiteboard();
        if (receipt.kind == kWhiteboardEntry && board != nullptr && receipt.to != board->entity().user())
            board->acknowledge(receipt.to, receipt.count);
    }
    act();
}

void ConferenceMemory::act() {
    runner_->node().settle(io::NodeRunner::now());
    runner_->act();
}

/// What need not be written down is confirmed once the input that brought it has been worked off.
void ConferenceMemory::settle_soon() {
    if (std::exchange(is_settling_, true)) return;
    post_->post([this, alive = std::weak_ptr(alive_)] {
        if (alive.expired()) return;
        is_settling_ = false;
        log_->settle();
    });
}

void ConferenceMemory::next_round() {
    timer_.expires_after(kMemoryRound);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (error || alive.expired()) return;
        const auto* conference = runner_->node().conference();
        if (whiteboard_ && conference != nullptr) whiteboard_->on_handles(conference->next_handle());
        rescue();
        next_round();
    });
}

/// A log that has lost something is made whole by a snapshot of the whiteboard; lines of chat stay lost.
bool ConferenceMemory::rescue() {
    if (!log_->is_behind() || log_->is_stopped()) return false;
    const auto now = io::NodeRunner::now();
    if (rescued_ && now < *rescued_ + kRescueRest) return false;
    rescued_ = now;
    if (whiteboard_)
        whiteboard_->take_snapshot(true);
    else
        log_->resume(kWhiteboardEntry);
    return true;
}

void ConferenceMemory::trouble(std::string_view why) {
    shared_.log.error(LogEvent::memory_trouble, {{"conf", name_}, {"why", why}});
    shared_.memory->set_trouble(name_ + ": " + std::string(why));
}

void ConferenceMemory::on_behind(store::StoreErrc why) {
    trouble("what happens is not remembered now: " + std::string(store::name(why)));
}

void ConferenceMemory::on_room() { rescue(); }

void ConferenceMemory::on_stopped(const std::string& why) { trouble("nothing is remembered any more: " + why); }

void ConferenceMemory::on_disk_full(const std::string& why) {
    trouble("what happens waits for space on the disk, and is not safe: " + why);
}

void ConferenceMemory::forget(std::function<void(std::optional<std::string>)> done) {
    log_->stop();
    shelf_.reset();
    shared_.memory->store().delete_conference(id_).then(
        io::LanePost::executor(post_),
        [alive = std::weak_ptr(alive_), done](const store::Result<store::Removed>& removed) {
            if (alive.expired()) return;
            done(removed ? std::nullopt : std::optional(removed.error().message));
        });
}

nlohmann::json ConferenceMemory::describe() const {
    const auto record = shared_.memory->store().conference(id_);
    if (!record) return {{"ok", false}, {"error", record.error().message}};
    auto out = Memory::describe(*record);
    out["ok"] = true;
    out["running"] = true;
    out["chat"] = what_.chat;
    out["whiteboard"] = what_.whiteboard;
    out["shelf"] = what_.files;
    if (log_->is_stopped() || log_->is_behind()) out["trouble"] = "what happens is not remembered now";
    return out;
}

}  // namespace convene::server
