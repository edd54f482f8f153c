#include "session/file_room.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/overloaded.hpp"

namespace convene::session {
namespace {

constexpr std::array<std::string_view, 7> kStates{"offered", "waiting",  "running",  "done",
                                                  "failed",  "rejected", "cancelled"};
constexpr Duration kFileLooks = std::chrono::milliseconds(250);

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

// --- what happens ---

void FileRoom::on_lost(Instant now) {
    is_ready_ = false;
    again_.clear();
    for (auto& [number, transfer] : transfers_) {
        if (is_over(transfer) || !transfer.id) continue;
        if (transfer.is_out || transfer.has_taken)
            wait(transfer, now);
        else
            end(transfer, State::failed, "the connection was lost");
    }
}

void FileRoom::on_event(const node::FilesEvent& event, node::Node& node, Instant now) {
    node::FilesDesk& desk = *node.files();
    std::visit(overloaded{[&](const files::Ready&) {
                              is_ready_ = true;
                              for (auto& [number, transfer] : transfers_)
                                  if (transfer.state == State::waiting) transfer.since = now;
                              next_look_ = now + kSettleTime;
                          },
                          [&](const files::Offered& offer) { on(offer, desk); },
                          [&](const files::Declined& declined) {
                              Transfer transfer;
                              transfer.name = declined.name.text;
                              transfer.from_name = desk.name_of(declined.from);
                              transfer.from = desk.node_of(declined.from).value_or(mcs::UserId{});
                              end(add(std::move(transfer)), State::failed, std::string(declined.why));
                          },
                          [&](const files::ReadMore& wanted) {
                              const auto again = again_.find(wanted.transfer);
                              const Transfer* transfer = find(wanted.transfer);
                              const auto number = again != again_.end() ? again->second
                                                  : transfer != nullptr ? transfer->number
                                                                        : 0;
                              if (number != 0) outlet_.put(Read{number, wanted.offset, wanted.size});
                          },
                          [&](const files::Write& write) {
                              if (const Transfer* transfer = find(write.transfer))
                                  outlet_.put(Store{transfer->number, write.offset, write.octets});
                              else
                                  desk.entity().on_write_failed(write.transfer, now);
                          },
                          [&](const files::Accepted& accepted) {
                              if (Transfer* transfer = find(accepted.transfer)) transfer->has_taken = true;
                          },
                          [&](const files::Progress& progress) {
                              Transfer* transfer = find(progress.transfer);
                              if (transfer == nullptr) return;
                              transfer->done = progress.done;
                              tell(*transfer);
                          },
                          [&](const files::Received& received) {
                              Transfer* transfer = find(received.transfer);
                              if (transfer == nullptr) return;
                              transfer->done = received.octets;
                              if (received.verified != files::Verified::unknown)
                                  transfer->is_verified = received.verified == files::Verified::yes;
                              outlet_.put(Keep{transfer->number, received.octets});
                              end(*transfer, State::done, {});
                          },
                          [&](const files::Sent& sent) {
                              again_.erase(sent.transfer);
                              Transfer* transfer = find(sent.transfer);
                              if (transfer == nullptr) return;
                              transfer->done = sent.octets;
                              if (!sent.confirmed.empty() || !sent.unconfirmed.empty())
                                  end(*transfer, State::done, {});
                              else
                                  end(*transfer, State::failed, "nobody has taken it");
                          },
                          [&](const files::Failed& failed) { on(failed, now); },
                          [&](const files::Requested& request) { on(request, desk, now); },
                          [&](const files::DirectoryListed& listed) { on(listed); }, [](const auto&) {}},
               event);
}

void FileRoom::on(const files::Offered& offer, node::FilesDesk& desk) {
    Transfer* known = find(offer.transfer);
    if (known == nullptr) known = &add({});
    Transfer& transfer = *known;
    transfer.id = offer.transfer;
    if (offer.requested) {
        transfer.state = State::running;
    } else {
        transfer.name = offer.name.text;
        transfer.state = State::offered;
        transfer.is_private = offer.is_private;
    }
    transfer.from_name = desk.name_of(offer.from);
    transfer.from = desk.node_of(offer.from).value_or(mcs::UserId{});
    transfer.size = offer.size;
    transfer.modified = offer.modified;
    tell(transfer);
}

void FileRoom::on(const files::Failed& failed, Instant now) {
    using files::FailureReason;
    again_.erase(failed.transfer);
    Transfer* transfer = find(failed.transfer);
    if (transfer == nullptr) return;
    // The rest may be had later, or from somebody else.
    const bool may_pass = failed.reason == FailureReason::disconnected || failed.reason == FailureReason::peer_gone;
    if (!transfer->is_out && transfer->has_taken && transfer->state == State::running && may_pass) {
        transfer->partial = failed.partial;
        return wait(*transfer, now);
    }
    if (!transfer->is_out && transfer->partial && failed.reason != FailureReason::cancelled) {
        transfer->id.reset();  // nobody has answered: again, until its time is over
        next_look_ = now + kFileLooks;
        return;
    }
    if (transfer->is_out && failed.reason == FailureReason::disconnected) return wait(*transfer, now);
    std::string why = failed.detail.empty() ? std::string(files::to_string(failed.reason)) : failed.detail;
    const auto state = failed.reason == FailureReason::rejected    ? State::rejected
                       : failed.reason == FailureReason::cancelled ? State::cancelled
                                                                   : State::failed;
    end(*transfer, state, std::move(why));
}

/// Who has missed a file, or the end of it, gets it once more while the page still has it.
void FileRoom::on(const files::Requested& request, node::FilesDesk& desk, Instant now) {
    const auto node = desk.node_of(request.from);
    for (const auto& each : transfers_) {
        const Transfer& transfer = each.second;
        const auto& to = transfer.to;
        const bool is_same = transfer.is_out && transfer.state == State::done && transfer.name == request.name.text &&
                             (!request.size || request.size == transfer.size);
        const bool is_for = to.empty() || (node && std::find(to.begin(), to.end(), *node) != to.end());
        // The octets of a file are read for one at a time.
        const bool is_free = std::none_of(again_.begin(), again_.end(),
                                          [&](const auto& given) { return given.second == transfer.number; });
        if (!is_same || !is_for || !is_free) continue;
        const auto given = desk.entity().answer_request(
            request.request, {transfer.name, transfer.size.value_or(0), transfer.modified}, now);
        if (given) again_[*given] = transfer.number;
        return;
    }
    // All may have been asked: who has nothing keeps silent.
    (void)desk.entity().deny_request(request.request, std::nullopt);
}

void FileRoom::on(const files::DirectoryListed& listed) {
    JsonWriter out = event("shelf");
    out.name("files").begin_array();
    for (const auto& line : listed.entries) {
        if (line.is_directory) continue;
        out.begin_object().member("name", line.name.text);
        if (line.size) out.member("size", *line.size);
        if (line.modified) out.member("modified", *line.modified * 1000);
        out.end_object();
    }
    outlet_.tell(out.end_array());
}

}  // namespace convene::session
