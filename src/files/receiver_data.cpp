// The part of the Receiver that takes the octets of files, and says how transfers end.
#include <algorithm>
#include <limits>
#include <utility>

#include "files/receiver.hpp"

namespace convene::files {

void Receiver::on(UserId from, ChannelId channel, const FileStart& pdu, Instant now) {
    auto* each = find(Key{from, pdu.handle});
    if (each != nullptr && (each->state == State::receiving || each->state == State::ending) && each->data == channel) {
        // A second start under a live handle: what came before is void.
        fail(*each, FailureReason::superseded, now);
        each = find(Key{from, pdu.handle});
    }
    if (each == nullptr && channel == session_.data) {
        // On the broadcast channel an offer is not needed: the start says everything again.
        if (auto why = objection(from, channel, pdu.header, pdu.compression.has_value(), std::nullopt)) {
            session_.emit(Declined{from, name_of(pdu.header), why->why});
            return;
        }
        each = &add(from, pdu.handle, channel, pdu.header, session_.next_transfer());
        each->deadline = now + session_.config.answer_time;
        show(*each, pdu.header, false);
    }
    if (each == nullptr || each->data != channel) return;
    switch (each->state) {
        case State::offered:
            if (each->ack || each->held_start) return;
            each->held_start = pdu;
            return hold(*each, pdu.data.size(), now);
        case State::waiting:
            return begin(*each, pdu, now);
        case State::discarding:
            if (pdu.eof) remove(*each, now);
            return;
        case State::joining:
        case State::receiving:
        case State::ending:
            return;
    }
}

void Receiver::on(UserId from, ChannelId channel, const FileData& pdu, Instant now) {
    auto* each = find(Key{from, pdu.handle});
    if (each == nullptr || each->data != channel) return;
    switch (each->state) {
        case State::offered:
            if (!each->held_start) return;
            if (pdu.abort) return stop(*each, now);
            each->held_data.push_back(pdu);
            return hold(*each, pdu.data.size(), now);
        case State::receiving:
            if (pdu.abort) return stop(*each, now);
            return take(*each, pdu.data, pdu.eof, pdu.crc, now);
        case State::discarding:
            if (pdu.eof || pdu.abort) remove(*each, now);
            return;
        case State::joining:
        case State::waiting:
        case State::ending:
            return;
    }
}

void Receiver::hold(Incoming& each, std::size_t octets, Instant now) {
    // A PDU costs more than its octets, so that empty ones count, too.
    const std::size_t cost = octets + sizeof(FileData);
    each.held += cost;
    held_ += cost;
    if (held_ > kMaxHeld) fail(each, FailureReason::timed_out, now, "nobody has decided about the offer");
}

void Receiver::drop_held(Incoming& each) {
    held_ -= std::exchange(each.held, 0);
    each.held_start.reset();
    each.held_data.clear();
}

void Receiver::begin(Incoming& each, const FileStart& pdu, Instant now) {
    if (pdu.compression) return refuse(each, FailureReason::damaged, ErrorType::permanent, "compressed", now);
    if (pdu.header.filesize && *pdu.header.filesize >= 0) each.size = static_cast<std::uint64_t>(*pdu.header.filesize);
    const auto offset = static_cast<std::uint64_t>(pdu.data_offset);
    if (pdu.data_offset < 0 || offset > each.received)
        return refuse(each, FailureReason::damaged, ErrorType::permanent, "starts behind what is here", now);
    if (offset != each.received) {
        // Back to the beginning, or to some place whose digest nobody knows any more.
        each.received = offset;
        each.hash = {};
        each.is_hashed = offset == 0;
    }
    each.has_crc = pdu.has_crc && offset == 0;
    each.state = State::receiving;
    take(each, pdu.data, pdu.eof, pdu.crc, now);
}

void Receiver::take(Incoming& each, const Slice& octets, bool eof, std::optional<std::uint32_t> crc, Instant now) {
    if (octets.size() > session_.config.max_file_size || each.received > session_.config.max_file_size - octets.size())
        return refuse(each, FailureReason::too_large, ErrorType::transient, "larger than this node takes", now);
    if (each.unstored + octets.size() > kMaxUnstored)
        return refuse(each, FailureReason::cannot_store, ErrorType::transient, "cannot be stored fast enough", now);
    each.deadline = now + kStallTime;
    if (!octets.empty()) {
        session_.emit(Write{each.id, each.received, octets});
        each.received += octets.size();
        each.unstored += octets.size();
        if (each.is_hashed) each.hash.update(octets);
        if (each.has_crc) each.crc.update(octets);
    }
    if (each.progress.is_due(each.received, each.size)) session_.emit(Progress{each.id, each.received, each.size});
    if (eof) end(each, crc, now);
}

void Receiver::end(Incoming& each, std::optional<std::uint32_t> crc, Instant now) {
    each.state = State::ending;
    each.deadline.reset();
    each.is_suspicious =
        (each.has_crc && crc && *crc != each.crc.value()) || (each.size && *each.size != each.received);
    if (each.digest) return compare(each, now);
    if (each.is_hashed && session_.is_convene(each.from)) {
        each.awaits_digest = true;
        each.deadline = now + kDigestTime;
        return;
    }
    check_complete(each, now);
}

void Receiver::on(UserId from, const FileDigest& pdu, Instant now) {
    auto* each = find(Key{from, pdu.handle});
    if (each == nullptr || each->state == State::discarding) return;
    each->digest = pdu;
    if (each->state == State::ending && each->awaits_digest) compare(*each, now);
}

void Receiver::compare(Incoming& each, Instant now) {
    each.awaits_digest = false;
    each.deadline.reset();
    if (each.is_hashed) {
        Sha256 hash = each.hash;
        if (each.digest->size != each.received || each.digest->digest != hash.finish())
            return refuse(each, FailureReason::digest_mismatch, ErrorType::permanent, "not what was sent", now);
        each.is_right = true;
    }
    check_complete(each, now);
}

void Receiver::on_stored(TransferId transfer, std::size_t octets, Instant now) {
    auto* each = find(transfer);
    if (each == nullptr) return;
    each->unstored -= std::min<std::uint64_t>(octets, each->unstored);
    check_complete(*each, now);
}

void Receiver::on_write_failed(TransferId transfer, Instant now) {
    auto* each = find(transfer);
    if (each == nullptr || each->state == State::discarding) return;
    refuse(*each, FailureReason::cannot_store, ErrorType::permanent, "cannot be stored", now);
}

void Receiver::check_complete(Incoming& each, Instant now) {
    if (each.state != State::ending || each.awaits_digest || each.unstored > 0) return;
    Received received{each.id, each.received, Verified::unknown, std::nullopt};
    if (each.is_right)
        received.verified = Verified::yes;
    else if (each.is_suspicious)
        received.verified = Verified::no;
    if (each.is_hashed) {
        Sha256 hash = each.hash;
        received.digest = hash.finish();
    }
    session_.emit(std::move(received));
    if (each.ack) {
        const auto end = to_pdu(FileEnd{each.handle});
        if (each.sub_session)
            session_.send_control(*each.sub_session, end);
        else
            session_.send_to(each.from, end);
    }
    remove(each, now);
}

void Receiver::on_damage(UserId from, ChannelId channel, Instant now) {
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each == nullptr || key.first != from || each->data != channel) continue;
        if (each->state == State::receiving)
            refuse(*each, FailureReason::damaged, ErrorType::transient, "damaged", now);
        else if (each->state == State::offered && each->held_start)
            fail(*each, FailureReason::damaged, now);
    }
}

