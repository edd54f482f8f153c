#include "cli/file_receiver.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "base/overloaded.hpp"
#include "cli/context.hpp"
#include "files/file_name.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kMostRemembered = 256;  // files that came, in case they are offered again

}  // namespace

void FileReceiver::on_event(const node::FilesEvent& event) {
    std::visit(overloaded{[&](const files::Ready&) {
                              ++generation_;
                              look_later({});
                          },
                          [&](const files::Offered& offer) { on(offer); },
                          [&](const files::Declined& declined) {
                              const FilePeer peer = file_peer(*host_.node()->files(), declined.from);
                              nlohmann::ordered_json members{{"file_name", declined.name.text}};
                              members.update(to_json(peer));
                              members["why"] = declined.why;
                              host_.tell(make_notice("file-declined",
                                                     "refused " + printable(declined.name.text) + " of " +
                                                         printable(peer.name) + ": " + std::string(declined.why),
                                                     members));
                          },
                          [&](const files::Write& write) { on(write); },
                          [&](const files::Progress& progress) {
                              const auto found = incoming_.find(progress.transfer);
                              if (found == incoming_.end() || !found->second.pace.is_due(FileHost::now())) return;
                              Notice out = notice("file-progress", {}, found->second);
                              out.json["direction"] = "in";
                              out.json["done"] = progress.done;
                              if (progress.total) out.json["total"] = *progress.total;
                              host_.tell(out);
                          },
                          [&](const files::Received& received) { on(received); },
                          [&](const files::Failed& failed) { on(failed); },
                          [&](const files::DirectoryListed& listed) { on(listed); }, [](const auto&) {}},
               event);
}

// --- offers ---

void FileReceiver::on(const files::Offered& offer) {
    Incoming file;
    file.number = 0;
    file.name = offer.name.text;
    file.from = file_peer(*host_.node()->files(), offer.from);
    file.size = offer.size;
    file.modified = offer.modified;
    take_over(offer, file);
    if (file.number == 0) file.number = host_.next_number();
    const bool continues = file.part != nullptr;
    Incoming& kept = incoming_[offer.transfer] = std::move(file);

    if (!continues) {
        Notice out = notice("file-offered",
                            printable(kept.from.name) + (offer.requested ? " sends " : " offers ") +
                                printable(kept.name) + (offer.size ? ", " + size_text(*offer.size) : std::string()) +
                                (offer.name.altered ? " (its name was altered)" : ""),
                            kept);
        if (offer.size) out.json["size"] = *offer.size;
        if (offer.modified) out.json["modified"] = *offer.modified;
        out.json["altered"] = offer.name.altered;
        out.json["private"] = offer.is_private;
        out.json["requested"] = offer.requested;
        host_.tell(out);
    }
    if (offer.requested) {
        // Accepted already. What cannot be written down is stopped.
        if (!open(kept)) (void)host_.node()->files()->entity().cancel(offer.transfer, FileHost::now());
    } else if (has_already(offer, kept.from.name)) {
        (void)host_.node()->files()->entity().reject(offer.transfer, files::RejectReason::file_exists, FileHost::now());
        incoming_.erase(offer.transfer);
    } else {
        switch (decide_(offer)) {
            case Decision::accept:
                accept(offer.transfer, kept);
                break;
            case Decision::refuse:
                refuse(kept.number);
                break;
            case Decision::ask:
                break;
        }
    }
    host_.act();
}

void FileReceiver::take_over(const files::Offered& offer, Incoming& file) {
    if (const auto wanted = wanted_.find(offer.transfer); wanted != wanted_.end()) {
        file.number = wanted->second.number;
        wanted_.erase(wanted);
        return;
    }
    for (auto it = interrupted_.begin(); it != interrupted_.end(); ++it) {
        const bool is_answer = it->asking == offer.transfer;
        const bool is_same = !offer.requested && !it->asking && it->file.name == file.name &&
                             it->file.from.name == file.from.name && it->file.size == file.size;
        if (!is_answer && !is_same) continue;
        file.number = it->file.number;
        if (is_answer) file.part = std::move(it->file.part);
        interrupted_.erase(it);
        return;
    }
}

bool FileReceiver::has_already(const files::Offered& offer, const std::string& from) const {
    // Only what came before the connection broke: whoever sends a file twice in one go means it.
    return std::any_of(done_.begin(), done_.end(), [&](const Done& done) {
        return done.generation != generation_ && done.from == from && done.name == offer.name.text && offer.modified &&
               done.size == offer.size && done.modified == offer.modified;
    });
}

