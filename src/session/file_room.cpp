#include "session/file_room.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace convene::session {
namespace {

constexpr std::array<std::string_view, 7> kStates{"offered", "waiting",  "running",  "done",
                                                  "failed",  "rejected", "cancelled"};

std::uint64_t number_of(const JsonValue& command, std::string_view name) {
    return static_cast<std::uint64_t>(whole(command.number(name), 0, INT64_MAX));
}

}  // namespace

files::EntityConfig file_config() {
    files::EntityConfig config;
    config.max_file_size = kMaxFileOctets;
    return config;
}

bool FileRoom::is_command(std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames{"sendFile", "accept", "reject", "cancel", "askShelf", "fetch"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// --- the list ---

void FileRoom::tell(const Transfer& transfer) {
    JsonWriter out = event("transfer");
    out.name("transfer").begin_object().member("id", transfer.number);
    out.member("direction", transfer.is_out ? "out" : "in").member("name", transfer.name);
    if (transfer.size) out.member("size", *transfer.size);
    out.member("done", transfer.done).member("from", transfer.from.value).member("fromName", transfer.from_name);
    out.member("state", kStates[static_cast<std::size_t>(transfer.state)]).member("private", transfer.is_private);
    if (!transfer.why.empty()) out.member("why", transfer.why);
    if (transfer.is_verified) out.member("verified", *transfer.is_verified);
    outlet_.tell(out.end_object());
}

FileRoom::Transfer& FileRoom::add(Transfer transfer) {
    if (transfers_.size() >= kMaxTransfers) {
        const auto old =
            std::find_if(transfers_.begin(), transfers_.end(), [](const auto& each) { return is_over(each.second); });
        if (old != transfers_.end()) transfers_.erase(old);
    }
    if (transfer.number == 0) {
        transfer.number = next_number_;
        next_number_ += 2;
    }
    return transfers_[transfer.number] = std::move(transfer);
}

FileRoom::Transfer* FileRoom::find(std::uint64_t number) {
    const auto found = transfers_.find(number);
    return found == transfers_.end() ? nullptr : &found->second;
}

FileRoom::Transfer* FileRoom::find(TransferId id) {
    const auto found =
        std::find_if(transfers_.begin(), transfers_.end(), [=](const auto& each) { return each.second.id == id; });
    return found == transfers_.end() ? nullptr : &found->second;
}

void FileRoom::end(Transfer& transfer, State state, std::string why) {
    transfer.state = state;
    transfer.why = std::move(why);
    transfer.id.reset();
    transfer.partial.reset();
    if (!transfer.is_out && state != State::done) outlet_.put(Drop{transfer.number});
    tell(transfer);
}

void FileRoom::wait(Transfer& transfer, Instant now) {
    transfer.state = State::waiting;
    transfer.id.reset();
    transfer.since = now;
    transfer.next_try = now + kSettleTime;
    next_look_ = transfer.next_try;
    tell(transfer);
}

// --- what the person wants ---

void FileRoom::execute(const JsonValue& command, node::Node* node, Instant now) {
    const std::string& name = command.text("do");
    if (name == "sendFile") return send(command, node, now);
    if (name == "cancel") {
        Transfer* transfer = find(number_of(command, "transfer"));
        if (transfer != nullptr && !is_over(*transfer)) cancel(*transfer, node, now);
        return;
    }
    node::FilesDesk* desk = node != nullptr ? node->files() : nullptr;
    if (desk == nullptr) return;
    if (name == "askShelf")
        ask_shelf(*node);
    else if (name == "fetch")
        fetch(command.text("name"), *node, now);
    else
        answer_offer(command, *desk, now);
}

void FileRoom::send(const JsonValue& command, node::Node* node, Instant now) {
    Transfer transfer;
    transfer.number = number_of(command, "file");
    transfer.is_out = true;
    transfer.name = files::harmless_name(as_bytes(command.text("name"))).text;
    transfer.size = number_of(command, "size");
    if (command.has("modified")) transfer.modified = whole(command.number("modified"), 0, INT64_MAX);
    for (const JsonValue& to : command.items("to"))
        transfer.to.push_back(mcs::UserId{static_cast<std::uint16_t>(whole(to.number(), 0, UINT16_MAX))});
    transfer.is_private = !transfer.to.empty();
    if (node != nullptr) {
        transfer.from_name = node->config().name;
        const auto* conference = node->conference();
        if (conference != nullptr) transfer.from = conference->self().value_or(mcs::UserId{});
    }
    wait(add(std::move(transfer)), now);
}

void FileRoom::answer_offer(const JsonValue& command, node::FilesDesk& desk, Instant now) {
    Transfer* transfer = find(number_of(command, "transfer"));
    if (transfer == nullptr || transfer->state != State::offered || !transfer->id) return;
    if (command.text("do") == "reject") {
        (void)desk.entity().reject(*transfer->id, files::RejectReason::file_not_required, now);
        return end(*transfer, State::rejected, {});
    }
    if (!desk.entity().accept(*transfer->id, now)) return end(*transfer, State::failed, "it is no longer offered");
    transfer->has_taken = true;
    transfer->state = State::running;
    tell(*transfer);
}

void FileRoom::cancel(Transfer& transfer, node::Node* node, Instant now) {
    const auto id = transfer.id;
    // Before the entity says so in its own words.
    end(transfer, State::cancelled, {});
    if (id && node != nullptr && node->files() != nullptr) (void)node->files()->entity().cancel(*id, now);
}

void FileRoom::fetch(const std::string& name, node::Node& node, Instant now) {
    const auto holders = node.files()->attachments_of(node.conference()->top());
    Transfer transfer;
    transfer.name = files::harmless_name(as_bytes(name)).text;
    transfer.from = node.conference()->top();
    transfer.from_name = node.name_of(transfer.from);
    transfer.has_taken = true;
    Transfer& kept = add(std::move(transfer));
    files::WantedFile wanted{name, {}, {}, {}};
    if (!holders.empty()) wanted.holder = holders.front();
    const auto asked = node.files()->entity().request(std::move(wanted), now);
    if (!asked) return end(kept, State::failed, std::string(files::to_string(asked.error())));
    kept.id = *asked;
    tell(kept);
}

void FileRoom::ask_shelf(node::Node& node) {
    for (const mcs::UserId holder : node.files()->attachments_of(node.conference()->top()))
        (void)node.files()->entity().ask_directory(holder, {});
}

// --- beginning, and going on ---

std::optional<Instant> FileRoom::deadline() const { return next_look_; }

void FileRoom::on_time(node::Node* node, Instant now) {
    if (!next_look_ || now < *next_look_) return;
    next_look_.reset();
    if (node != nullptr && node->files() != nullptr) return pump(*node, now);
    const bool has_waiting = std::any_of(transfers_.begin(), transfers_.end(),
                                         [](const auto& each) { return each.second.state == State::waiting; });
    if (has_waiting) next_look_ = now + kAskAgain;
}

void FileRoom::pump(node::Node& node, Instant now) {
    std::size_t under_way = 0;
    for (const auto& [number, transfer] : transfers_)
        if (transfer.is_out && transfer.state == State::running) ++under_way;
    bool is_waiting = false;
    for (auto& [number, transfer] : transfers_) {
        if (transfer.state != State::waiting || transfer.id) continue;
        if (is_ready_ && now >= transfer.next_try) {
            if (!transfer.is_out)
                ask(transfer, *node.files(), now);
            else if (under_way < kMostUnderWay)
                begin(transfer, *node.files(), now);
            if (transfer.is_out && transfer.state == State::running) ++under_way;
        }
        is_waiting = is_waiting || (transfer.state == State::waiting && !transfer.id);
    }
    if (is_waiting) next_look_ = now + kFileLooks;
}

void FileRoom::begin(Transfer& transfer, node::FilesDesk& desk, Instant now) {
    std::vector<mcs::UserId> receivers;
    for (const mcs::UserId node : transfer.to)
        for (const mcs::UserId user : desk.attachments_of(node)) receivers.push_back(user);
    const bool has_receivers = transfer.to.empty() ? !desk.entity().members().empty() : !receivers.empty();
    if (!has_receivers) {
        if (now - transfer.since >= kReceiverTime) end(transfer, State::failed, "nobody there takes files");
        return;
    }
    const auto sent = desk.entity().send({transfer.name, transfer.size.value_or(0), transfer.modified},
                                         {std::move(receivers), {}}, now);
    if (!sent) {
        if (sent.error() != files::Refusal::too_many)
            end(transfer, State::failed, std::string(files::to_string(sent.error())));
        return;
    }
    transfer.id = *sent;
    transfer.state = State::running;
    transfer.done = 0;
    tell(transfer);
}

/// The rest of a file: of who sent it, or of anybody who has it, such as the node that keeps.
void FileRoom::ask(Transfer& transfer, node::FilesDesk& desk, Instant now) {
    if (now - transfer.since >= kRestTime) return end(transfer, State::failed, "its sender has not come back");
    transfer.next_try = now + kAskAgain;
    const auto asked = desk.entity().request({transfer.name, transfer.size, transfer.partial, {}}, now);
    if (asked) transfer.id = *asked;
}

// --- octets ---

std::optional<FileRoom::OnItsWay> FileRoom::on_its_way(std::uint64_t file, node::Node* node) {
    if (node == nullptr || node->files() == nullptr) return std::nullopt;
    const Transfer* transfer = find(file);
    if (transfer == nullptr || !transfer->id) return std::nullopt;
    return OnItsWay{node->files()->entity(), *transfer->id};
}

void FileRoom::on_read(std::uint64_t file, ByteView octets, node::Node* node, Instant now) {
    if (node == nullptr || node->files() == nullptr) return;
    for (const auto& [id, number] : again_)
        if (number == file) return node->files()->entity().on_read(id, Slice(octets), now);
    if (const auto way = on_its_way(file, node)) way->entity.on_read(way->id, Slice(octets), now);
}

void FileRoom::on_read_failed(std::uint64_t file, node::Node* node, Instant now) {
    if (const auto way = on_its_way(file, node)) way->entity.on_read_failed(way->id, now);
}

void FileRoom::on_stored(std::uint64_t file, std::size_t octets, node::Node* node, Instant now) {
    if (const auto way = on_its_way(file, node)) way->entity.on_stored(way->id, octets, now);
}

void FileRoom::on_store_failed(std::uint64_t file, node::Node* node, Instant now) {
    if (const auto way = on_its_way(file, node)) way->entity.on_write_failed(way->id, now);
}

}  // namespace convene::session
