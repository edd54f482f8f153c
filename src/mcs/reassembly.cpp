#include "mcs/reassembly.hpp"

#include <iterator>
#include <utility>

namespace convene::mcs {

std::optional<Sdu> Reassembler::add(const DataIndication& segment) {
    Stream stream{segment.initiator, segment.channel, segment.priority, segment.uniform};
    auto at = partial_.find(stream);
    if (segment.segmentation.begin) {
        if (at != partial_.end()) discard(at);
        if (segment.segmentation.end)
            return Sdu{segment.initiator, segment.channel, segment.priority, segment.uniform, segment.data};
        if (partial_.size() >= limits_.streams) {
            ++discarded_;
            return std::nullopt;
        }
        at = partial_.emplace(stream, Bytes{}).first;
    } else if (at == partial_.end()) {
        return std::nullopt;  // of an SDU that was given up, or that began before the channel was joined
    }
    Bytes& joined = at->second;
    if (joined.size() + segment.data.size() > limits_.one || octets_ + segment.data.size() > limits_.all) {
        discard(at);
        return std::nullopt;
    }
    append(joined, segment.data);
    octets_ += segment.data.size();
    if (!segment.segmentation.end) return std::nullopt;

    Sdu whole{segment.initiator, segment.channel, segment.priority, segment.uniform, Slice(joined)};
    octets_ -= joined.size();
    partial_.erase(at);
    return whole;
}

void Reassembler::forget(UserId user) {
    for (auto at = partial_.begin(); at != partial_.end();) {
        auto next = std::next(at);
        if (at->first.initiator == user) discard(at);
        at = next;
    }
}

void Reassembler::discard(Partial::iterator at) {
    octets_ -= at->second.size();
    partial_.erase(at);
    ++discarded_;
}

}  // namespace convene::mcs
