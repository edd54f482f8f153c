#include "files/sender.hpp"

#include <algorithm>
#include <utility>

namespace convene::files {

// --- beginning and ending ---

Expected<TransferId, Refusal> Sender::send(OutgoingFile file, SendOptions options,
                                           const std::optional<AnsweredRequest>& request, Instant now) {
    if (file.size > kMaxFileSize) return tl::make_unexpected(Refusal::too_large);
    auto handle = free_handle();
    if (transfers_.size() >= kMaxOutgoing || !handle) return tl::make_unexpected(Refusal::too_many);
    auto& recipients = options.recipients;
    if (!recipients.empty() && !request) {
        std::sort(recipients.begin(), recipients.end());
        recipients.erase(std::unique(recipients.begin(), recipients.end()), recipients.end());
        if (session_.self)
            recipients.erase(std::remove(recipients.begin(), recipients.end(), *session_.self), recipients.end());
        if (recipients.empty() || recipients.size() > kMaxPeers) return tl::make_unexpected(Refusal::nobody);
    }
    file.name = harmless_name(as_bytes(file.name)).text;

    Outgoing each;
    each.id = session_.next_transfer();
    each.handle = *handle;
    each.file = std::move(file);
    each.request = request;
    if (request) {
        recipients = {request->from};
        each.via = Via::acknowledged;
    } else if (!recipients.empty()) {
        each.via = Via::sub_session;
    } else {
        const bool has_netmeeting = std::any_of(session_.members.begin(), session_.members.end(),
                                                [](const auto& member) { return member.second.is_netmeeting; });
        each.via = options.via.value_or(has_netmeeting ? Via::sub_session : Via::acknowledged);
    }
    if (each.via == Via::broadcast && session_.is_active && !session_.data)
        return tl::make_unexpected(Refusal::no_session);
    each.recipients = std::move(recipients);
    const TransferId id = each.id;
    Outgoing& kept = transfers_.emplace(id, std::move(each)).first->second;
    if (session_.is_active) begin(kept, now);
    return id;
}

bool Sender::cancel(TransferId transfer) {
    auto* each = find(transfer);
    if (each == nullptr) return false;
    stop(*each, FailureReason::cancelled, AbortReason::unspecified);
    return true;
}

void Sender::finish(Outgoing& each) {
    Sent sent{each.id, each.file.size, {}, {}};
    for (const auto& [user, answer] : each.receivers) {
        if (answer == Answer::confirmed)
            sent.confirmed.push_back(user);
        else if (answer == Answer::accepted || answer == Answer::left)
            sent.unconfirmed.push_back(user);
    }
    session_.emit(std::move(sent));
    remove(each);
}

void Sender::fail(Outgoing& each, FailureReason reason, std::string detail) {
    session_.emit(Failed{each.id, reason, std::move(detail), std::nullopt});
    remove(each);
}

void Sender::stop(Outgoing& each, FailureReason reason, AbortReason said, std::string detail) {
    if (each.is_started && !each.is_at_end) {
        FileData data;
        data.handle = each.handle;
        data.eof = data.abort = true;
        session_.send(*each.data, mcs::DataPriority::low, data);
    }
    // This one overtakes the data, and comes before the end of a private session.
    if (each.state == State::offered || each.state == State::hashing || each.state == State::sending ||
        each.state == State::closing) {
        session_.send_control(control_of(each), FileAbort{said, each.data, session_.self, each.handle});
    }
    fail(each, reason, std::move(detail));
}

void Sender::remove(Outgoing& each) {
    if (each.holds_token) session_.emit(ReleaseToken{*session_.data_token()});
    if (each.via == Via::acknowledged && each.data) session_.release(*each.data);
    if (each.via == Via::sub_session) {
        if (each.control) session_.release(*each.control);
        if (each.data) session_.emit(Disband{*each.data});
        if (each.control) session_.emit(Disband{*each.control});
    }
    transfers_.erase(each.id);
}

void Sender::on_active(Instant now) {
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each != nullptr && each->state == State::queued) begin(*each, now);
    }
}

void Sender::on_disconnected() {
    for (TransferId id : ids()) {
        session_.emit(Failed{id, FailureReason::disconnected, {}, std::nullopt});
        transfers_.erase(id);
    }
}

// --- channels and tokens ---