void Receiver::on(UserId from, const FileAbort& pdu, bool by_conductor, Instant now) {
    for (const Key& key : keys()) {
        auto* each = find(key);
        if (each == nullptr || each->state == State::ending || (!by_conductor && key.first != from)) continue;
        if (pdu.transmitter && *pdu.transmitter != key.first) continue;
        if (pdu.handle && *pdu.handle != key.second) continue;
        if (pdu.data_channel && *pdu.data_channel != each->data) continue;
        if (key.first == from)
            stop(*each, now);
        else if (each->state != State::discarding)
            // The sender of a broadcast may not have heard the conductor yet: its octets go nowhere until their end.
            fail(*each, FailureReason::aborted, now);
    }
}

// --- how transfers end ---

void Receiver::stop(Incoming& each, Instant now) {
    const Key key{each.from, each.handle};
    if (each.state != State::discarding) fail(each, FailureReason::aborted, now);
    if (auto* still = find(key)) remove(*still, now);
}

void Receiver::refuse(Incoming& each, FailureReason reason, ErrorType type, std::string detail, Instant now) {
    session_.send_error(each.from, each.handle, type, detail);
    fail(each, reason, now, std::move(detail));
}

void Receiver::fail(Incoming& each, FailureReason reason, Instant now, std::string detail) {
    Failed failed{each.id, reason, std::move(detail), std::nullopt};
    // What came is good as far as it goes, and the reason may pass.
    const bool can_resume = reason == FailureReason::peer_gone || reason == FailureReason::timed_out ||
                            reason == FailureReason::aborted || reason == FailureReason::cancelled;
    if (can_resume && each.received > 0 && each.is_hashed)
        failed.partial = Partial{each.name.text, each.size, each.received, each.hash};
    session_.emit(std::move(failed));
    discard_or_remove(each, now);
}

void Receiver::discard_or_remove(Incoming& each, Instant now) {
    const bool more_comes = !each.ack && each.data == session_.data && each.state != State::ending;
    const bool ended =
        each.held_start && (each.held_start->eof || (!each.held_data.empty() && each.held_data.back().eof));
    if (!more_comes || ended) return remove(each, now);
    drop_held(each);
    by_id_.erase(each.id);
    each.state = State::discarding;
    each.deadline = now + kStallTime;
}

void Receiver::remove(Incoming& each, Instant now) {
    const auto sub_session = each.sub_session;
    drop_held(each);
    if (each.holds_channel) session_.release(each.data);
    by_id_.erase(each.id);
    transfers_.erase(Key{each.from, each.handle});
    if (!sub_session || is_used(*sub_session)) return;
    auto found = sub_sessions_.find(*sub_session);
    if (found != sub_sessions_.end()) found->second.deadline = now + kLinger;
}

}  // namespace convene::files
