// What the domain wants of its connections, done with the transports that carry them.
#include <utility>

#include "node/links.hpp"
#include "t123/tpkt.hpp"

namespace convene::node {

Links::Transport* Links::carrier(mcs::ConnectionId connection, std::uint8_t number) {
    auto link = links_.find(connection);
    return link == links_.end() ? nullptr : link->second.transports[number];
}

void Links::transmit(const mcs::Transmit& output) {
    Transport* transport = carrier(output.connection, output.transport);
    if (transport == nullptr) return;
    const auto& tsdu = output.tsdu;
    if (tsdu.framed && tsdu.payload.size() + t123::kDataHeaderSize <= transport->x224->max_tpdu()) {
        // The relay path: the frame goes out as it came in.
        out_.push_back(Write{transport->id, tsdu.payload.widened_front(t123::kDataHeaderSize)});
        return;
    }
    segment(*transport, tsdu);
}

void Links::transmit(const mcs::TransmitRun& output) {
    Transport* transport = carrier(output.connection, output.transport);
    if (transport == nullptr) return;
    if (output.longest <= transport->x224->max_tpdu()) {
        out_.push_back(Write{transport->id, output.frames, output.count});
        return;
    }
    t123::for_each_tsdu(output.frames, [&](const t123::Tsdu& tsdu) { segment(*transport, tsdu); });
}

/// As many TPDUs as it takes.
void Links::segment(Transport& transport, const t123::Tsdu& tsdu) {
    transport.x224->send(tsdu);
    x224_outputs_.clear();
    transport.x224->take_outputs(x224_outputs_);
    for (auto& each : x224_outputs_) {
        if (auto* octets = std::get_if<t123::Send>(&each))
            out_.push_back(Write{transport.id, std::move(octets->octets)});
    }
    x224_outputs_.clear();
}

void Links::close(const mcs::Close& output) {
    auto link = links_.find(output.connection);
    if (link == links_.end()) return;
    auto transports = link->second.transports;
    links_.erase(link);
    for (Transport* transport : transports) {
        if (transport != nullptr) close_transport(transport->id, output.why);
    }
    events_.push_back(LinkDown{output.connection, output.why});
}

void Links::pause(const mcs::Pause& output) {
    Transport* transport = carrier(output.connection, output.transport);
    if (transport == nullptr || std::exchange(transport->reading_paused, true)) return;
    transport->x224->pause_receiving();
    watch_time(*transport);
    out_.push_back(PauseReading{transport->id});
}

void Links::resume(const mcs::Resume& output, Instant now) {
    Transport* transport = carrier(output.connection, output.transport);
    if (transport == nullptr || !std::exchange(transport->reading_paused, false)) return;
    transport->x224->resume_receiving(now);
    watch_time(*transport);
    out_.push_back(ResumeReading{transport->id});
}

}  // namespace convene::node
