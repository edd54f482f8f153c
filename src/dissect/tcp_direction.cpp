#include "dissect/tcp_direction.hpp"

#include <algorithm>

namespace convene::dissect {

void TcpDirection::on_segment(std::uint32_t sequence, bool syn, ByteView payload, InOrder& out) {
    if (syn) ++sequence;  // the SYN takes one
    if (!started_) {
        started_ = true;
        first_ = sequence;
    }
    if (payload.empty()) return;
    // Sequence numbers wrap: the distance to where we are is what counts.
    const auto distance = static_cast<std::int32_t>(sequence - (first_ + static_cast<std::uint32_t>(next_)));
    if (distance < 0) {
        const auto behind = static_cast<std::size_t>(-static_cast<std::int64_t>(distance));
        if (behind >= payload.size()) return;
        payload = payload.subspan(behind);
        deliver(next_, payload, out);
    } else {
        deliver(next_ + static_cast<std::uint32_t>(distance), payload, out);
    }
    while (octets_waiting_ > kMaxWaiting || waiting_.size() > kMaxSegments) skip_to_first_waiting(out);
}

void TcpDirection::deliver(std::uint64_t at, ByteView payload, InOrder& out) {
    if (at > next_) {
        auto [place, is_new] = waiting_.try_emplace(at);
        if (!is_new && place->second.size() >= payload.size()) return;
        octets_waiting_ += payload.size() - place->second.size();
        place->second = to_bytes(payload);
        return;
    }
    out.on_octets(payload);
    next_ += payload.size();
    deliver_waiting(out);
}

void TcpDirection::deliver_waiting(InOrder& out) {
    while (!waiting_.empty() && waiting_.begin()->first <= next_) {
        auto node = waiting_.extract(waiting_.begin());
        const Bytes& payload = node.mapped();
        octets_waiting_ -= payload.size();
        const auto known = static_cast<std::size_t>(std::min<std::uint64_t>(next_ - node.key(), payload.size()));
        if (known == payload.size()) continue;
        out.on_octets(ByteView(payload).subspan(known));
        next_ += payload.size() - known;
    }
}

void TcpDirection::skip_to_first_waiting(InOrder& out) {
    const std::uint64_t at = waiting_.begin()->first;
    out.on_gap(at - next_);
    next_ = at;
    deliver_waiting(out);
}

void TcpDirection::finish(InOrder& out) {
    while (!waiting_.empty()) skip_to_first_waiting(out);
}

}  // namespace convene::dissect
