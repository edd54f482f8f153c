// The part of the Sender that reads files and sends their octets.
#include <algorithm>
#include <utility>

#include "files/sender.hpp"

namespace convene::files {

void Sender::start(Outgoing& each) {
    each.deadline.reset();
    each.state = State::sending;
    if (!each.request || each.request->offset == 0 || each.request->offset > each.file.size) return;
    if (each.request->digest) {
        // What the requester has must be hashed in any case: for the digest of the whole, and to see that it is this
        // file.
        each.state = State::hashing;
    } else {
        // A requester that cannot say what it has is taken at its word (T.127's data-offset).
        each.offset = each.request->offset;
        each.is_hashed = false;
    }
}

void Sender::pump(Instant now) {
    if (transfers_.empty()) return;
    // The next broadcast, when the last one is over.
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each != nullptr && each->state == State::queued && session_.is_active) begin(*each, now);
    }
    std::vector<TransferId> order = ids();
    if (last_pumped_) {
        auto next = std::upper_bound(order.begin(), order.end(), *last_pumped_);
        std::rotate(order.begin(), next, order.end());
    }
    std::size_t reading = 0;
    for (const auto& [id, each] : transfers_) reading += each.reading;
    for (TransferId id : order) {
        auto* each = find(id);
        if (each == nullptr || each->reading > 0 || each->is_at_end) continue;
        if (each->state == State::hashing) {
            each->reading =
                static_cast<std::size_t>(std::min<std::uint64_t>(kHashedAtOnce, each->request->offset - each->offset));
        } else if (each->state == State::sending) {
            if (session_.unsent + reading >= kWindow) continue;
            const std::uint64_t left = each->file.size - each->offset;
            if (left == 0) {
                send_chunk(*each, {}, now);
                continue;
            }
            each->reading = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_size(session_.config), left));
        } else {
            continue;
        }
        reading += each->reading;
        last_pumped_ = id;
        session_.emit(ReadMore{id, each->offset, each->reading});
    }
}

void Sender::on_read(TransferId transfer, const Slice& octets, Instant now) {
    auto* each = find(transfer);
    if (each == nullptr || each->reading == 0) return;
    const std::size_t expected = std::exchange(each->reading, 0);
    if (octets.size() != expected)
        return stop(*each, FailureReason::cannot_read, AbortReason::unspecified, "the file has changed");
    each->hash.update(octets);
    each->offset += expected;
    if (each->state == State::hashing) {
        if (each->offset == each->request->offset) end_hashing(*each);
        return;
    }
    if (each->offset == each->file.size) send_digest(*each);
    send_chunk(*each, octets, now);
}

void Sender::on_read_failed(TransferId transfer) {
    auto* each = find(transfer);
    if (each != nullptr) stop(*each, FailureReason::cannot_read, AbortReason::unspecified);
}

void Sender::end_hashing(Outgoing& each) {
    Sha256 so_far = each.hash;
    if (so_far.finish() != *each.request->digest) {
        // Another file of that name: all of it.
        each.hash = {};
        each.offset = 0;
    } else if (each.offset == each.file.size) {
        send_digest(each);
    }
    each.state = State::sending;
}

void Sender::send_digest(Outgoing& each) {
    // Not where all are known to be others, who may not expect such a PDU.
    bool is_wanted = std::any_of(each.receivers.begin(), each.receivers.end(), [&](const auto& receiver) {
        return session_.is_convene(receiver.first) || !session_.is_member(receiver.first);
    });
    if (each.via == Via::broadcast)
        is_wanted =
            session_.members.empty() || std::any_of(session_.members.begin(), session_.members.end(),
                                                    [](const auto& member) { return member.second.is_convene; });
    if (!is_wanted || !each.is_hashed) return;
    Sha256 hash = each.hash;
    // With the priority of the data, so that it comes between them and not before or after.
    const FileDigest digest{each.handle, each.file.size, hash.finish()};
    session_.send(control_of(each), mcs::DataPriority::low, to_pdu(digest));
}

void Sender::send_chunk(Outgoing& each, const Slice& octets, Instant now) {
    // Before the first octet of an empty file there was no occasion.
    if (each.file.size == 0) send_digest(each);
    each.is_at_end = each.offset == each.file.size;
    if (!each.is_started) {
        FileStart start;
        start.header = header_of(each);
        start.handle = each.handle;
        start.eof = each.is_at_end;
        start.data_offset = static_cast<std::int64_t>(each.offset - octets.size());
        start.data = octets;
        session_.send(*each.data, mcs::DataPriority::low, start, each.form);
        each.is_started = true;
    } else {
        FileData data;
        data.handle = each.handle;
        data.eof = each.is_at_end;
        data.data = octets;
        session_.send(*each.data, mcs::DataPriority::low, data);
    }
    session_.unsent += octets.size();
    if (each.progress.is_due(each.offset, each.file.size))
        session_.emit(Progress{each.id, each.offset, each.file.size});
    if (each.is_at_end) close(each, now);
}

