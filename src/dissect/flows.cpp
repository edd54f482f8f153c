#include "dissect/flows.hpp"

#include <array>
#include <utility>

#include "catalogue/catalogue.hpp"
#include "dissect/stream.hpp"
#include "dissect/tcp_direction.hpp"
#include "dissect/value.hpp"
#include "t123/tpkt.hpp"

namespace convene::dissect {
namespace {

constexpr std::uint16_t kT120Port = 1503;

bool has_t120_port(const Segment& segment) { return segment.from.port == kT120Port || segment.to.port == kT120Port; }

std::string source_of(const Peer& from, const Peer& to) { return to_text(from) + " > " + to_text(to); }

}  // namespace

/// One TCP connection.
class FlowDissector::Flow {
public:
    Flow(const Peer& first, const Peer& second, bool by_port, const Options& options, std::uint64_t& streams)
        : directions_{{{first, second, conversation_, options}, {second, first, conversation_, options}}},
          looked_at_(by_port),
          streams_(streams) {}

    bool begins_anew(const Segment& segment) {
        return segment.syn && direction_of(segment).order.is_another_start(segment.sequence);
    }

    void on_segment(const Segment& segment, Records& out) {
        if (ignored_) return;
        Direction& direction = direction_of(segment);
        Sink sink(*this, direction, out);
        direction.order.on_segment(segment.sequence, segment.syn, segment.payload, sink);
    }

    void finish(Records& out) {
        for (Direction& direction : directions_) {
            Sink sink(*this, direction, out);
            direction.order.finish(sink);
            if (!looked_at_) continue;
            const std::size_t before = out.size();
            direction.stream.finish(out);
            name_source(direction, before, out);
        }
    }

    Recency::iterator recency;

private:
    struct Direction {
        Direction(const Peer& from, const Peer& to, Conversation& conversation, const Options& options)
            : source(source_of(from, to)), sender(from), stream(conversation, options) {}
        std::string source;
        Peer sender;
        TcpDirection order;
        StreamDissector stream;
        Bytes first;  // octets until it is known whether this is T.120
        bool counted = false;
    };

    class Sink final : public InOrder {
    public:
        Sink(Flow& flow, Direction& direction, Records& out) : flow_(flow), direction_(direction), out_(out) {}
        void on_octets(ByteView octets) override { flow_.on_octets(direction_, octets, out_); }
        void on_gap(std::uint64_t octets) override {
            if (!flow_.looked_at_) return;
            const std::size_t before = out_.size();
            direction_.stream.gap(octets, out_);
            name_source(direction_, before, out_);
        }

    private:
        Flow& flow_;
        Direction& direction_;
        Records& out_;
    };

    Direction& direction_of(const Segment& segment) {
        return directions_[segment.from == directions_[0].sender ? 0 : 1];
    }

    static void name_source(const Direction& direction, std::size_t from, Records& out) {
        for (std::size_t i = from; i < out.size(); ++i) out[i].source = direction.source;
    }

    void on_octets(Direction& direction, ByteView octets, Records& out) {
        if (ignored_) return;
        if (!looked_at_) {
            append(direction.first, octets);
            if (direction.first.size() < t123::kMinFrame) return;
            if (!looks_like_frame(direction.first)) {
                ignored_ = true;
                return;
            }
            looked_at_ = true;
            const Bytes first = std::move(direction.first);
            push(direction, first, out);
            return;
        }
        if (!direction.first.empty()) {  // kept before the other direction showed what this is
            const Bytes first = std::exchange(direction.first, Bytes());
            push(direction, first, out);
        }
        push(direction, octets, out);
    }

    void push(Direction& direction, ByteView octets, Records& out) {
        if (!std::exchange(direction.counted, true)) ++streams_;
        const std::size_t before = out.size();
        direction.stream.push(octets, out);
        name_source(direction, before, out);
    }

    Conversation conversation_;
    std::array<Direction, 2> directions_;
    bool looked_at_;
    bool ignored_ = false;
    std::uint64_t& streams_;
};

FlowDissector::FlowDissector(const Options& options) : options_(options) {}
FlowDissector::~FlowDissector() = default;

void FlowDissector::on_packet(const CapturedPacket& packet, Records& out) {
    ++packets_;
    Segment segment;
    switch (parse_packet(packet, segment)) {
        case PacketKind::segment:
            if (segment.is_tcp) {
                on_tcp(segment, out);
            } else if (has_t120_port(segment)) {
                on_datagram(segment, out);
            }
            break;
        case PacketKind::fragment:
            ++fragments_;
            break;
        case PacketKind::malformed:
            ++malformed_;
            break;
        case PacketKind::unknown_link:
            ++unknown_links_;
            break;
        case PacketKind::other:
            break;
    }
}

void FlowDissector::on_tcp(const Segment& segment, Records& out) {
    const Key key = segment.from < segment.to ? Key{segment.from, segment.to} : Key{segment.to, segment.from};
    auto found = flows_.find(key);
    if (found != flows_.end() && found->second->begins_anew(segment)) {
        close(found, out);
        found = flows_.end();
    }
    if (found == flows_.end()) {
        if (flows_.size() >= kMaxFlows) close(flows_.find(recency_.front()), out);
        found =
            flows_
                .emplace(key, std::make_unique<Flow>(key.first, key.second, has_t120_port(segment), options_, streams_))
                .first;
        found->second->recency = recency_.insert(recency_.end(), key);
    }
    recency_.splice(recency_.end(), recency_, found->second->recency);
    found->second->on_segment(segment, out);
    if (segment.reset) close(found, out);
}

void FlowDissector::on_datagram(const Segment& segment, Records& out) {
    static const catalogue::TypeEntry* type = catalogue::find_type("MAP-PROTOCOL.MAPPDU").entry;
    if (segment.payload.empty() || type == nullptr) return;
    ++streams_;
    Record record =
        dissect_value(*type, segment.payload, Origin(), {catalogue::Rule::aper, options_.round_trip}).record;
    record.source = "UDP " + source_of(segment.from, segment.to);
    record.layer = Layer::map;
    record.name = take_alternative(record.value);
    if (record.name.empty()) record.name = "not decoded";
    out.push_back(std::move(record));
}

void FlowDissector::close(std::map<Key, std::unique_ptr<Flow>>::iterator flow, Records& out) {
    flow->second->finish(out);
    recency_.erase(flow->second->recency);
    flows_.erase(flow);
}

void FlowDissector::tell(std::uint64_t count, const char* what, Records& out) const {
    if (count == 0) return;
    Record record;
    record.layer = Layer::capture;
    record.name = "packets passed over";
    record.problems.push_back({0, std::to_string(count) + what, ""});
    out.push_back(std::move(record));
}

void FlowDissector::finish(Records& out) {
    while (!flows_.empty()) close(flows_.begin(), out);
    tell(fragments_, " fragments of IP packets, which are not put together", out);
    tell(malformed_, " packets with headers that are malformed or cut", out);
    tell(unknown_links_, " packets of a link type that is not known", out);
}

}  // namespace convene::dissect
