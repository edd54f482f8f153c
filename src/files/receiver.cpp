#include "files/receiver.hpp"

#include <algorithm>
#include <utility>

namespace convene::files {
namespace {

std::optional<std::uint64_t> size_of(const FileHeader& header) {
    if (!header.filesize || *header.filesize < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*header.filesize);
}

}  // namespace

// --- offers ---

std::optional<Receiver::Objection> Receiver::objection(UserId from, ChannelId data, const FileHeader& header,
                                                       bool compressed,
                                                       const std::optional<ChannelId>& sub_session) const {
    const auto of_peer =
        std::count_if(transfers_.begin(), transfers_.end(), [&](const auto& each) { return each.first.first == from; });
    if (transfers_.size() >= kMaxIncoming || static_cast<std::size_t>(of_peer) >= kMaxIncomingPerPeer)
        return Objection{RejectReason::insufficient_resources, "too many files at once"};
    if (compressed) return Objection{RejectReason::compression_unsupported, "compressed"};
    if (size_of(header).value_or(0) > session_.config.max_file_size)
        return Objection{RejectReason::transfer_limit, "larger than this node takes"};
    const bool is_usable =
        data == session_.data || (sub_session && sub_sessions_.at(*sub_session).data == data) ||
        (mcs::is_dynamic(data) && data != mcs::channel_of(*session_.self) && data != session_.control);
    if (!is_usable) return Objection{RejectReason::parameter_not_supported, "on a channel that is not for files"};
    return std::nullopt;
}

Receiver::Incoming& Receiver::add(UserId from, FileHandle handle, ChannelId data, const FileHeader& header,
                                  TransferId id) {
    Incoming each;
    each.id = id;
    each.from = from;
    each.handle = handle;
    each.data = data;
    each.name = name_of(header);
    each.size = size_of(header);
    by_id_[id] = {from, handle};
    return transfers_.insert_or_assign(Key{from, handle}, std::move(each)).first->second;
}

void Receiver::show(const Incoming& each, const FileHeader& header, bool requested) {
    std::optional<FileTime> modified;
    if (header.last_modified) modified = from_generalized_time(*header.last_modified);
    session_.emit(Offered{each.id, each.from, each.name, each.size, modified, !each.ack, each.sub_session.has_value(),
                          requested, each.sub_session});
}

void Receiver::on(UserId from, ChannelId channel, const FileOffer& pdu, std::optional<Claim> claim, Instant now) {
    if (auto* old = find(Key{from, pdu.handle})) {
        // The start of a broadcast may overtake its offer.
        if (!pdu.ack && !std::exchange(old->was_offered, true) && old->data == pdu.data_channel) return;
        const bool was_discarding = old->state == State::discarding;
        if (!was_discarding) fail(*old, FailureReason::superseded, now);
        if (auto* still = find(Key{from, pdu.handle})) remove(*still, now);
    }
    std::optional<ChannelId> sub_session;
    if (sub_sessions_.contains(channel)) sub_session = channel;
    if (auto why = objection(from, pdu.data_channel, pdu.header, pdu.compression.has_value(), sub_session)) {
        if (pdu.ack) session_.send_to(from, FileReject{pdu.handle, why->reason});
        session_.emit(Declined{from, name_of(pdu.header), why->why});
        if (claim) session_.emit(Failed{claim->transfer, FailureReason::denied, std::string(why->why), std::nullopt});
        if (pdu.ack || why->reason == RejectReason::insufficient_resources) return;
        Incoming& each = add(from, pdu.handle, pdu.data_channel, pdu.header, session_.next_transfer());
        each.was_offered = true;
        discard_or_remove(each, now);
        return;
    }
    Incoming& each =
        add(from, pdu.handle, pdu.data_channel, pdu.header, claim ? claim->transfer : session_.next_transfer());
    each.sub_session = sub_session;
    each.ack = pdu.ack;
    each.was_offered = true;
    each.deadline = now + session_.config.answer_time;
    show(each, pdu.header, claim.has_value());
    if (!claim) return;
    if (claim->partial) {
        each.received = claim->partial->octets;
        each.hash = claim->partial->hash;
    }
    accept(each.id, now);
}

bool Receiver::accept(TransferId transfer, Instant now) {
    auto* each = find(transfer);
    if (each == nullptr || each->state != State::offered) return false;
    const bool is_there =
        each->data == session_.data || (each->sub_session && sub_sessions_.contains(*each->sub_session) &&
                                        sub_sessions_.at(*each->sub_session).data == each->data);
    if (!is_there) {
        session_.use(each->data);
        each->holds_channel = true;
        if (session_.channels.state(each->data) != ChannelUses::State::joined) {
            each->state = State::joining;
            each->deadline = now + kChannelTime;
            return true;
        }
    }
    confirm_accept(*each, now);
    return true;
}

void Receiver::confirm_accept(Incoming& each, Instant now) {
    each.state = State::waiting;
    each.deadline = now + kStartTime;
    if (each.ack) session_.send_to(each.from, FileAccept{each.handle});
    if (!each.held_start) return;
    // A broadcast that came faster than the decision.
    const FileStart start = std::move(*each.held_start);
    const std::vector<FileData> data = std::move(each.held_data);
    const Key key{each.from, each.handle};
    drop_held(each);
    begin(each, start, now);
    for (const FileData& piece : data) {
        auto* still = find(key);
        if (still == nullptr || still->state != State::receiving) return;
        take(*still, piece.data, piece.eof, piece.crc, now);
    }
}

bool Receiver::reject(TransferId transfer, RejectReason reason, Instant now) {
    auto* each = find(transfer);
    if (each == nullptr || each->state != State::offered) return false;
    if (each->ack) session_.send_to(each->from, FileReject{each->handle, reason});
    discard_or_remove(*each, now);
    return true;
}

bool Receiver::cancel(TransferId transfer, Instant now) {
    auto* each = find(transfer);
    if (each == nullptr || each->state == State::discarding) return false;
    if (each->state == State::offered) return reject(transfer, RejectReason::file_not_required, now);
    refuse(*each, FailureReason::cancelled, ErrorType::transient, "stopped by the receiver", now);
    return true;
}

void Receiver::on_joined(ChannelId channel, Instant now) {
    const bool is_joined = session_.channels.state(channel) == ChannelUses::State::joined;
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each == nullptr || each->state != State::joining || each->data != channel) continue;
        if (is_joined) {
            confirm_accept(*each, now);
            continue;
        }
        each->holds_channel = false;
        session_.send_to(each->from, FileReject{each->handle, RejectReason::unable_to_join_channel});
        fail(*each, FailureReason::no_channel, now);
    }
    for (const auto& [control, sub_session] : std::map<ChannelId, SubSession>(sub_sessions_))
        if (control == channel || sub_session.data == channel) check_invitation(control, now);
}

