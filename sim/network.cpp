#include "sim/network.hpp"

#include <algorithm>
#include <utility>

#include "base/hex.hpp"
#include "base/overloaded.hpp"
#include "mcs/link_codec.hpp"

namespace convene::sim {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPatience = 3s;  ///< until an end notices that its link is cut, at most

std::uint64_t key(Node node, mcs::ConnectionId connection) {
    return static_cast<std::uint64_t>(node) << 32 | connection.value;
}

}  // namespace

Node Network::add(const mcs::DomainConfig& config) {
    nodes_.push_back(std::make_unique<mcs::Domain>(config));
    above_.emplace_back();
    timers_.emplace_back();
    return nodes_.size() - 1;
}

bool Network::is_free_to_call(Node from, Node to) const {
    if (!nodes_[from]->is_top() || above_[from]) return false;
    for (std::size_t steps = 0; steps <= nodes_.size(); ++steps) {
        if (to == from) return false;
        if (!above_[to]) return true;
        to = links_[*above_[to]].ends[upper].node;
    }
    return false;
}

LinkId Network::connect(Node from, Node to, const LinkShape& shape) {
    LinkId id = links_.size();
    links_.push_back({{End{from, {}}, End{to, {}}}, shape, false, false});
    lanes_.resize(lanes_.size() + kLanesOfLink);
    above_[from] = id;
    plan(report_.now + shape.delay, Event::Kind::called, id);
    if (report_.traced())
        report_.note(name(id, lower) + " calls, version " + std::to_string(shape.version) + ", transports " +
                     std::to_string(shape.transports));
    return id;
}

void Network::called(LinkId id) {
    attach_end(id, upper);
    const LinkShape& shape = links_[id].shape;
    plan(report_.now + shape.delay + random_.up_to(shape.jitter), Event::Kind::answered, id);
}

void Network::answered(LinkId id) {
    Link& link = links_[id];
    Node caller = link.ends[lower].node;
    bool called_is_there = link.ends[upper].connection.has_value() && !link.cut;
    if (called_is_there && nodes_[caller]->is_top()) {
        link.established = true;
        return attach_end(id, lower);
    }
    if (report_.traced()) report_.note(name(id, lower) + " did not come about");
    above_[caller].reset();
    lost(id, upper);
    for (std::size_t t = 0; t < kLanesOfSide; ++t) empty(lane_of(id, upper, t));
}

void Network::attach_end(LinkId id, Side side) {
    Link& link = links_[id];
    Node node = link.ends[side].node;
    mcs::ConnectionSettings settings;
    settings.orientation = side == lower ? mcs::Orientation::above : mcs::Orientation::below;
    settings.negotiated = nodes_[node]->parameters();
    settings.version = link.shape.version;
    settings.transports = link.shape.transports;
    mcs::ConnectionId connection = nodes_[node]->add_connection(settings, report_.now);
    link.ends[side].connection = connection;
    places_[key(node, connection)] = {id, side};
    if (report_.traced()) report_.note(name(id, side) + " is connected at " + std::to_string(node));
    collect(node);
    for (std::size_t t = 0; t < link.shape.transports; ++t) plan_delivery(lane_of(id, other(side), t));
}

void Network::cut(LinkId id) {
    Link& link = links_[id];
    link.cut = true;
    if (report_.traced()) report_.note(name(id, lower) + " is CUT");
    for (std::size_t lane = id * kLanesOfLink; lane < (id + 1) * kLanesOfLink; ++lane) empty(lane);
    plan(report_.now + random_.up_to(kPatience), Event::Kind::lost_lower, id);
    plan(report_.now + random_.up_to(kPatience), Event::Kind::lost_upper, id);
}

void Network::set_reading(LinkId id, Side side, std::size_t transport, bool reads) {
    std::size_t number = lane_of(id, other(side), transport);
    lanes_[number].stuck = !reads;
    if (report_.traced())
        report_.note(name(id, other(side)) + (reads ? " is read again, transport " : " is STUCK, transport ") +
                     std::to_string(transport));
    plan_delivery(number);
}

void Network::give_up(LinkId id, Side side) {
    lost(id, side);
    plan_reset(id, other(side));
}

/// The provider there does not have the connection any more.
void Network::forget_end(LinkId id, Side side) {
    End& end = links_[id].ends[side];
    places_.erase(key(end.node, *end.connection));
    end.connection.reset();
    if (side == lower) above_[end.node].reset();
    for (std::size_t t = 0; t < kLanesOfSide; ++t) {
        if (!lanes_[lane_of(id, other(side), t)].packets.empty()) plan_reset(id, other(side));
        empty(lane_of(id, other(side), t));
        lanes_[lane_of(id, other(side), t)].paused = false;
    }
}

