/// What happens to the files that are on their way, and to those who receive them.
#include <algorithm>

#include "base/overloaded.hpp"
#include "cli/context.hpp"
#include "cli/file_sender.hpp"

namespace convene::cli {
namespace {

// What the entity says of receivers that vanish; of the others, it has their own words.
constexpr std::string_view kHasLeft = "has left";

}  // namespace

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
    if (may_come_back) pump_later(kLooks);
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

}  // namespace convene::cli
