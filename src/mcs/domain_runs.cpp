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

/// The octets at the beginning of `frames` that are the next ones of the run, and done with.
std::size_t Domain::extend_run(Incoming from, Slice frames) {
    if (asn1::kForSize || !run_ || run_->from != from || !run_->frames.is_followed_by(frames)) return 0;
    std::byte* const octets = frames.mutable_data();
    std::size_t end = 0;
    while (end < frames.size()) {
        const std::size_t size = t123::read_u16(octets + end + 2);
        std::byte* const pdu = octets + end + t123::kDataHeaderSize;
        const auto user_octets = user_octets_of_next(run_->header, {pdu, size - t123::kDataHeaderSize});
        if (!user_octets) break;
        if (run_->header.is_request()) turn_into_indication(pdu);
        ++run_->count;
        run_->octets += *user_octets;
        run_->longest = std::max(run_->longest, static_cast<std::uint32_t>(size));
        end += size;
    }
    run_->frames.extend_over(frames.sub(0, end));
    return end;
}

void Domain::receive_run(ConnectionId id, unsigned transport, const Slice& frames, Instant now) {
    now_ = now;
    const Incoming from{id, static_cast<std::uint8_t>(transport)};
    for (Slice rest = frames; !rest.empty();) {
        std::size_t taken = extend_run(from, rest);
        if (taken == 0) {
            taken = t123::read_u16(rest.data() + 2);
            receive(id, transport, t123::tsdu_in(rest.sub(0, taken)), now);
        }
        rest = rest.sub(taken, rest.size() - taken);
    }
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
        account(*to, transport, run.header.priority, run.frames.size() - run.count * t123::kDataHeaderSize, true);
    }
    incoming_ = before;
}

}  // namespace convene::mcs