/// Whoever writes to an end that is closed finds its own end broken, even when it does not read what was said before.
void Network::plan_reset(LinkId id, Side side) {
    plan(report_.now + random_.up_to(kPatience), side == lower ? Event::Kind::lost_lower : Event::Kind::lost_upper, id);
}

void Network::empty(std::size_t lane) {
    lanes_[lane].packets.clear();
    lanes_[lane].octets = 0;
}

void Network::lost(LinkId id, Side side) {
    End end = links_[id].ends[side];
    if (!end.connection) return;
    if (report_.traced()) report_.note(name(id, side) + " is lost at " + std::to_string(end.node));
    forget_end(id, side);
    for (std::size_t t = 0; t < kLanesOfSide; ++t) empty(lane_of(id, side, t));
    nodes_[end.node]->connection_lost(*end.connection, report_.now);
    collect(end.node);
}

void Network::deliver(std::size_t number) {
    Lane& lane = lanes_[number];
    lane.planned = false;
    LinkId id = number / kLanesOfLink;
    auto from = static_cast<Side>(number % kLanesOfLink / kLanesOfSide);
    auto transport = static_cast<unsigned>(number % kLanesOfSide);
    End sender = links_[id].ends[from];
    End receiver = links_[id].ends[other(from)];
    if (lane.packets.empty() || !receiver.connection || lane.stuck) return;
    if (lane.paused && lane.read_already == 0) return;
    if (lane.packets.front().arrival > report_.now) return plan_delivery(number);
    if (lane.paused) --lane.read_already;

    Lane::Packet packet = std::move(lane.packets.front());
    lane.packets.pop_front();
    if (packet.close) return lost(id, other(from));
    lane.octets -= packet.tsdu.payload.size();
    ++lane.unreported;
    ++delivered_;
    report_.mix(number);
    report_.mix(packet.tsdu.payload.size());
    if (report_.traced()) report_.note(name(id, from) + " " + describe(id, packet.tsdu.payload));
    plan_delivery(number);
    // A buffer of its own, as if it had come over a network.
    Slice octets{packet.tsdu.payload.view()};
    packet.tsdu = {};
    // Who writes to a slow link hears of each PDU; else of several together.
    bool reports = sender.connection && (lane.packets.empty() || links_[id].shape.rate > 0 || random_.chance(50));
    std::size_t pdus = reports ? std::exchange(lane.unreported, 0) : 0;
    if (reports) {
        nodes_[sender.node]->on_transmitted(*sender.connection, transport, pdus, lane.octets, report_.now);
        collect(sender.node);
    }
    // The sender may have closed meanwhile; what it had written still arrives.
    if (!links_[id].ends[other(from)].connection) return;
    nodes_[receiver.node]->receive(*receiver.connection, transport, {std::move(octets), false}, report_.now);
    collect(receiver.node);
}

void Network::collect(Node node) {
    std::vector<mcs::Output> outputs;
    nodes_[node]->take_outputs(outputs);
    for (auto& output : outputs) act(node, output);
    plan_timer(node);
}

void Network::act(Node node, mcs::Output& output) {
    auto set_paused = [&](mcs::ConnectionId connection, std::size_t transport, bool paused) {
        const Place* place = place_of(node, connection);
        if (place == nullptr) return;
        std::size_t number = lane_of(place->link, other(place->side), transport);
        lanes_[number].paused = paused;
        lanes_[number].read_already = random_.pick(kReadAhead + 1);
        if (on_pause) on_pause(place->link, other(place->side), transport, paused);
        if (!paused) plan_delivery(number);
    };
    std::visit(overloaded{[&](mcs::Transmit& transmit_output) { transmit(node, transmit_output); },
                          [&](mcs::TransmitRun&) { report_.fail("a run of frames where each came alone"); },
                          [&](mcs::Close& close) { closed(node, close); },
                          [&](mcs::Pause& pause) { set_paused(pause.connection, pause.transport, true); },
                          [&](mcs::Resume& resume) { set_paused(resume.connection, resume.transport, false); },
                          [&](mcs::UserEvent& event) { on_event(node, event); },
                          [&](mcs::Incident& incident) {
                              if (report_.traced())
                                  report_.note("   incident at " + std::to_string(node) + ": " + incident.text);
                              report_.expect(incident.severity == mcs::Incident::Severity::note, [&] {
                                  return "provider " + std::to_string(node) + " complains: " + incident.text;
                              });
                          }},
               output);
}

