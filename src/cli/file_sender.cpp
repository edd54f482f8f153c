#include "cli/file_sender.hpp"

#include <algorithm>

#include "cli/context.hpp"
#include "files/file_name.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kMostUnderWay = 4;  // files; others wait their turn
constexpr std::size_t kMostJobs = 10'000;
constexpr Duration kReceiverTime = std::chrono::seconds(10);  // for somebody to be there who takes files
constexpr Duration kRequestTime = std::chrono::seconds(10);   // for one that came back to ask for the rest
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
    if (is_waiting) pump_later(kLooks);
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