bool FileReceiver::open(Incoming& file) {
    if (file.part) return true;
    const auto space = free_space(options_.directory);
    if (file.size && space && *file.size > *space) {
        file.trouble = "there is no room for it";
        return false;
    }
    auto part = PartFile::create(options_.directory, file.name);
    if (!part) {
        file.trouble = part.error();
        return false;
    }
    file.part = std::make_unique<PartFile>(std::move(*part));
    return true;
}

void FileReceiver::accept(files::TransferId transfer, Incoming& file) {
    auto& entity = host_.node()->files()->entity();
    if (!open(file)) {
        (void)entity.reject(transfer, files::RejectReason::insufficient_resources, FileHost::now());
        tell_failed(file, word_for(files::FailureReason::cannot_store), file.trouble);
        incoming_.erase(transfer);
        return;
    }
    if (entity.accept(transfer, FileHost::now()))
        host_.tell(notice("file-taken", "taking " + printable(file.name), file));
    else
        incoming_.erase(transfer);
}

std::map<files::TransferId, FileReceiver::Incoming>::iterator FileReceiver::find(std::uint64_t number) {
    return std::find_if(incoming_.begin(), incoming_.end(),
                        [=](const auto& each) { return each.second.number == number; });
}

bool FileReceiver::is_receiving() const {
    return !interrupted_.empty() || !wanted_.empty() ||
           std::any_of(incoming_.begin(), incoming_.end(),
                       [](const auto& each) { return each.second.part != nullptr; });
}

nlohmann::ordered_json FileReceiver::list() const {
    auto out = nlohmann::ordered_json::array();
    const auto add = [&](const Incoming& file, const char* state) {
        nlohmann::ordered_json one{
            {"file", file.number}, {"file_name", file.name}, {"direction", "in"}, {"state", state}};
        if (file.size) one["size"] = *file.size;
        one["from"] = to_json(file.from);
        out.push_back(std::move(one));
    };
    for (const auto& [transfer, file] : incoming_) add(file, file.part ? "receiving" : "offered");
    for (const Interrupted& each : interrupted_) add(each.file, "interrupted");
    for (const auto& [transfer, file] : wanted_) add(file, "asked");
    return out;
}

std::optional<FileReceiver::Offer> FileReceiver::first_offer() const {
    const auto found =
        std::find_if(incoming_.begin(), incoming_.end(), [](const auto& each) { return each.second.part == nullptr; });
    if (found == incoming_.end()) return std::nullopt;
    return Offer{found->second.number, found->second.name};
}

bool FileReceiver::accept(std::uint64_t number) {
    const auto found = find(number);
    if (found == incoming_.end() || found->second.part || host_.files() == nullptr) return false;
    accept(found->first, found->second);
    host_.act();
    return true;
}

bool FileReceiver::refuse(std::uint64_t number) {
    const auto found = find(number);
    if (found == incoming_.end() || found->second.part || host_.files() == nullptr) return false;
    (void)host_.files()->entity().reject(found->first, files::RejectReason::file_not_required, FileHost::now());
    host_.tell(notice("file-refused", "refused " + printable(found->second.name), found->second));
    incoming_.erase(found);
    host_.act();
    return true;
}

// --- octets ---

void FileReceiver::on(const files::Write& write) {
    auto& entity = host_.node()->files()->entity();
    const auto found = incoming_.find(write.transfer);
    if (found == incoming_.end() || !found->second.part) {
        entity.on_write_failed(write.transfer, FileHost::now());
        return host_.act();
    }
    Incoming& file = found->second;
    auto written = file.part->write(write.offset, write.octets);
    // The sender is told that it is stored once the last octets are.
    if (written && file.size == write.offset + write.octets.size()) written = file.part->sync();
    if (written) {
        entity.on_stored(write.transfer, write.octets.size(), FileHost::now());
    } else {
        file.trouble = written.error();
        entity.on_write_failed(write.transfer, FileHost::now());
    }
    host_.act();
}