// --- private sessions ---

void Receiver::on(UserId from, const JoinInvite& pdu, Instant now) {
    const ChannelId own = mcs::channel_of(*session_.self);
    const auto of_peer = std::count_if(sub_sessions_.begin(), sub_sessions_.end(),
                                       [&](const auto& each) { return each.second.manager == from; });
    const bool is_sound = pdu.control_channel != pdu.data_channel && pdu.control_channel != own &&
                          pdu.data_channel != own && pdu.control_channel != session_.control &&
                          !session_.channels.has(pdu.control_channel) && !session_.channels.has(pdu.data_channel);
    if (!is_sound || sub_sessions_.size() >= kMaxSubSessions ||
        static_cast<std::size_t>(of_peer) >= kMaxSubSessionsPerPeer)
        return session_.send_to(from, JoinResponse{pdu.control_channel, InviteResponse::rejected});
    sub_sessions_[pdu.control_channel] = {from, pdu.data_channel, false, now + kIdleSubSession};
    session_.use(pdu.control_channel);
    session_.use(pdu.data_channel);
}

void Receiver::check_invitation(ChannelId control, Instant now) {
    auto found = sub_sessions_.find(control);
    if (found == sub_sessions_.end() || found->second.is_answered) return;
    const auto first = session_.channels.state(control), second = session_.channels.state(found->second.data);
    if (first == ChannelUses::State::absent || second == ChannelUses::State::absent) {
        session_.send_to(found->second.manager, JoinResponse{control, InviteResponse::rejected});
        return leave_sub_session(control, false, now);
    }
    if (first != ChannelUses::State::joined || second != ChannelUses::State::joined) return;
    found->second.is_answered = true;
    session_.send_to(found->second.manager, JoinResponse{control, InviteResponse::accepted});
}

bool Receiver::is_used(ChannelId sub_session) const {
    return std::any_of(transfers_.begin(), transfers_.end(),
                       [&](const auto& each) { return each.second.sub_session == sub_session; });
}

