// Runs of data: a busy sender's frames arrive side by side, and leave so. T.125 §11.34..§11.37 hold for each of them as
// if it had been dealt with alone, because nothing else happens in the domain between the first and the last.
#include <algorithm>
#include <utility>

#include "mcs/domain.hpp"
#include "t123/tpkt.hpp"

namespace convene::mcs {

/// True when `tsdu`, authorised and on its way down, waits for more of its kind. Not where somebody needs other octets
/// than came in: local users, and connections of another version.
bool Domain::begin_run(const Connection& from, std::uint8_t transport, t123::Tsdu& tsdu, const RelayHeader& header) {
    if (asn1::kForSize) return false;  // whoever joins alone receives all data itself
    const Channel* channel = channels_.find(header.channel);
    if (!tsdu.framed || channel == nullptr || !channel->confirmed) return false;
    for (const Hop& hop : channel->joined) {
        const Connection* to = hop.is_attachment() ? nullptr : connections_.find(hop.connection());
        if (to == nullptr || to->version != from.version) return false;
    }
    if (header.is_request()) turn_into_indication(tsdu.payload.mutable_data());
    Slice frame = tsdu.payload.widened_front(t123::kDataHeaderSize);
    auto size = static_cast<std::uint32_t>(frame.size());
    const std::size_t octets = header.user_octets(tsdu.payload);
    run_.emplace(Run{{from.id, transport}, header, std::move(frame), 1, size, octets});
    return true;
}

/// True when `tsdu` is the next one of the run, and done with.
bool Domain::extend_run(ConnectionId from, std::uint8_t transport, t123::Tsdu& tsdu) {
    if (asn1::kForSize || !run_ || !tsdu.framed || run_->from != Incoming{from, transport}) return false;
    auto header = read_relay_header(tsdu.payload);
    const RelayHeader& first = run_->header;
    if (!header || header->kind != first.kind || header->initiator != first.initiator ||
        header->channel != first.channel || header->priority != first.priority)
        return false;
    Slice frame = tsdu.payload.widened_front(t123::kDataHeaderSize);
    if (!run_->frames.is_followed_by(frame)) return false;
    if (header->is_request()) turn_into_indication(tsdu.payload.mutable_data());
    run_->frames.extend_over(frame);
    ++run_->count;
    run_->octets += header->user_octets(tsdu.payload);
    run_->longest = std::max(run_->longest, static_cast<std::uint32_t>(frame.size()));
    return true;
}

void Domain::end_run() {
    if (asn1::kForSize || !run_) return;
    const Run run = *std::exchange(run_, std::nullopt);
    const auto before = std::exchange(incoming_, run.from);
    const Channel* channel = channels_.find(run.header.channel);
    count(*channel, run.header.priority, run.count, run.octets);
    const bool comes_back = run.header.is_uniform() || !run.header.is_request();
    for (const Hop& hop : channel->joined) {
        if (!comes_back && hop == Hop::to(run.from.connection)) continue;
        Connection* to = connections_.find(hop.connection());
        if (to == nullptr || to->doomed) continue;
        std::uint8_t transport = to->transport_for(run.header.priority);
        if (run.count == 1) {
            outputs_.push_back(Transmit{to->id, transport, run.header.priority, t123::tsdu_in(run.frames)});
        } else {
            outputs_.push_back(TransmitRun{to->id, transport, run.header.priority, run.frames, run.count, run.longest});
        }
        account(*to, transport, run.frames.size() - run.count * t123::kDataHeaderSize, true);
    }
    incoming_ = before;
}

}  // namespace convene::mcs
