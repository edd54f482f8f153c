#include "mcs/reassembly.hpp"

#include <algorithm>

namespace convene::mcs {

std::optional<Slice> Reassembler::add(const DataIndication& data) {
    if (data.segmentation.begin && data.segmentation.end) return data.data;
    Stream key{data.initiator, data.channel, data.priority, data.uniform};
    auto stream = unfinished_.find(key);
    if (data.segmentation.begin) {
        if (stream != unfinished_.end()) drop(stream);
        if (unfinished_.size() >= limits_.streams) {
            ++dropped_;
            return std::nullopt;
        }
        stream = unfinished_.emplace(key, Bytes{}).first;
    } else if (stream == unfinished_.end()) {
        return std::nullopt;
    }
    if (stream->second.size() + data.data.size() > limits_.sdu_octets) {
        drop(stream);
        return std::nullopt;
    }
    append(stream->second, data.data);
    octets_ += data.data.size();
    if (data.segmentation.end) {
        Slice sdu(stream->second);
        octets_ -= stream->second.size();
        unfinished_.erase(stream);
        return sdu;
    }
    if (octets_ > limits_.total_octets) {
        auto smaller = [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); };
        drop(std::max_element(unfinished_.begin(), unfinished_.end(), smaller));
    }
    return std::nullopt;
}

void Reassembler::forget(UserId initiator) {
    for (auto stream = unfinished_.begin(); stream != unfinished_.end();) {
        auto next = std::next(stream);
        if (std::get<UserId>(stream->first) == initiator) drop(stream);
        stream = next;
    }
}

void Reassembler::drop(Unfinished::iterator stream) {
    ++dropped_;
    octets_ -= stream->second.size();
    unfinished_.erase(stream);
}

}  // namespace convene::mcs
