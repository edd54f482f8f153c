#include "cli/file_sender.hpp"

#include <algorithm>

#include "base/overloaded.hpp"
#include "cli/context.hpp"
#include "files/file_name.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kMostUnderWay = 4;  // files; others wait their turn
constexpr std::size_t kMostJobs = 10'000;
constexpr Duration kReceiverTime = std::chrono::seconds(10);  // for somebody to be there who takes files
constexpr Duration kSenderLooks = std::chrono::milliseconds(250);
constexpr Duration kRequestTime = std::chrono::seconds(10);  // for one that came back to ask for the rest
// What the entity says of receivers that vanish; of the others, it has their own words.
constexpr std::string_view kHasLeft = "has left";
// A roster that has just come may lack those who came when we did.
constexpr Duration kSettleTime = std::chrono::milliseconds(500);

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Expected<std::uint64_t, std::string> FileSender::add(const std::string& path, std::vector<std::string> to) {
    if (jobs_.size() >= kMostJobs) return make_unexpected(std::string("too many files"));
    auto file = SourceFile::open(path);
    if (!file) return make_unexpected(printable(path) + ": " + file.error());
    Job job;
    job.number = host_.next_number();
    job.path = path;
    job.name = files::harmless_name(as_bytes(base_name(path))).text;
    job.size = file->size();
    job.to = std::move(to);
    jobs_.push_back(std::move(job));
    pump_later({});
    return jobs_.back().number;
}

bool FileSender::is_idle() const {
    return std::all_of(jobs_.begin(), jobs_.end(),
                       [](const Job& job) { return job.state == State::over && job.transfers.empty(); });
}

nlohmann::ordered_json FileSender::list() const {
    auto out = nlohmann::ordered_json::array();
    for (const Job& job : jobs_) {
        if (job.state == State::over && job.transfers.empty()) continue;
        const char* state = job.state == State::queued ? "waiting" : job.transfers.empty() ? "interrupted" : "sending";
        out.push_back({{"file", job.number},
                       {"file_name", job.name},
                       {"direction", "out"},
                       {"state", state},
                       {"size", job.size}});
    }
    return out;
}

// --- beginning ---

void FileSender::pump_later(Duration wait) {
    if (std::exchange(is_pumping_, true)) return;
    host_.after(wait, [this] {
        is_pumping_ = false;
        pump();
    });
}

void FileSender::pump() {
    bool is_waiting = false;
    std::size_t under_way = 0;
    for (Job& job : jobs_) {
        if (job.state != State::under_way) continue;
        look_after(job);
        check_over(job);
        if (!job.owed.empty()) is_waiting = true;
        if (!job.transfers.empty()) ++under_way;
    }
    for (Job& job : jobs_) {
        if (job.state != State::queued || under_way >= kMostUnderWay) continue;
        if (host_.files() == nullptr) break;  // Ready comes
        begin(job);
        if (job.state == State::queued) is_waiting = true;
        if (!job.transfers.empty()) ++under_way;
    }
    host_.act();
    if (is_waiting) pump_later(kSenderLooks);
}

void FileSender::look_after(Job& job) {
    auto* desk = host_.files();
    if (desk == nullptr || job.owed.empty()) return;
    std::map<std::string, mcs::UserId> present;
    for (const auto& [user, member] : desk->entity().members()) present.emplace(desk->name_of(user), user);
    for (auto it = job.owed.begin(); it != job.owed.end();) {
        auto& [name, owed] = *it;
        const auto here = present.find(name);
        if (here == present.end()) {
            owed.back_since.reset();
        } else if (!owed.back_since) {
            owed.back_since = FileHost::now();
        } else if (FileHost::now() - *owed.back_since > kRequestTime && open(job)) {
            // It does not ask: it cannot, or has everything and could not say so any more.
            if (auto transfer = desk->entity().send({job.name, job.size, job.file->modified()}, {{here->second}, {}},
                                                    FileHost::now())) {
                job.transfers[*transfer].asked_by = file_peer(*desk, here->second);
                it = job.owed.erase(it);
                continue;
            }
        }
        if (FileHost::now() < owed.until) {
            ++it;
            continue;
        }
        job.lost.push_back({std::nullopt, name});
        it = job.owed.erase(it);
    }
}

Expected<std::vector<mcs::UserId>, std::string> FileSender::receivers_of(const Job& job) {
    node::FilesDesk& desk = *host_.files();
    std::vector<mcs::UserId> out;
    if (job.to.empty() && desk.entity().members().empty())
        return make_unexpected(std::string("nobody else in the conference takes files"));
    for (const std::string& name : job.to) {
        const auto node = host_.find(name);
        if (!node) return make_unexpected(node.error());
        const auto attachments = desk.attachments_of(*node);
        if (attachments.empty()) return make_unexpected(host_.node()->name_of(*node) + " takes no files");
        out.insert(out.end(), attachments.begin(), attachments.end());
    }
    return out;
}

