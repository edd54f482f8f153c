#include "whiteboard/outbox.hpp"

#include <algorithm>
#include <utility>

namespace convene::whiteboard {

std::vector<OwnId> Outbox::add(OwnId id, const Replica::Pending& pending) {
    auto object = object_of(pending.operation);
    auto job =
        std::find_if(pictures_.begin(), pictures_.end(), [&](const Job& each) { return each.picture == object; });
    bool is_known = object && job != pictures_.end();
    if (is_known && !std::holds_alternative<DeleteObject>(pending.operation)) {
        job->after.push_back(id);
        return {};
    }
    std::vector<OwnId> dropped;
    bool is_half_out = false;
    if (is_known) {
        dropped = std::move(job->after);
        dropped.push_back(job->id);
        is_half_out = job->parts && job->parts->is_begun();
        pictures_.erase(job);
    }
    if (std::holds_alternative<CreatePicture>(pending.operation)) {
        pictures_.push_back(Job{id, *object, std::nullopt, {}});
    } else {
        waiting_.push_back({id, is_half_out});
    }
    return dropped;
}

std::vector<Outbox::Outgoing> Outbox::take(const Replica& replica, const MaySend& may_send, bool may_send_pictures) {
    std::vector<Outgoing> out;
    auto has_room = [&] { return in_flight_ + out.size() < kMaxInFlight; };
    std::deque<Waiting> held;
    auto send_waiting = [&] {
        while (!waiting_.empty() && has_room()) {
            Waiting next = waiting_.front();
            waiting_.pop_front();
            auto own = replica.pending().find(next.id);
            if (own == replica.pending().end()) continue;
            if (!may_send(own->second)) {
                held.push_back(next);
                continue;
            }
            const Operation& operation = own->second.operation;
            out.push_back({next.id, next.aborts ? AbortPicture{*object_of(operation)} : operation});
        }
    };
    send_waiting();
    std::size_t pieces = pieces_in_flight_;
    for (std::size_t i = 0; i < pictures_.size() && may_send_pictures;) {
        Job& job = pictures_[i];
        auto own = replica.pending().find(job.id);
        bool is_gone = own == replica.pending().end();
        if (!is_gone && !may_send(own->second)) {
            ++i;
            continue;
        }
        if (!is_gone) {
            if (!job.parts) job.parts.emplace(std::get<CreatePicture>(own->second.operation));
            while (!job.parts->is_done() && pieces < kMaxPiecesInFlight && has_room()) {
                auto piece = job.parts->next();
                out.push_back({job.id, std::move(*piece), job.parts->is_done(), true});
                ++pieces;
            }
            if (!job.parts->is_done()) break;
        }
        for (OwnId id : job.after) waiting_.push_back({id});
        pictures_.erase(pictures_.begin() + static_cast<std::ptrdiff_t>(i));
        send_waiting();
    }
    // What was held back keeps its place before what there was no room for.
    waiting_.insert(waiting_.begin(), held.begin(), held.end());
    return out;
}

void Outbox::sent(const Outgoing& outgoing, std::size_t pdus) {
    in_flight_ += pdus;
    if (outgoing.is_piece) pieces_in_flight_ += pdus;
}

void Outbox::on_echo(bool was_piece) {
    if (in_flight_ > 0) --in_flight_;
    if (was_piece && pieces_in_flight_ > 0) --pieces_in_flight_;
}

void Outbox::clear() { *this = Outbox{}; }

bool Outbox::has_pictures(const Replica& replica, const MaySend& may_send) const {
    return std::any_of(pictures_.begin(), pictures_.end(), [&](const Job& job) {
        auto own = replica.pending().find(job.id);
        return own != replica.pending().end() && may_send(own->second);
    });
}

}  // namespace convene::whiteboard