void Sender::begin(Outgoing& each, Instant now) {
    if (each.via == Via::broadcast) {
        if (!session_.data) return fail(each, FailureReason::no_channel);
        const bool is_taken = std::any_of(transfers_.begin(), transfers_.end(), [&](const auto& other) {
            return other.second.via == Via::broadcast && other.second.state != State::queued;
        });
        if (is_taken) return;  // one file at a time on a data channel
        each.state = State::token;
        each.data = session_.data;
        each.deadline = now + kTokenPatience;
        session_.emit(GrabToken{*session_.data_token()});
        return;
    }
    each.state = State::channels;
    each.deadline = now + kChannelTime;
    if (each.via == Via::acknowledged) {
        session_.emit(Join{mcs::kAssignChannel});
    } else {
        session_.emit(Convene{});
        session_.emit(Convene{});
    }
}

void Sender::on_token(TokenId token, bool successful, Instant now) {
    if (token != session_.data_token()) return;
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each == nullptr || each->state != State::token) continue;
        each->holds_token = successful;
        if (successful) return offer(*each, now);
        each->retry = now + kTokenRetry;
        return;
    }
    // Nobody waits for it any more.
    if (successful) session_.emit(ReleaseToken{token});
}

void Sender::on_channel_assigned(std::optional<ChannelId> channel, Instant now) {
    auto* each = first_waiting_for_channel(Via::acknowledged);
    if (each == nullptr) {
        if (channel) session_.emit(Leave{*channel});
        return;
    }
    if (!channel) return fail(*each, FailureReason::no_channel);
    session_.channels.take(*channel);
    session_.channels.on_joined(*channel, true);
    each->data = channel;
    offer(*each, now);
}

void Sender::on_convened(std::optional<ChannelId> channel, Instant now) {
    auto* each = first_waiting_for_channel(Via::sub_session);
    if (each == nullptr) {
        if (channel) session_.emit(Disband{*channel});
        return;
    }
    if (!channel) return fail(*each, FailureReason::no_channel);
    if (!each->control) {
        each->control = channel;
        session_.use(*channel);
        return;
    }
    each->data = channel;
    invite(*each, now);
}

// --- negotiation ---

void Sender::invite(Outgoing& each, Instant now) {
    std::vector<UserId> invited = each.recipients;
    if (invited.empty())
        for (const auto& [user, member] : session_.members) invited.push_back(user);
    if (invited.empty()) return fail(each, FailureReason::no_receivers);
    session_.emit(Admit{*each.control, invited});
    session_.emit(Admit{*each.data, invited});
    for (const UserId user : invited) {
        each.receivers[user] = Answer::invited;
        session_.send_to(user, JoinInvite{*each.control, *each.data, false});
    }
    each.state = State::inviting;
    each.deadline = now + kInviteTime;
}

void Sender::check_invited(Outgoing& each, Instant now) {
    if (each.state != State::inviting || has_waiting(each, Answer::invited)) return;
    if (each.receivers.empty()) return fail(each, FailureReason::rejected);
    offer(each, now);
}

void Sender::offer(Outgoing& each, Instant now) {
    FileOffer offer;
    offer.header = header_of(each);
    offer.data_channel = *each.data;
    offer.handle = each.handle;
    offer.roster_instance = session_.roster_instance;
    offer.ack = each.via != Via::broadcast;
    if (each.via == Via::broadcast) offer.transmit_token = session_.data_token();
    if (each.request) {
        offer.request_handle = each.request->handle;
        offer.mbft_id = each.request->from;
    }
    if (each.via == Via::acknowledged) {
        for (const UserId user : each.recipients) each.receivers[user] = Answer::waiting;
        if (each.recipients.empty())
            for (const auto& [user, member] : session_.members) each.receivers[user] = Answer::waiting;
    }
    for (auto& [user, answer] : each.receivers) answer = Answer::waiting;
    each.form = form_for(each);
    // The data of a broadcast follow at once and must not overtake their offer.
    const auto priority = each.via == Via::broadcast ? mcs::DataPriority::low : mcs::DataPriority::high;
    session_.send(control_of(each), priority, offer, each.form);
    each.retry.reset();
    if (each.via == Via::broadcast) return start(each);
    each.state = State::offered;
    // The roster may be slower than we are: who is not in it yet can answer all the same.
    each.deadline = now + (each.receivers.empty() ? kNobodyTime : session_.config.answer_time);
}