void FileSender::begin(Job& job) {
    if (!job.waiting_since) job.waiting_since = FileHost::now();
    const Duration waited = FileHost::now() - *job.waiting_since;
    if (waited < kSettleTime) return;
    auto receivers = receivers_of(job);
    if (!receivers) {
        if (waited < kReceiverTime) return;
        return fail(job, files::FailureReason::no_receivers, receivers.error());
    }
    if (!open(job)) return;
    auto transfer =
        host_.files()->entity().send({job.name, job.size, job.file->modified()}, {*receivers, {}}, FileHost::now());
    if (!transfer) {
        if (transfer.error() == files::Refusal::too_many) return;
        return fail(job, files::FailureReason::denied, std::string(files::to_string(transfer.error())));
    }
    job.state = State::under_way;
    job.transfers[*transfer] = {};
    Notice out = notice("file-offering", "offering " + printable(job.name) + ", " + size_text(job.size), job);
    out.json["size"] = job.size;
    host_.tell(out);
}

bool FileSender::open(Job& job) {
    if (job.file) return true;
    auto file = SourceFile::open(job.path);
    if (!file) {
        fail(job, files::FailureReason::cannot_read, file.error());
        return false;
    }
    job.size = file->size();
    job.file = std::move(*file);
    return true;
}

// --- what happens ---

void FileSender::on_event(const node::FilesEvent& event) {
    std::visit(
        overloaded{[&](const files::Ready&) {
                       // Who was lost along with the connection has its time from now on.
                       for (Job& job : jobs_) {
                           job.waiting_since.reset();
                           for (auto& [name, owed] : job.owed) owed = {FileHost::now() + options_.retry_for, {}};
                       }
                       pump_later({});
                   },
                   [&](const files::ReadMore& wanted) {
                       // Not at once: a long file would keep everything else from happening.
                       host_.after({}, [this, wanted] { read(wanted); });
                   },
                   [&](const files::Accepted& accepted) {
                       Job* job = job_of(accepted.transfer);
                       if (job == nullptr) return;
                       const FilePeer peer = file_peer(*host_.node()->files(), accepted.by);
                       job->transfers[accepted.transfer].accepted[accepted.by] = peer;
                       host_.tell(notice("file-accepted", printable(peer.name) + " takes " + printable(job->name), *job,
                                         peer));
                   },
                   [&](const files::Progress& progress) {
                       Job* job = job_of(progress.transfer);
                       if (job == nullptr || !job->pace.is_due(FileHost::now())) return;
                       Notice out = notice("file-progress", {}, *job);
                       out.json["direction"] = "out";
                       out.json["done"] = progress.done;
                       out.json["total"] = job->size;
                       host_.tell(out);
                   },
                   [&](const files::Requested& request) { on(request); },
                   [&](const files::DirectoryAsked& asked) { list_to(asked.from); },
                   [&](const files::Rejected& rejected) { on(rejected); },
                   [&](const files::ReceiverLost& lost) { on(lost); }, [&](const files::Sent& sent) { on(sent); },
                   [&](const files::Failed& failed) { on(failed); }, [](const auto&) {}},
        event);
}

void FileSender::read(const files::ReadMore& wanted) {
    Job* job = job_of(wanted.transfer);
    if (job == nullptr || host_.files() == nullptr) return;
    auto& entity = host_.files()->entity();
    if (auto octets = job->file->read(wanted.offset, wanted.size)) {
        entity.on_read(wanted.transfer, Slice(*octets), FileHost::now());
    } else {
        job->failure = files::FailureReason::cannot_read;
        job->detail = octets.error();
        entity.on_read_failed(wanted.transfer, FileHost::now());
    }
    host_.act();
}

bool FileSender::is_for(const Job& job, const std::string& name) const {
    if (job.to.empty() || job.owed.contains(name)) return true;
    // Its connection may be gone without anybody having noticed yet.
    return std::any_of(job.transfers.begin(), job.transfers.end(), [&](const auto& each) {
        return std::any_of(each.second.accepted.begin(), each.second.accepted.end(),
                           [&](const auto& receiver) { return receiver.second.name == name; });
    });
}

