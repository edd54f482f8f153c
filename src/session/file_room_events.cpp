/// What happens to the files of a page: offers, octets, ends, and who asks for one once more.
#include <algorithm>
#include <utility>

#include "base/overloaded.hpp"
#include "session/file_room.hpp"

namespace convene::session {

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