void Sender::close(Outgoing& each, Instant now) {
    if (each.via == Via::broadcast) return finish(each);
    each.state = State::closing;
    each.deadline = now + kFileEndTime;
    check_closed(each);
}

void Sender::check_closed(Outgoing& each) {
    if (each.state != State::closing || has_waiting(each, Answer::accepted)) return;
    if (each.receivers.empty()) return fail(each, FailureReason::no_receivers);
    finish(each);
}

void Sender::on_time(Instant now) {
    for (TransferId id : ids()) {
        auto* each = find(id);
        if (each == nullptr) continue;
        if (each->retry && *each->retry <= now) {
            each->retry.reset();
            session_.emit(GrabToken{*session_.data_token()});
        }
        if (!each->deadline || *each->deadline > now) continue;
        each->deadline.reset();
        switch (each->state) {
            case State::token:
                // Foreign nodes may think another number to be the token's: what counts is whether anybody sends.
                if (foreign_data_ && now < *foreign_data_ + kQuietData)
                    each->deadline = *foreign_data_ + kQuietData;
                else
                    offer(*each, now);
                break;
            case State::channels:
                fail(*each, FailureReason::no_channel);
                break;
            case State::inviting:
                // Some answer by joining alone: the offer shows who has. Who is in no roster either is not there.
                for (auto it = each->receivers.begin(); it != each->receivers.end();) {
                    const UserId user = it->first;
                    const bool is_lost = it->second == Answer::invited && !session_.is_member(user);
                    it->second = Answer::waiting;
                    it = is_lost ? each->receivers.erase(it) : std::next(it);
                    if (is_lost) session_.emit(ReceiverLost{id, user, "not there"});
                }
                if (each->receivers.empty())
                    fail(*each, FailureReason::no_receivers);
                else
                    check_invited(*each, now);
                break;
            case State::offered: {
                for (const auto& [user, answer] : std::map<UserId, Answer>(each->receivers)) {
                    if (answer != Answer::waiting) continue;
                    each->receivers.erase(user);
                    session_.emit(ReceiverLost{id, user, "no answer"});
                }
                const bool was_empty = each->receivers.empty();
                if (!was_empty) {
                    start(*each);
                } else {
                    stop(*each, FailureReason::no_receivers, AbortReason::unspecified);
                }
                break;
            }
            case State::closing:
                // What is still queued here cannot have been confirmed.
                if (session_.unsent > 0)
                    each->deadline = now + kFileEndTime;
                else
                    finish(*each);
                break;
            case State::queued:
            case State::hashing:
            case State::sending:
                break;
        }
    }
}

std::optional<Instant> Sender::deadline() const {
    std::optional<Instant> first;
    for (const auto& [id, each] : transfers_) {
        earliest(first, each.deadline);
        earliest(first, each.retry);
    }
    return first;
}

// --- looking things up ---

FileHeader Sender::header_of(const Outgoing& each) const {
    FileHeader header;
    header.filename = filename_of(each.file.name);
    header.filesize = static_cast<std::int64_t>(each.file.size);
    if (each.file.modified) header.last_modified = to_generalized_time(*each.file.modified);
    return header;
}

bool Sender::has_waiting(const Outgoing& each, Answer answer) const {
    return std::any_of(each.receivers.begin(), each.receivers.end(),
                       [&](const auto& receiver) { return receiver.second == answer; });
}

HeaderForm Sender::form_for(const Outgoing& each) const {
    // One PDU goes to all: the short form only where nobody is known to want the long one.
    if (each.receivers.empty()) return HeaderForm::bits26;
    const bool all_short = std::all_of(each.receivers.begin(), each.receivers.end(), [&](const auto& receiver) {
        return session_.form_of(receiver.first) == HeaderForm::bits24;
    });
    return all_short ? HeaderForm::bits24 : HeaderForm::bits26;
}

std::optional<FileHandle> Sender::free_handle() {
    for (std::size_t tries = 0; tries <= kMaxOutgoing; ++tries) {
        const FileHandle handle{++last_handle_};
        if (find(handle) == nullptr) return handle;
    }
    return std::nullopt;
}

Sender::Outgoing* Sender::find(FileHandle handle) {
    for (auto& [id, each] : transfers_)
        if (each.handle == handle) return &each;
    return nullptr;
}

Sender::Outgoing* Sender::find(TransferId id) {
    auto found = transfers_.find(id);
    return found == transfers_.end() ? nullptr : &found->second;
}

std::vector<TransferId> Sender::ids() const {
    std::vector<TransferId> out;
    out.reserve(transfers_.size());
    for (const auto& [id, each] : transfers_) out.push_back(id);
    return out;
}

Sender::Outgoing* Sender::first_waiting_for_channel(Via via) {
    for (auto& [id, each] : transfers_)
        if (each.state == State::channels && each.via == via) return &each;
    return nullptr;
}

}  // namespace convene::files