void FileSender::on(const files::Requested& request) {
    node::FilesDesk& desk = *host_.node()->files();
    const FilePeer peer = file_peer(desk, request.from);
    const auto found = std::find_if(jobs_.rbegin(), jobs_.rend(), [&](const Job& job) {
        return job.name == request.name.text && (!request.size || *request.size == job.size) &&
               job.state != State::queued && is_for(job, peer.name);
    });
    const bool was_over = found != jobs_.rend() && found->state == State::over;
    if (found == jobs_.rend() || !open(*found)) {
        (void)desk.entity().deny_request(request.request, files::DenyReason::file_not_present);
        return host_.act();
    }
    Job& job = *found;
    if (auto transfer = desk.entity().answer_request(request.request, {job.name, job.size, job.file->modified()},
                                                     FileHost::now())) {
        job.owed.erase(peer.name);
        job.transfers[*transfer].asked_by = peer;
        if (was_over) job.state = State::under_way;
        Notice out = notice("file-requested", printable(peer.name) + " asks for " + printable(job.name), job, peer);
        out.json["from_octet"] = request.offset;
        host_.tell(out);
    }
    host_.act();
}

void FileSender::list_to(mcs::UserId user) {
    std::vector<files::DirectoryLine> lines;
    for (const Job& job : jobs_) {
        if (!job.to.empty()) continue;
        files::DirectoryLine line;
        line.name.text = job.name;
        line.size = job.size;
        lines.push_back(std::move(line));
    }
    host_.node()->files()->entity().list_directory(user, files::DirectoryResult::successful, lines);
    host_.act();
}

void FileSender::on(const files::Rejected& rejected) {
    Job* job = job_of(rejected.transfer);
    if (job == nullptr) return;
    const FilePeer peer = file_peer(*host_.node()->files(), rejected.by);
    // Who has it does not need it: all of it was there when the connection broke.
    auto& list = rejected.reason == files::RejectReason::file_exists ? job->confirmed : job->rejected;
    list.push_back(peer);
    const std::string_view why = words_for(rejected.reason);
    Notice out = notice("file-rejected", printable(peer.name) + " " + std::string(why) + ": " + printable(job->name),
                        *job, peer);
    out.json["why"] = why;
    host_.tell(out);
}

void FileSender::on(const files::ReceiverLost& lost) {
    Job* job = job_of(lost.transfer);
    if (job == nullptr) return;
    node::FilesDesk& desk = *host_.node()->files();
    auto& accepted = job->transfers[lost.transfer].accepted;
    const auto found = accepted.find(lost.receiver);
    const bool had_accepted = found != accepted.end();
    const FilePeer peer = had_accepted ? found->second : file_peer(desk, lost.receiver);
    if (had_accepted) accepted.erase(found);
    // Who said why does not want it any more, and may have left since.
    const bool is_gone = lost.why == kHasLeft && !desk.entity().members().contains(lost.receiver);
    const bool may_come_back = had_accepted && is_gone && options_.retry_for > Duration::zero();
    if (may_come_back)
        job->owed[peer.name] = {FileHost::now() + options_.retry_for, {}};
    else
        job->lost.push_back(peer);
    Notice out = notice("file-lost",
                        printable(peer.name) + " " + printable(lost.why) + ": " + printable(job->name) +
                            (may_come_back ? "; waiting for it to come back" : ""),
                        *job, peer);
    out.json["why"] = lost.why;
    out.json["waiting"] = may_come_back;
    host_.tell(out);
    if (may_come_back) pump_later(kSenderLooks);
}

void FileSender::on(const files::Sent& sent) {
    Job* job = job_of(sent.transfer);
    if (job == nullptr) return;
    auto& transfer = job->transfers[sent.transfer];
    const auto take = [&](const std::vector<mcs::UserId>& users, std::vector<FilePeer>& into) {
        for (const mcs::UserId user : users) {
            const auto found = transfer.accepted.find(user);
            into.push_back(found != transfer.accepted.end() ? found->second : file_peer(*host_.node()->files(), user));
        }
    };
    take(sent.confirmed, job->confirmed);
    take(sent.unconfirmed, job->unconfirmed);
    job->transfers.erase(sent.transfer);
    check_over(*job);
    pump_later({});
}