void Sender::answered(Outgoing& each, Instant now) {
    if (each.state == State::inviting) return check_invited(each, now);
    if (each.state == State::closing) return check_closed(each);
    const bool anybody = has_waiting(each, Answer::accepted);
    if (each.state == State::offered) {
        if (has_waiting(each, Answer::waiting)) return;
        if (anybody) return start(each);
        return fail(each, each.was_accepted ? FailureReason::no_receivers : FailureReason::rejected);
    }
    const bool is_under_way = each.state == State::hashing || each.state == State::sending;
    if (is_under_way && each.via != Via::broadcast && !anybody && !has_waiting(each, Answer::confirmed))
        stop(each, FailureReason::no_receivers, AbortReason::unspecified);
}

void Sender::on(UserId from, const FileAccept& pdu, Instant now) {
    auto* each = find(pdu.handle);
    if (each == nullptr || each->via == Via::broadcast) return;
    if (each->state != State::offered) {
        // It has missed the start, or was never offered anything.
        if (!each->receivers.contains(from)) session_.send_error(from, pdu.handle, ErrorType::transient, "too late");
        return;
    }
    if (each->request && from != each->request->from) return;
    auto found = each->receivers.find(from);
    if (found == each->receivers.end()) {
        if (each->receivers.size() >= kMaxPeers) return;
        found = each->receivers.emplace(from, Answer::waiting).first;
    }
    if (found->second == Answer::accepted) return;
    found->second = Answer::accepted;
    each->was_accepted = true;
    session_.emit(Accepted{each->id, from});
    answered(*each, now);
}

void Sender::on(UserId from, const FileReject& pdu, Instant now) {
    auto* each = find(pdu.handle);
    if (each == nullptr || each->receivers.erase(from) == 0) return;
    session_.emit(Rejected{each->id, from, pdu.reason});
    answered(*each, now);
}

void Sender::on(UserId from, const JoinResponse& pdu, Instant now) {
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each->state != State::inviting || each->control != pdu.control_channel) continue;
        auto found = each->receivers.find(from);
        if (found == each->receivers.end()) return;
        if (pdu.response == InviteResponse::rejected) {
            each->receivers.erase(found);
            session_.emit(Rejected{id, from, RejectReason::unable_to_join_channel});
        } else {
            found->second = Answer::waiting;
        }
        return check_invited(*each, now);
    }
}

// --- receivers that give up, and whoever stops a transfer ---

void Sender::lose(Outgoing& each, UserId user, std::string why, Instant now) {
    if (each.receivers.erase(user) == 0) return;
    session_.emit(ReceiverLost{each.id, user, std::move(why)});
    answered(each, now);
}

void Sender::on_gone(UserId user, Instant now) {
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each == nullptr) continue;
        auto found = each->receivers.find(user);
        if (found == each->receivers.end() || found->second == Answer::confirmed) continue;
        lose(*each, user, "has left", now);
    }
}

void Sender::on(UserId from, const FileError& pdu, Instant now) {
    if (!pdu.handle || pdu.type == ErrorType::informative) return;
    auto* each = find(*pdu.handle);
    if (each == nullptr) return;
    std::string why = pdu.text && !pdu.text->empty() ? gcc::to_utf8(*pdu.text) : "error " + std::to_string(pdu.id);
    lose(*each, from, std::move(why), now);
}

void Sender::on(UserId from, const FileAbort& pdu, bool by_conductor, Instant now) {
    if (pdu.transmitter && pdu.transmitter != session_.self) return;
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each == nullptr || each->state == State::queued) continue;
        if (pdu.handle && *pdu.handle != each->handle) continue;
        if (pdu.data_channel && pdu.data_channel != each->data) continue;
        if (by_conductor) {
            stop(*each, FailureReason::aborted, pdu.reason, "by the conductor");
        } else if (pdu.handle) {
            lose(*each, from, "stopped it", now);
        }
    }
}

void Sender::on(UserId from, ChannelId channel, const FileEnd& end) {
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each == nullptr || !each->is_at_end || (end.handle && *end.handle != each->handle)) continue;
        // Without a handle, the private channel says which file is meant.
        if (!end.handle && each->control && channel != *each->control && channel != mcs::channel_of(*session_.self))
            continue;
        auto found = each->receivers.find(from);
        if (found == each->receivers.end() || found->second == Answer::confirmed) continue;
        found->second = Answer::confirmed;
        return check_closed(*each);
    }
}

void Sender::on(UserId from, ChannelId channel, const ChannelLeave&, Instant now) {
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each == nullptr || each->control != channel) continue;
        auto found = each->receivers.find(from);
        if (found == each->receivers.end() || found->second == Answer::confirmed) continue;
        if (!each->is_at_end) {
            lose(*each, from, "has left the private session", now);
            continue;
        }
        found->second = Answer::left;
        check_closed(*each);
    }
}

}  // namespace convene::files
