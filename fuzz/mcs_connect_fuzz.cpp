// Plays arbitrary peers, and an owner of arbitrary temper, against the called side of the connect phase, and checks
// what it promises: nothing is said about a transport that was closed, every request ends once, no deadline is without
// effect.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "fuzz/script.hpp"
#include "mcs/connect.hpp"

using namespace convene;
using convene::fuzz::Script;
using namespace convene::mcs;

namespace {

constexpr std::size_t kTransports = 8;
constexpr std::size_t kMaxSteps = 256;

struct World {
    ConnectListener listener{default_parameter_range(), {.transports = kTransports}};
    Instant now{};
    std::uint32_t next = 0;
    std::set<TransportId> open;
    std::map<TransportId, ConnectListener::Requested> undecided;
    std::set<TransportId> accepted;
    std::vector<std::uint64_t> connect_ids;

    void drain() {
        std::vector<ConnectListener::Output> outputs;
        listener.take_outputs(outputs);
        for (auto& output : outputs)
            std::visit(
                overloaded{[&](ConnectListener::Send& send) { on_send(send); },
                           [&](ConnectListener::Close& close) {
                               CONVENE_CHECK(open.erase(close.transport) == 1, "closed twice");
                               CONVENE_CHECK(!close.why.empty(), "closed without a reason");
                           },
                           [&](ConnectListener::Requested& asked) {
                               CONVENE_CHECK(open.count(asked.transport) == 1, "request of a closed transport");
                               CONVENE_CHECK(undecided.emplace(asked.transport, asked).second, "asked twice");
                           },
                           [&](ConnectListener::Withdrawn& withdrawn) {
                               CONVENE_CHECK(
                                   undecided.erase(withdrawn.transport) + accepted.erase(withdrawn.transport) == 1,
                                   "withdrawn without a request");
                           },
                           [&](ConnectListener::Established& done) { on_established(done); }},
                output);
    }
    void on_send(const ConnectListener::Send& send) {
        CONVENE_CHECK(open.count(send.transport) == 1, "sent on a closed transport");
        if (!looks_like_connect_pdu(send.tsdu)) {
            CONVENE_CHECK(v3::decode_extended_parameter_pdu(send.tsdu).has_value(), "sent what nobody can read");
            return;
        }
        auto pdu = decode_connect_pdu(send.tsdu);
        CONVENE_CHECK(pdu.has_value(), "sent what nobody can read");
        if (const auto* response = std::get_if<ConnectResponse>(&*pdu))
            if (response->result == Result::successful) connect_ids.push_back(response->called_connect_id);
    }
    void on_established(const ConnectListener::Established& done) {
        CONVENE_CHECK(done.transports.size() == done.parameters.num_priorities, "wrong number of transports");
        CONVENE_CHECK(accepted.erase(done.transports.front()) == 1, "established without consent");
        CONVENE_CHECK(done.extended.has_value() == (done.parameters.protocol_version >= 3), "version 3 alone extends");
        for (TransportId transport : done.transports)
            CONVENE_CHECK(open.erase(transport) == 1, "established on a closed transport");
    }

    TransportId pick(Script& script) const {
        unsigned index = script.octet();
        return open.empty() ? TransportId{next + 1} : *std::next(open.begin(), static_cast<long>(index % open.size()));
    }
    void open_one(Script& script) {
        TransportId transport{++next};
        open.insert(transport);
        listener.transport_opened(transport, script.octet() % 4 == 0 ? "a stranger" : "a peer", now);
    }
    /// A well-formed request, bent a little.
    Bytes initial(Script& script) {
        ConnectInitial pdu;
        ParameterOffer offer = default_offer();
        for (DomainParameters* parameters : {&offer.target, &offer.minimum, &offer.maximum}) {
            unsigned bend = script.octet();
            if (bend < kDomainParameters.size()) parameters->*kDomainParameters[bend].member = script.octet();
        }
        pdu.target_parameters = offer.target;
        pdu.target_parameters.num_priorities = script.octet() % 5;
        pdu.target_parameters.protocol_version = 2 + script.octet() % 2;
        pdu.minimum_parameters = offer.minimum;
        pdu.maximum_parameters = offer.maximum;
        return *encode(pdu);
    }
    void decide(Script& script) {
        if (undecided.empty()) return;
        auto [transport, asked] = *undecided.begin();
        if (script.octet() % 4 == 0) {
            undecided.erase(transport);
            CONVENE_CHECK(listener.refuse(transport, Result::user_rejected, {}), "refused too late");
        } else {
            undecided.erase(transport);
            accepted.insert(transport);
            CONVENE_CHECK(listener.accept(transport, asked.parameters, {}, script.octet(), now), "accepted too late");
        }
    }
    void step(Script& script) {
        unsigned what = script.octet() % 9;
        if (what == 0) return open_one(script);
        if (what == 6) return decide(script);
        if (what == 7) return wait_for_deadline();
        if (what == 8) {
            now += std::chrono::seconds{script.octet()};
            return;
        }
        TransportId transport = pick(script);
        switch (what) {
            case 1:
                return listener.receive(transport, script.octets(script.octet()));
            case 2:
                return listener.receive(transport, initial(script));
            case 3:
                return listener.receive(transport, additional(script));
            case 4:
                return listener.receive(transport, *v3::encode(v3::ExtendedParameterPdu{v3::reliable_only()}));
            default:
                open.erase(transport);
                return listener.transport_lost(transport);
        }
    }
    Bytes additional(Script& script) {
        ConnectAdditional pdu;
        pdu.data_priority = static_cast<DataPriority>(script.octet() % 4);
        pdu.called_connect_id = script.octet();
        if (pdu.called_connect_id < connect_ids.size()) pdu.called_connect_id = connect_ids[pdu.called_connect_id];
        return *encode(pdu);
    }
    void wait_for_deadline() {
        auto deadline = listener.deadline();
        if (!deadline) return;
        now = std::max(now, *deadline);
        listener.on_time(now);
        auto after = listener.deadline();
        CONVENE_CHECK(!after || *after > now, "deadline without effect");
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView input{reinterpret_cast<const std::byte*>(data), size};
    if (auto pdu = decode_connect_pdu(input)) {
        auto octets = encode(*pdu);
        CONVENE_CHECK(octets.has_value(), "decoded what cannot be encoded");
        auto again = decode_connect_pdu(*octets);
        CONVENE_CHECK(again.has_value() && *again == *pdu, "PDU changed");
    }
    World world;
    Script script(input);
    for (std::size_t steps = 0; steps < kMaxSteps && !script.done(); ++steps) {
        world.step(script);
        world.drain();
    }
    for (TransportId transport : std::set<TransportId>(world.open)) {
        if (world.open.erase(transport) == 0) continue;
        world.listener.transport_lost(transport);
        world.drain();
    }
    CONVENE_CHECK(world.open.empty() && world.undecided.empty() && world.accepted.empty(), "something is left over");
    CONVENE_CHECK(!world.listener.deadline(), "a deadline is left over");
    return 0;
}