void FileSender::on(const files::Failed& failed) {
    Job* job = job_of(failed.transfer);
    if (job == nullptr) return;
    const Transfer transfer = std::move(job->transfers[failed.transfer]);
    job->transfers.erase(failed.transfer);
    const bool comes_back =
        failed.reason == files::FailureReason::disconnected && options_.retry_for > Duration::zero();
    if (comes_back) {
        std::set<std::string> names;
        for (const auto& [user, peer] : transfer.accepted) names.insert(peer.name);
        if (transfer.asked_by) names.insert(transfer.asked_by->name);
        for (const std::string& name : names) job->owed[name] = {FileHost::now() + options_.retry_for, {}};
        // Nobody has any of it: it begins anew.
        const bool is_fresh = job->owed.empty() && job->transfers.empty() && job->confirmed.empty();
        if (is_fresh) job->state = State::queued;
    } else {
        for (const auto& [user, peer] : transfer.accepted) job->lost.push_back(peer);
        if (!job->failure) job->failure = failed.reason;
        if (job->detail.empty()) job->detail = failed.detail;
        const bool is_ours =
            failed.reason == files::FailureReason::cancelled || failed.reason == files::FailureReason::cannot_read;
        if (is_ours) job->owed.clear();
    }
    check_over(*job);
    pump_later({});
}

// --- ending ---

void FileSender::fail(Job& job, files::FailureReason reason, std::string detail) {
    job.failure = reason;
    job.detail = std::move(detail);
    job.state = State::under_way;
    check_over(job);
}

void FileSender::check_over(Job& job) {
    if (job.state != State::under_way || !job.transfers.empty() || !job.owed.empty()) return;
    job.state = State::over;
    job.file.reset();
    const auto note = [&](ExitCode code) {
        if (code_ == ExitCode::fine) code_ = code;
    };
    if (!job.confirmed.empty() || !job.unconfirmed.empty()) {
        std::string text = "sent " + printable(job.name) + " to " + names_of(job.confirmed);
        if (!job.unconfirmed.empty())
            text += (job.confirmed.empty() ? "" : "; ") + names_of(job.unconfirmed) + " did not confirm it";
        if (!job.lost.empty()) text += "; not to " + names_of(job.lost);
        Notice out = notice("file-sent", text, job);
        out.json["octets"] = job.size;
        out.json["confirmed"] = to_json(job.confirmed);
        out.json["unconfirmed"] = to_json(job.unconfirmed);
        out.json["rejected"] = to_json(job.rejected);
        out.json["lost"] = to_json(job.lost);
        host_.tell(out);
        if (!job.lost.empty()) note(ExitCode::unreachable);
    } else {
        using files::FailureReason;
        auto reason = job.failure.value_or(FailureReason::no_receivers);
        if (reason == FailureReason::no_receivers && job.lost.empty() && !job.rejected.empty())
            reason = FailureReason::rejected;
        const std::string why = job.detail.empty() ? std::string(files::to_string(reason)) : job.detail;
        Notice out = notice("file-failed", printable(job.name) + ": " + printable(why), job);
        out.json["direction"] = "out";
        out.json["reason"] = word_for(reason);
        out.json["detail"] = why;
        host_.tell(out);
        if (reason == FailureReason::cannot_read)
            note(ExitCode::failed);
        else if (reason == FailureReason::rejected || reason == FailureReason::denied)
            note(ExitCode::refused);
        else if (reason == FailureReason::no_receivers && job.lost.empty())
            note(ExitCode::not_found);
        else
            note(ExitCode::unreachable);
    }
    // What the next transfer of it tells is its own.
    for (auto* list : {&job.confirmed, &job.unconfirmed, &job.rejected, &job.lost}) list->clear();
    job.failure.reset();
    job.detail.clear();
}

bool FileSender::cancel(std::uint64_t number) {
    const auto found = std::find_if(jobs_.begin(), jobs_.end(), [=](const Job& job) { return job.number == number; });
    if (found == jobs_.end() || found->state == State::over) return false;
    found->owed.clear();
    if (found->transfers.empty()) {
        fail(*found, files::FailureReason::cancelled, {});
        return true;
    }
    const auto transfers = found->transfers;
    for (const auto& [transfer, unused] : transfers)
        if (host_.files() != nullptr) (void)host_.files()->entity().cancel(transfer, FileHost::now());
    host_.act();
    return true;
}

void FileSender::cancel_all() {
    for (std::size_t i = 0; i < jobs_.size(); ++i) cancel(jobs_[i].number);
}

FileSender::Job* FileSender::job_of(files::TransferId transfer) {
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [=](const Job& job) { return job.transfers.contains(transfer); });
    return found == jobs_.end() ? nullptr : &*found;
}

Notice FileSender::notice(std::string event, std::string text, const Job& job,
                          const std::optional<FilePeer>& peer) const {
    nlohmann::ordered_json members{{"file", job.number}, {"file_name", job.name}};
    if (peer) members.update(to_json(*peer));
    return make_notice(std::move(event), std::move(text), std::move(members));
}

}  // namespace convene::cli