void Receiver::leave_sub_session(ChannelId control, bool politely, Instant now) {
    auto found = sub_sessions_.find(control);
    if (found == sub_sessions_.end()) return;
    const ChannelId data = found->second.data;
    sub_sessions_.erase(found);
    if (politely) session_.send_control(control, to_pdu(ChannelLeave{}));
    session_.release(control);
    session_.release(data);
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each == nullptr || each->sub_session != control) continue;
        each->sub_session.reset();
        if (each->state != State::ending) fail(*each, FailureReason::peer_gone, now);
    }
}

void Receiver::on_expelled(ChannelId channel, Instant now) {
    session_.channels.forget(channel);
    for (const auto& [control, sub_session] : std::map<ChannelId, SubSession>(sub_sessions_))
        if (control == channel || sub_session.data == channel) leave_sub_session(control, false, now);
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each == nullptr || each->data != channel || !each->holds_channel) continue;
        each->holds_channel = false;
        if (each->state != State::ending) fail(*each, FailureReason::peer_gone, now);
    }
}

// --- those who leave, and time ---

void Receiver::on_gone(UserId user, Instant now) {
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each == nullptr || key.first != user) continue;
        if (each->state == State::ending && !each->awaits_digest) continue;  // all of it is here
        if (each->state == State::discarding)
            remove(*each, now);
        else
            fail(*each, FailureReason::peer_gone, now);
        if (auto* still = find(key)) remove(*still, now);
    }
    for (const auto& [control, sub_session] : std::map<ChannelId, SubSession>(sub_sessions_))
        if (sub_session.manager == user) leave_sub_session(control, false, now);
}

void Receiver::on_disconnected() {
    for (auto& [key, each] : transfers_) {
        if (each.state == State::discarding) continue;
        Failed failed{each.id, FailureReason::disconnected, {}, std::nullopt};
        if (each.received > 0 && each.is_hashed)
            failed.partial = Partial{each.name.text, each.size, each.received, each.hash};
        session_.emit(std::move(failed));
    }
    transfers_.clear();
    by_id_.clear();
    sub_sessions_.clear();
    held_ = 0;
}

void Receiver::on_time(Instant now) {
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each != nullptr && each->deadline && *each->deadline <= now) on_deadline(*each, now);
    }
    for (const auto& [control, sub_session] : std::map<ChannelId, SubSession>(sub_sessions_)) {
        if (sub_session.deadline > now) continue;
        if (is_used(control))
            sub_sessions_[control].deadline = now + kIdleSubSession;
        else
            leave_sub_session(control, true, now);
    }
}

void Receiver::on_deadline(Incoming& each, Instant now) {
    each.deadline.reset();
    switch (each.state) {
        case State::offered:
            if (each.ack) session_.send_to(each.from, FileReject{each.handle, RejectReason::file_not_required});
            return fail(each, FailureReason::timed_out, now, "nobody has decided about the offer");
        case State::joining:
            session_.send_to(each.from, FileReject{each.handle, RejectReason::unable_to_join_channel});
            return fail(each, FailureReason::no_channel, now);
        case State::waiting:
            return refuse(each, FailureReason::timed_out, ErrorType::transient, "the file never came", now);
        case State::receiving:
            return refuse(each, FailureReason::timed_out, ErrorType::transient, "nothing has come for long", now);
        case State::ending:
            if (!each.awaits_digest) return;
            each.awaits_digest = false;
            each.is_suspicious = true;
            return check_complete(each, now);
        case State::discarding:
            return remove(each, now);
    }
}

std::optional<Instant> Receiver::deadline() const {
    std::optional<Instant> first;
    for (const auto& [key, each] : transfers_) earliest(first, each.deadline);
    for (const auto& [control, sub_session] : sub_sessions_) earliest(first, sub_session.deadline);
    return first;
}

Receiver::Incoming* Receiver::find(TransferId id) {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : find(found->second);
}
Receiver::Incoming* Receiver::find(Key key) {
    auto found = transfers_.find(key);
    return found == transfers_.end() ? nullptr : &found->second;
}
std::vector<Receiver::Key> Receiver::keys() const {
    std::vector<Key> out;
    out.reserve(transfers_.size());
    for (const auto& [key, each] : transfers_) out.push_back(key);
    return out;
}

}  // namespace convene::files