void FileReceiver::on(const files::Received& received) {
    auto found = incoming_.extract(received.transfer);
    if (found.empty()) return;
    Incoming& file = found.mapped();
    const auto path = file.part ? file.part->keep(received.octets, file.modified)
                                : Expected<std::string, std::string>(make_unexpected(std::string("it was not opened")));
    if (!path) return tell_failed(file, word_for(files::FailureReason::cannot_store), path.error());
    if (done_.size() >= kMostRemembered) done_.pop_front();
    done_.push_back({file.from.name, file.name, file.size, file.modified, generation_});
    ++received_;
    std::string text =
        "received " + printable(*path) + ", " + size_text(received.octets) + ", from " + printable(file.from.name);
    if (received.verified == files::Verified::yes) text += ", verified";
    if (received.verified == files::Verified::no) text += "; it may be damaged";
    Notice out = notice("file-received", text, file);
    out.json["path"] = *path;
    out.json["octets"] = received.octets;
    out.json["verified"] = word_for(received.verified);
    if (received.digest) out.json["sha256"] = to_hex(*received.digest);
    host_.tell(out);
}

// --- ending ---

bool FileReceiver::cancel(std::uint64_t number) {
    if (const auto found = find(number); found != incoming_.end()) {
        if (!found->second.part) return refuse(number);
        if (host_.files() == nullptr) return false;
        (void)host_.files()->entity().cancel(found->first, FileHost::now());
        host_.act();
        return true;
    }
    const auto found = std::find_if(interrupted_.begin(), interrupted_.end(),
                                    [=](const Interrupted& each) { return each.file.number == number; });
    if (found == interrupted_.end()) return false;
    if (found->asking && host_.files() != nullptr)
        (void)host_.files()->entity().cancel(*found->asking, FileHost::now());
    Incoming file = std::move(found->file);
    interrupted_.erase(found);
    tell_failed(file, word_for(files::FailureReason::cancelled), "cancelled");
    host_.act();
    return true;
}

void FileReceiver::cancel_all() {
    std::vector<std::uint64_t> numbers;
    for (const auto& [transfer, file] : incoming_) numbers.push_back(file.number);
    for (const Interrupted& each : interrupted_) numbers.push_back(each.file.number);
    for (const std::uint64_t number : numbers) cancel(number);
}

// --- asking for files ---

Expected<std::uint64_t, std::string> FileReceiver::request(const std::string& name) {
    auto* desk = host_.files();
    if (desk == nullptr) return make_unexpected(std::string("file transfer is not ready yet"));
    auto transfer = desk->entity().request({name, std::nullopt, std::nullopt, std::nullopt}, FileHost::now());
    if (!transfer) return make_unexpected(std::string(files::to_string(transfer.error())));
    Incoming file;
    file.number = host_.next_number();
    file.name = name;
    const std::uint64_t number = file.number;
    wanted_[*transfer] = std::move(file);
    host_.act();
    return number;
}

std::size_t FileReceiver::ask_for_lists() {
    auto* desk = host_.files();
    if (desk == nullptr) return 0;
    std::size_t asked = 0;
    for (const auto& [user, member] : desk->entity().members())
        if (desk->entity().ask_directory(user, {})) ++asked;
    host_.act();
    return asked;
}

void FileReceiver::on(const files::DirectoryListed& listed) {
    const FilePeer peer = file_peer(*host_.node()->files(), listed.from);
    auto entries = nlohmann::ordered_json::array();
    std::string text;
    for (const files::DirectoryLine& line : listed.entries) {
        nlohmann::ordered_json one{{"file_name", line.name.text}};
        if (line.size) one["size"] = *line.size;
        if (line.modified) one["modified"] = *line.modified;
        if (line.is_directory) one["directory"] = true;
        entries.push_back(std::move(one));
        text += "\n  " + printable(line.name.text) + (line.is_directory ? "/" : "") +
                (line.size ? ", " + size_text(*line.size) : std::string());
    }
    nlohmann::ordered_json members = to_json(peer);
    members["entries"] = entries;
    const bool is_there = listed.result == files::DirectoryResult::successful;
    members["available"] = is_there;
    // Most show nothing to anybody: that is no news for people.
    if (is_there) text = printable(peer.name) + (entries.empty() ? " has no files" : " has:" + text);
    host_.tell(make_notice("file-list", text, members));
}

Notice FileReceiver::notice(std::string event, std::string text, const Incoming& file) const {
    nlohmann::ordered_json members{{"file", file.number}, {"file_name", file.name}};
    members.update(to_json(file.from));
    return make_notice(std::move(event), std::move(text), std::move(members));
}

}  // namespace convene::cli
