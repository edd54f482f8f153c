#include "node/links.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "base/take_all.hpp"

namespace convene::node {
namespace {

/// Beyond maxMCSPDUsize: what a lenient peer adds to it (T.125 §9 only forbids generating more).
constexpr std::size_t kDomainPduSlack = 1024;

}  // namespace

Links::Links(mcs::Domain& domain, LinksConfig config)
    : domain_(domain), config_(std::move(config)), listener_(config_.range, config_.listener) {}

void Links::adopt(TransportId id, Reception::Released&& released, std::string peer, Instant now) {
    auto& transport = *transports_.emplace(id, std::make_unique<Transport>()).first->second;
    transport.id = id;
    transport.stage = Stage::listening;
    transport.x224.emplace(std::move(released.transport));
    transport.peer = peer;
    listener_.transport_opened(id, std::move(peer), now);
    for (auto& tsdu : released.tsdus) {
        if (auto* still = find(id)) on_tsdu(*still, {std::move(tsdu), false}, now);
    }
    if (auto* still = find(id)) pump(*still, now);
}

void Links::accept(TransportId id, Bytes user_data, std::uint64_t random, Instant now,
                   mcs::SharedRestriction restriction) {
    auto request = requests_.extract(id);
    if (request.empty()) return;
    if (restriction != nullptr) restrictions_[id] = std::move(restriction);
    auto& [initial, announced] = request.mapped();
    listener_.accept(id, choose(initial, announced), std::move(user_data), random, now);
    pump_listener(now);
}

void Links::refuse(TransportId id, mcs::Result result, Bytes user_data) {
    requests_.erase(id);
    listener_.refuse(id, result, std::move(user_data));
    pump_listener(now_);
}

mcs::DomainParameters Links::choose(const mcs::ConnectInitial& initial, const mcs::DomainParameters& announced) const {
    auto chosen = announced;
    if (domain_.is_frozen()) {
        // A peer that cannot live with what is in force is still let in on its own terms: its own limits bind what we
        // send on its behalf, and a domain that real clients cannot enter is of no use to them.
        auto fitting = mcs::negotiate(mcs::offer_of(initial), mcs::frozen(domain_.parameters(), config_.range));
        if (fitting) chosen = *fitting;
    }
    std::uint64_t least = std::max<std::uint64_t>(initial.minimum_parameters.num_priorities, 1);
    chosen.num_priorities = std::max(least, std::min(chosen.num_priorities, config_.preferred_priorities));
    return chosen;
}

void Links::transport_opened(TransportId id, Instant now) {
    auto* transport = find(id);
    if (transport == nullptr || transport->stage != Stage::opening) return;
    now_ = now;
    transport->stage = Stage::connecting;
    transport->x224.emplace(t123::Caller{}, now, config_.transport);
    pump(*transport, now);
}

void Links::on_bytes(TransportId id, Slice octets, Instant now) {
    auto* transport = find(id);
    if (transport == nullptr || !transport->x224) return;
    now_ = now;
    transport->x224->on_bytes(std::move(octets), now);
    pump(*transport, now);
}

void Links::on_closed(TransportId id, std::string_view why, Instant now) {
    if (find(id) == nullptr) return;
    now_ = now;
    on_disconnected(id, std::string(why), now);
}

void Links::on_written(TransportId id, std::size_t frames, std::size_t octets_queued, Instant now) {
    auto* transport = find(id);
    if (transport == nullptr || transport->stage != Stage::established) return;
    domain_.on_transmitted(transport->connection, transport->number, frames, octets_queued, now);
}

void Links::on_time(Instant now) {
    now_ = now;
    for (TransportId id : std::set<TransportId>(timed_)) {
        if (auto* transport = find(id)) {
            transport->x224->on_time(now);
            pump(*transport, now);
        }
    }
    if (kIsCalled) {
        listener_.on_time(now);
        pump_listener(now);
    }
    std::vector<CallId> calls;
    for (const auto& [id, call] : calls_) calls.push_back(id);
    for (CallId id : calls) {
        if (auto call = calls_.find(id); call != calls_.end()) call->second.machine.on_time(now);
        pump_call(id, now);
    }
}

std::optional<Instant> Links::deadline() const {
    std::optional<Instant> first;
    if (kIsCalled) first = listener_.deadline();
    for (const auto& [id, call] : calls_) earliest(first, call.machine.deadline());
    for (TransportId id : timed_) {
        auto transport = transports_.find(id);
        if (transport != transports_.end()) earliest(first, transport->second->x224->deadline());
    }
    return first;
}

void Links::watch_time(Transport& transport) {
    bool has_deadline = transport.x224->deadline().has_value();
    if (has_deadline == std::exchange(transport.is_timed, has_deadline)) return;
    if (has_deadline) {
        timed_.insert(transport.id);
    } else {
        timed_.erase(transport.id);
    }
}

void Links::pump(Transport& transport, Instant now) {
    TransportId id = transport.id;
    std::vector<t123::Output> taken = std::move(x224_outputs_);
    transport.x224->take_outputs(taken);
    for (auto& output : taken) {
        auto* still = find(id);
        if (still == nullptr) break;
        std::visit(
            overloaded{[&](t123::Send& send) {
                           out_.push_back(Write{id, std::move(send.octets)});
                       },
                       [&](t123::Received& received) { on_tsdu(*still, std::move(received.tsdu), now); },
                       [&](t123::ReceivedRun& run) { on_tsdus(*still, run.frames, now); }, [&](t123::Requested&) {},
                       [&](t123::Connected&) {
                           still->stage = Stage::calling;
                           if (auto call = calls_.find(still->call); call != calls_.end())
                               call->second.machine.transport_opened(still->number, now);
                           pump_call(still->call, now);
                       },
                       [&](t123::Disconnected& end) { on_disconnected(id, t123::describe(end), now); }},
            output);
    }
    taken.clear();
    x224_outputs_ = std::move(taken);
    if (auto* still = find(id)) watch_time(*still);
}

void Links::on_tsdu(Transport& transport, t123::Tsdu tsdu, Instant now) {
    switch (transport.stage) {
        case Stage::opening:
        case Stage::connecting:
            return;
        case Stage::listening:
            if (!kIsCalled) return;
            listener_.receive(transport.id, tsdu.payload);
            pump_listener(now);
            return;
        case Stage::calling: {
            CallId id = transport.call;
            if (auto call = calls_.find(id); call != calls_.end())
                call->second.machine.receive(transport.number, tsdu.payload, now);
            pump_call(id, now);
            return;
        }
        case Stage::established:
            domain_.receive(transport.connection, transport.number, std::move(tsdu), now);
            return;
    }
}

void Links::on_tsdus(Transport& transport, const Slice& frames, Instant now) {
    if (transport.stage == Stage::established)
        return domain_.receive_run(transport.connection, transport.number, frames, now);
    // What the first leads to, may be the end of the transport.
    t123::for_each_tsdu(frames, [&, id = transport.id](t123::Tsdu tsdu) {
        if (auto* still = find(id)) on_tsdu(*still, std::move(tsdu), now);
    });
}

void Links::pump_listener(Instant now) {
    std::vector<mcs::ConnectListener::Output> outputs;
    listener_.take_outputs(outputs);
    for (auto& output : outputs) {
        std::visit(
            overloaded{
                [&](mcs::ConnectListener::Send& send) {
                    if (auto* transport = find(send.transport)) this->send(*transport, send.tsdu, now);
                },
                [&](mcs::ConnectListener::Close& close) { close_transport(close.transport, close.why); },
                [&](mcs::ConnectListener::Requested& requested) {
                    auto* transport = find(requested.transport);
                    if (transport == nullptr) return;
                    requests_[requested.transport] = {requested.pdu, requested.parameters};
                    events_.push_back(CallReceived{requested.transport, transport->peer, std::move(requested.pdu)});
                },
                [&](mcs::ConnectListener::Withdrawn& withdrawn) { requests_.erase(withdrawn.transport); },
                [&](mcs::ConnectListener::Established& established) {
                    auto orientation = established.peer_is_below ? mcs::Orientation::below : mcs::Orientation::above;
                    auto version = static_cast<mcs::Version>(established.parameters.protocol_version);
                    auto connection = domain_.add_connection({orientation, established.parameters, version,
                                                              static_cast<std::uint8_t>(established.transports.size())},
                                                             now);
                    if (auto waiting = restrictions_.extract(established.transports.front()))
                        domain_.restrict(connection, std::move(waiting.mapped()));
                    establish(connection, established.transports, established.parameters);
                    events_.push_back(LinkUp{connection, std::nullopt, established.transports.front(), {}});
                }},
            output);
    }
}

void Links::establish(mcs::ConnectionId connection, const std::vector<TransportId>& transports,
                      const mcs::DomainParameters& parameters) {
    Link& link = links_[connection];
    for (std::size_t i = 0; i < transports.size(); ++i) {
        auto* transport = find(transports[i]);
        CONVENE_CHECK(transport != nullptr, "an established connection has its transports");
        transport->stage = Stage::established;
        transport->connection = connection;
        transport->number = static_cast<std::uint8_t>(i);
        transport->x224->set_max_tsdu(parameters.max_mcspdu_size + kDomainPduSlack);
        link.transports[i] = transport;
    }
}

void Links::send(Transport& transport, ByteView tsdu, Instant) {
    transport.x224->send(tsdu);
    // Only octets can come of it; what has been received already is dealt with by whoever is pumping.
    std::vector<t123::Output> taken;
    transport.x224->take_outputs(taken);
    for (auto& output : taken) {
        if (auto* octets = std::get_if<t123::Send>(&output))
            out_.push_back(Write{transport.id, std::move(octets->octets)});
    }
}

void Links::on_disconnected(TransportId id, const std::string& why, Instant now) {
    auto* transport = find(id);
    if (transport == nullptr) return;
    auto stage = transport->stage;
    auto connection = transport->connection;
    auto call_id = transport->call;
    unsigned number = transport->number;
    close_transport(id, why);
    switch (stage) {
        case Stage::listening:
            if (!kIsCalled) return;
            requests_.erase(id);
            listener_.transport_lost(id);
            pump_listener(now);
            return;
        case Stage::opening:
        case Stage::connecting:
        case Stage::calling: {
            auto call = calls_.find(call_id);
            if (call == calls_.end()) return;
            if (number == 0 && stage != Stage::calling) {
                // Nobody there: the reason is worth more than "the transport was lost".
                hang_up(call_id);
                events_.push_back(CallFailed{call_id, why});
                return;
            }
            call->second.machine.transport_lost(number);
            pump_call(call_id, now);
            return;
        }
        case Stage::established: {
            auto link = links_.find(connection);
            if (link == links_.end()) return;
            auto transports = link->second.transports;
            links_.erase(link);
            // The loss of one transport is the loss of the MCS connection (T.125 §6.3).
            for (Transport* other : transports) {
                if (other != nullptr && other != transport) close_transport(other->id, why);
            }
            domain_.connection_lost(connection, now);
            events_.push_back(LinkDown{connection, why});
            return;
        }
    }
}

void Links::close_transport(TransportId id, std::string why) {
    auto* transport = find(id);
    if (transport == nullptr) return;
    out_.push_back(CloseTransport{id, std::move(why)});
    forget(id);
}

void Links::forget(TransportId id) {
    restrictions_.erase(id);
    timed_.erase(id);
    transports_.erase(id);
}

Links::Transport* Links::find(TransportId id) {
    auto found = transports_.find(id);
    return found == transports_.end() ? nullptr : found->second.get();
}

std::optional<TransportId> Links::transport_of(mcs::ConnectionId connection) const {
    auto link = links_.find(connection);
    if (link == links_.end() || link->second.transports[0] == nullptr) return std::nullopt;
    return link->second.transports[0]->id;
}

std::string Links::peer_of(mcs::ConnectionId connection) const {
    auto link = links_.find(connection);
    if (link == links_.end() || link->second.transports[0] == nullptr) return {};
    return link->second.transports[0]->peer;
}

void Links::take_outputs(std::vector<NodeOutput>& into) { take_all(out_, into); }

void Links::take_events(std::vector<LinkEvent>& into) { take_all(events_, into); }

}  // namespace convene::node