void Network::transmit(Node node, mcs::Transmit& output) {
    const Place* place = place_of(node, output.connection);
    if (place == nullptr) return report_.fail("provider " + std::to_string(node) + " writes where it has closed");
    const Link& link = links_[place->link];
    if (link.cut) return;
    if (link.established && !link.ends[other(place->side)].connection) return plan_reset(place->link, place->side);
    std::size_t number = lane_of(place->link, place->side, output.transport);
    Lane& lane = lanes_[number];
    const std::size_t size = output.tsdu.payload.size();
    if (link.shape.rate > 0) {
        lane.free_at =
            std::max(lane.free_at, report_.now) +
            std::chrono::duration_cast<Duration>(std::chrono::duration<double>(1) * static_cast<double>(size) /
                                                 static_cast<double>(link.shape.rate));
    }
    Instant arrival = std::max(lane.free_at, report_.now) + link.shape.delay + random_.up_to(link.shape.jitter);
    if (!lane.packets.empty()) arrival = std::max(arrival, lane.packets.back().arrival);
    lane.octets += size;
    lane.most_octets = std::max(lane.most_octets, lane.octets);
    lane.packets.push_back({arrival, std::move(output.tsdu), false});
    plan_delivery(number);
}

void Network::closed(Node node, const mcs::Close& output) {
    const Place* found = place_of(node, output.connection);
    if (found == nullptr) return;
    Place place = *found;
    if (report_.traced())
        report_.note(name(place.link, place.side) + " is closed by " + std::to_string(node) + ": " + output.why);
    if (on_close) on_close(place.link, output);
    forget_end(place.link, place.side);
    if (links_[place.link].cut) return;
    if (!links_[place.link].ends[other(place.side)].connection) {  // when it is not there yet, answered() finds out
        for (std::size_t t = 0; t < kLanesOfSide; ++t) empty(lane_of(place.link, place.side, t));
        return;
    }
    for (std::size_t t = 0; t < links_[place.link].shape.transports; ++t) {
        std::size_t number = lane_of(place.link, place.side, t);
        auto& packets = lanes_[number].packets;
        Instant arrival = report_.now + links_[place.link].shape.delay;
        if (!packets.empty()) arrival = std::max(arrival, packets.back().arrival);
        packets.push_back({arrival, {}, true});
        plan_delivery(number);
    }
}

const Network::Place* Network::place_of(Node node, mcs::ConnectionId connection) const {
    auto at = places_.find(key(node, connection));
    return at == places_.end() ? nullptr : &at->second;
}

void Network::plan(Instant at, Event::Kind kind, std::size_t index) { events_.push({at, ++order_, kind, index}); }

void Network::plan_delivery(std::size_t number) {
    Lane& lane = lanes_[number];
    if (lane.planned || lane.packets.empty()) return;
    lane.planned = true;
    plan(std::max(report_.now, lane.packets.front().arrival), Event::Kind::deliver, number);
}

void Network::plan_timer(Node node) {
    auto due = nodes_[node]->deadline();
    if (!due || timers_[node] == due) return;
    timers_[node] = due;
    plan(std::max(report_.now, *due), Event::Kind::timer, node);
}

std::optional<Instant> Network::next() const {
    return events_.empty() ? std::nullopt : std::optional<Instant>(events_.top().at);
}

bool Network::step() {
    if (events_.empty()) return false;
    Event event = events_.top();
    events_.pop();
    report_.now = event.at;
    switch (event.kind) {
        case Event::Kind::called:
            called(event.index);
            break;
        case Event::Kind::answered:
            answered(event.index);
            break;
        case Event::Kind::deliver:
            deliver(event.index);
            break;
        case Event::Kind::lost_lower:
            lost(event.index, lower);
            break;
        case Event::Kind::lost_upper:
            lost(event.index, upper);
            break;
        case Event::Kind::timer:
            timers_[event.index].reset();
            nodes_[event.index]->on_time(report_.now);
            collect(event.index);
            break;
    }
    return true;
}

void Network::wait_until(Instant time) {
    while (!events_.empty() && events_.top().at <= time) step();
    report_.now = time;
}

std::size_t Network::in_flight() const {
    std::size_t out = 0;
    for (const Lane& lane : lanes_) out += lane.packets.size();
    return out;
}

std::size_t Network::paused() const {
    std::size_t out = 0;
    for (const Lane& lane : lanes_) out += lane.paused ? 1 : 0;
    return out;
}

std::string Network::name(LinkId id, Side from) const {
    const Link& link = links_[id];
    return std::to_string(link.ends[from].node) + (from == lower ? " /> " : " \\> ") +
           std::to_string(link.ends[other(from)].node) + " (link " + std::to_string(id) + ")";
}

std::string Network::describe(LinkId id, const Slice& octets) const {
    auto pdu = mcs::decode_from(links_[id].shape.version, Slice(octets.view()));
    std::string what{pdu && *pdu ? mcs::name_of(**pdu) : "?"};
    constexpr std::size_t kShown = 48;
    ByteView view = octets.view();
    return what + " " + to_hex(view.first(std::min(view.size(), kShown))) + (view.size() > kShown ? "..." : "");
}

}  // namespace convene::sim
