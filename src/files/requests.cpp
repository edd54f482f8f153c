#include "files/requests.hpp"

#include <algorithm>
#include <utility>

namespace convene::files {
namespace {

std::string_view words(DenyReason reason) {
    switch (reason) {
        case DenyReason::unspecified:
            return "refused";
        case DenyReason::file_not_present:
            return "there is no such file";
        case DenyReason::insufficient_privilege:
            return "not allowed";
        case DenyReason::file_already_offered:
            return "it is offered already";
        case DenyReason::ambiguous:
            return "there are several such files";
        case DenyReason::no_channel:
            return "no channel is free";
    }
    return "refused";
}

}  // namespace

// --- this node asks ---

Expected<TransferId, Refusal> Requests::request(WantedFile file, Instant now) {
    if (asking_.size() >= kMaxRequests) return tl::make_unexpected(Refusal::too_many);
    if (file.holder && file.holder == session_.self) return tl::make_unexpected(Refusal::nobody);
    Asking asking;
    asking.id = session_.next_transfer();
    asking.handle = RequestHandle{++last_handle_};
    asking.file = std::move(file);
    const TransferId id = asking.id;
    asking_.push_back(std::move(asking));
    ask_next(now);
    return id;
}

void Requests::ask_next(Instant now) {
    if (!session_.is_active || asking_.empty()) return;
    Asking& front = asking_.front();
    if (front.is_asked || front.grabs_token) return;
    front.grabs_token = true;
    front.deadline = now + kTokenPatience;
    session_.emit(GrabToken{kRequestToken});
}

void Requests::on_token(TokenId token, bool successful, Instant now) {
    if (token != kRequestToken) return;
    if (asking_.empty() || !asking_.front().grabs_token || asking_.front().holds_token || asking_.front().is_asked) {
        if (successful && (asking_.empty() || !asking_.front().holds_token)) session_.emit(ReleaseToken{token});
        return;
    }
    Asking& front = asking_.front();
    if (!successful) {
        front.retry = now + kTokenRetry;
        return;
    }
    front.holds_token = true;
    ask(front, now);
}

void Requests::ask(Asking& asking, Instant now) {
    asking.is_asked = true;
    asking.retry.reset();
    asking.deadline = now + kRequestTime;
    FileRequest pdu;
    pdu.header.filename = filename_of(asking.file.name);
    if (asking.file.size && *asking.file.size <= kMaxFileSize)
        pdu.header.filesize = static_cast<std::int64_t>(*asking.file.size);
    pdu.data_channel = session_.data.value_or(session_.control);
    pdu.handle = asking.handle;
    pdu.roster_instance = session_.roster_instance;
    pdu.transmit_token = kTransmitToken;
    pdu.request_token = kRequestToken;
    const ChannelId to = asking.file.holder ? mcs::channel_of(*asking.file.holder) : session_.control;
    if (asking.file.partial) {
        Sha256 hash = asking.file.partial->hash;
        session_.send_control(to, to_pdu(HeldDigest{asking.handle, asking.file.partial->octets, hash.finish()}));
        pdu.data_offset = static_cast<std::int64_t>(asking.file.partial->octets);
    }
    session_.send_control(to, pdu, asking.file.holder ? session_.form_of(*asking.file.holder) : HeaderForm::bits26);
}

std::optional<Claim> Requests::claim(UserId from, const FileOffer& offer, Instant now) {
    if (!offer.request_handle || asking_.empty() || (offer.mbft_id && offer.mbft_id != session_.self))
        return std::nullopt;
    const Asking& front = asking_.front();
    if (!front.is_asked || front.handle != *offer.request_handle) return std::nullopt;
    if (front.file.holder && *front.file.holder != from) return std::nullopt;
    Claim claim{front.id, front.file.partial};
    end_front(now);
    return claim;
}

void Requests::on(UserId from, const FileDeny& pdu, Instant now) {
    if (asking_.empty()) return;
    Asking& front = asking_.front();
    if (!front.is_asked || front.handle != pdu.handle) return;
    front.denied = pdu.reason;
    // Of several that were asked, another may still have it.
    if (front.file.holder == from) fail_front(FailureReason::denied, std::string(words(pdu.reason)), now);
}

void Requests::end_front(Instant now) {
    // A token that was asked for and not yet got is given back when it comes.
    if (asking_.front().holds_token) session_.emit(ReleaseToken{kRequestToken});
    asking_.pop_front();
    ask_next(now);
}

void Requests::fail_front(FailureReason reason, std::string detail, Instant now) {
    Asking& front = asking_.front();
    session_.emit(Failed{front.id, reason, std::move(detail), std::move(front.file.partial)});
    end_front(now);
}

bool Requests::cancel(TransferId transfer, Instant now) {
    auto found = std::find_if(asking_.begin(), asking_.end(), [&](const Asking& each) { return each.id == transfer; });
    if (found == asking_.end()) return false;
    session_.emit(Failed{found->id, FailureReason::cancelled, {}, std::move(found->file.partial)});
    if (found->holds_token) session_.emit(ReleaseToken{kRequestToken});
    asking_.erase(found);
    ask_next(now);
    return true;
}

// --- this node is asked ---

void Requests::on(UserId from, const HeldDigest& note) {
    if (notes_.size() >= kMaxResumeNotes) notes_.pop_front();
    notes_.emplace_back(from, note);
}

void Requests::on(UserId from, const FileRequest& pdu, Instant now) {
    const auto of_peer =
        std::count_if(asked_.begin(), asked_.end(), [&](const auto& each) { return each.second.request.from == from; });
    AnsweredRequest request{from, pdu.handle, 0, std::nullopt};
    if (pdu.data_offset > 0) request.offset = static_cast<std::uint64_t>(pdu.data_offset);
    auto note = std::find_if(notes_.begin(), notes_.end(),
                             [&](const auto& each) { return each.first == from && each.second.handle == pdu.handle; });
    if (note != notes_.end()) {
        if (note->second.octets == request.offset) request.digest = note->second.digest;
        notes_.erase(note);
    }
    if (asked_.size() >= kMaxRequestsWaiting || static_cast<std::size_t>(of_peer) >= kMaxRequestsPerPeer) return;
    std::optional<std::uint64_t> size;
    if (pdu.header.filesize && *pdu.header.filesize >= 0) size = static_cast<std::uint64_t>(*pdu.header.filesize);
    const RequestId id = session_.next_request();
    session_.emit(Requested{id, from, name_of(pdu.header), size, request.offset});
    asked_.emplace(id, Asked{request, now + kRequestTime});
}

std::optional<AnsweredRequest> Requests::take(RequestId request) {
    auto found = asked_.find(request);
    if (found == asked_.end()) return std::nullopt;
    AnsweredRequest out = found->second.request;
    asked_.erase(found);
    return out;
}

bool Requests::deny(RequestId request, std::optional<DenyReason> reason) {
    auto asked = take(request);
    if (asked && reason) session_.send_to(asked->from, FileDeny{asked->handle, *reason});
    return asked.has_value();
}

// --- those who leave, and time ---

void Requests::on_gone(UserId user, Instant now) {
    for (auto it = asked_.begin(); it != asked_.end();)
        it = it->second.request.from == user ? asked_.erase(it) : std::next(it);
    notes_.erase(std::remove_if(notes_.begin(), notes_.end(), [&](const auto& note) { return note.first == user; }),
                 notes_.end());
    for (std::size_t i = asking_.size(); i-- > 1;) {
        if (asking_[i].file.holder != user) continue;
        session_.emit(Failed{asking_[i].id, FailureReason::peer_gone, {}, std::move(asking_[i].file.partial)});
        asking_.erase(asking_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (!asking_.empty() && asking_.front().file.holder == user) fail_front(FailureReason::peer_gone, {}, now);
}

void Requests::on_disconnected() {
    for (Asking& each : asking_)
        session_.emit(Failed{each.id, FailureReason::disconnected, {}, std::move(each.file.partial)});
    asking_.clear();
    asked_.clear();
    notes_.clear();
}

void Requests::on_time(Instant now) {
    ask_next(now);
    for (auto it = asked_.begin(); it != asked_.end();)
        it = it->second.deadline <= now ? asked_.erase(it) : std::next(it);
    if (asking_.empty()) return;
    Asking& front = asking_.front();
    if (front.retry && *front.retry <= now) {
        front.retry.reset();
        session_.emit(GrabToken{kRequestToken});
    }
    if (!front.deadline || *front.deadline > now) return;
    // The token is a courtesy: who never gets it asks all the same.
    if (!front.is_asked) return ask(front, now);
    if (front.denied) return fail_front(FailureReason::denied, std::string(words(*front.denied)), now);
    fail_front(FailureReason::timed_out, "nobody has offered it", now);
}

std::optional<Instant> Requests::deadline() const {
    std::optional<Instant> first;
    for (const auto& [id, each] : asked_) earliest(first, each.deadline);
    if (!asking_.empty()) {
        earliest(first, asking_.front().deadline);
        earliest(first, asking_.front().retry);
    }
    return first;
}

}  // namespace convene::files
