/// The calls that a node makes: their transports, and the connect phase as the caller.
#include <utility>

#include "base/overloaded.hpp"
#include "node/links.hpp"

namespace convene::node {

CallId Links::call(std::string address, bool upward, Bytes user_data, Instant now) {
    now_ = now;
    auto offer =
        mcs::default_offer(domain_.is_frozen() ? mcs::frozen(domain_.parameters(), config_.range) : config_.range);
    mcs::ConnectInitial initial;
    initial.upward_flag = upward;
    initial.target_parameters = offer.target;
    initial.minimum_parameters = offer.minimum;
    initial.maximum_parameters = offer.maximum;
    initial.user_data = std::move(user_data);
    CallId id{next_call_++};
    auto& call = calls_
                     .emplace(id, Call{address,
                                       mcs::ConnectCaller(std::move(initial), mcs::v3::reliable_only(), config_.caller),
                                       {},
                                       upward})
                     .first->second;
    auto& transport = *transports_.emplace(TransportId{next_transport_}, std::make_unique<Transport>()).first->second;
    transport.id = TransportId{next_transport_++};
    transport.stage = Stage::opening;
    transport.call = id;
    transport.peer = address;
    call.transports[0] = transport.id;
    out_.push_back(OpenTransport{transport.id, std::move(address)});
    return id;
}

void Links::hang_up(CallId id) {
    auto call = calls_.find(id);
    if (call == calls_.end()) return;
    auto transports = call->second.transports;
    calls_.erase(call);
    for (const auto& transport : transports) {
        if (transport) close_transport(*transport, "the call was given up");
    }
}

void Links::pump_call(CallId id, Instant now) {
    auto found = calls_.find(id);
    if (found == calls_.end()) return;
    std::vector<mcs::ConnectCaller::Output> outputs;
    found->second.machine.take_outputs(outputs);
    for (auto& output : outputs) {
        found = calls_.find(id);
        if (found == calls_.end()) return;
        auto& call = found->second;
        auto transport_of = [&](unsigned number) {
            return call.transports[number] ? find(*call.transports[number]) : nullptr;
        };
        std::visit(
            overloaded{
                [&](mcs::ConnectCaller::Open& open) {
                    auto& transport =
                        *transports_.emplace(TransportId{next_transport_}, std::make_unique<Transport>()).first->second;
                    transport.id = TransportId{next_transport_++};
                    transport.stage = Stage::opening;
                    transport.call = id;
                    transport.number = static_cast<std::uint8_t>(open.transport);
                    transport.peer = call.address;
                    call.transports[open.transport] = transport.id;
                    out_.push_back(OpenTransport{transport.id, call.address});
                },
                [&](mcs::ConnectCaller::Send& send) {
                    if (auto* transport = transport_of(send.transport)) this->send(*transport, send.tsdu, now);
                },
                [&](mcs::ConnectCaller::Close& close) {
                    if (call.transports[close.transport])
                        close_transport(*call.transports[close.transport], "the call is over");
                },
                [&](mcs::ConnectCaller::Established& established) {
                    auto orientation = call.upward ? mcs::Orientation::above : mcs::Orientation::below;
                    auto version = static_cast<mcs::Version>(established.parameters.protocol_version);
                    std::vector<TransportId> transports;
                    for (unsigned i = 0; i < established.transports; ++i) transports.push_back(*call.transports[i]);
                    auto connection = domain_.add_connection({orientation, established.parameters, version,
                                                              static_cast<std::uint8_t>(established.transports)},
                                                             now);
                    establish(connection, transports, established.parameters);
                    calls_.erase(id);
                    events_.push_back(LinkUp{connection, id, std::nullopt, std::move(established.user_data)});
                },
                [&](mcs::ConnectCaller::Refused& refused) {
                    auto result = refused.result;
                    auto user_data = std::move(refused.user_data);
                    hang_up(id);
                    events_.push_back(CallRefused{id, result, std::move(user_data)});
                },
                [&](mcs::ConnectCaller::Failed& failed) {
                    auto why = std::move(failed.why);
                    hang_up(id);
                    events_.push_back(CallFailed{id, std::move(why)});
                }},
            output);
    }
}

}  // namespace convene::node
