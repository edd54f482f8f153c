#include "mcs/connect_listener.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.hpp"
#include "base/earliest.hpp"
#include "base/overloaded.hpp"

namespace convene::mcs {

void ConnectListener::transport_opened(TransportId transport, std::string peer, Instant now) {
    if (transports_.size() >= limits_.transports) {
        out_.push_back(Close{transport, "too many connections are being set up"});
        return;
    }
    transports_[transport] = {std::move(peer), now + limits_.first_tsdu, std::nullopt};
}

void ConnectListener::receive(TransportId transport, ByteView tsdu) {
    auto found = transports_.find(transport);
    if (found == transports_.end()) return;  // closed by us, the peer has not noticed yet
    if (!found->second.attempt) return on_first_tsdu(transport, tsdu);

    TransportId initial = *found->second.attempt;
    Attempt& attempt = attempts_.at(initial);
    bool awaits_proposal = attempt.state == Attempt::State::completing && attempt.parameters.protocol_version >= 3 &&
                           !attempt.extended && transport == initial;
    if (!awaits_proposal) return drop_attempt(initial, "a PDU before the connection was complete");
    on_extended_parameters(transport, attempt, tsdu);
}

void ConnectListener::on_first_tsdu(TransportId transport, ByteView tsdu) {
    auto pdu = decode_connect_pdu(tsdu);
    if (!pdu) return close(transport, "not a connect PDU: " + pdu.error().message());
    std::visit(overloaded{[&](ConnectInitial& initial) { on_connect_initial(transport, std::move(initial)); },
                          [&](ConnectAdditional& additional) { on_connect_additional(transport, additional); },
                          [&](ConnectResponse&) { close(transport, "began with a Connect-Response"); },
                          [&](ConnectResult&) { close(transport, "began with a Connect-Result"); }},
               *pdu);
}

void ConnectListener::on_connect_initial(TransportId transport, ConnectInitial pdu) {
    auto agreed = negotiate(offer_of(pdu), range_);
    if (!agreed) {
        send(transport, ConnectResponse{Result::parameters_unacceptable, 0, pdu.target_parameters, {}});
        return close(transport, "parameters unacceptable: " + agreed.error().message());
    }
    Transport& state = transports_.at(transport);
    state.deadline.reset();  // the owner may ask a person
    state.attempt = transport;
    Attempt& attempt = attempts_[transport];
    attempt.parameters = *agreed;
    attempt.peer_is_below = pdu.upward_flag;
    attempt.bound = {transport};
    out_.push_back(Requested{transport, std::move(pdu), *agreed});
}

bool ConnectListener::accept(TransportId transport, const DomainParameters& parameters, Bytes user_data,
                             std::uint64_t random, Instant now) {
    auto found = attempts_.find(transport);
    if (found == attempts_.end()) return false;
    Attempt& attempt = found->second;
    CONVENE_CHECK(attempt.state == Attempt::State::deciding, "a request is answered once");
    CONVENE_CHECK(parameters.num_priorities >= 1 && parameters.num_priorities <= kMaxPriorities, "1..4 priorities");
    attempt.connect_id = free_connect_id(random);
    attempt.state = Attempt::State::completing;
    attempt.parameters = parameters;
    attempt.bound.resize(parameters.num_priorities);
    attempt.deadline = now + limits_.completion;
    send(transport, ConnectResponse{Result::successful, attempt.connect_id, parameters, std::move(user_data)});
    establish_if_complete(transport);
    return true;
}

bool ConnectListener::refuse(TransportId transport, Result result, Bytes user_data) {
    auto found = attempts_.find(transport);
    if (found == attempts_.end()) return false;
    CONVENE_CHECK(found->second.state == Attempt::State::deciding, "a request is answered once");
    CONVENE_CHECK(result != Result::successful, "accept() says yes");
    send(transport, ConnectResponse{result, 0, found->second.parameters, std::move(user_data)});
    attempts_.erase(found);
    close(transport, "refused");
    return true;
}

void ConnectListener::on_connect_additional(TransportId transport, const ConnectAdditional& pdu) {
    auto found = std::find_if(attempts_.begin(), attempts_.end(), [&](const auto& entry) {
        return entry.second.state == Attempt::State::completing && entry.second.connect_id == pdu.called_connect_id;
    });
    if (found == attempts_.end()) return refuse_additional(transport, "unknown calledConnectId");
    auto& [initial, attempt] = *found;
    // A stranger who guessed the id must not be able to break the connection of its owner.
    if (transports_.at(initial).peer != transports_.at(transport).peer)
        return refuse_additional(transport, "calledConnectId of another peer");

    auto priority = static_cast<std::size_t>(pdu.data_priority);
    if (priority == 0 || priority >= attempt.bound.size() || attempt.bound[priority]) {
        TransportId whole = initial;
        refuse_additional(transport, "priority not open");
        return drop_attempt(
            whole, "an additional connection for priority " + std::to_string(priority) + ", which is not open");
    }
    attempt.bound[priority] = transport;
    Transport& state = transports_.at(transport);
    state.deadline.reset();
    state.attempt = initial;
    send(transport, ConnectResult{Result::successful});
    establish_if_complete(initial);
}

void ConnectListener::on_extended_parameters(TransportId transport, Attempt& attempt, ByteView tsdu) {
    auto pdu = v3::decode_extended_parameter_pdu(tsdu);
    if (!pdu) return drop_attempt(transport, "no extended parameters: " + pdu.error().message());
    if (std::holds_alternative<v3::ExtendedParameterAccept>(*pdu))
        return drop_attempt(transport, "the calling side accepts extended parameters that nobody proposed");
    const auto* proposal = std::get_if<v3::ExtendedParameterPropose>(&*pdu);
    if (proposal == nullptr) return;  // not standard, or newer than this: discarded (T.125 §13.11)

    attempt.extended = v3::choose(*proposal);
    if (!attempt.extended) return drop_attempt(transport, "extended parameters unacceptable");
    auto encoded = v3::encode(v3::ExtendedParameterPdu{v3::ExtendedParameterAccept{*attempt.extended, {}}});
    CONVENE_CHECK(encoded.has_value(), "chosen within the type's range");
    out_.push_back(Send{transport, std::move(*encoded)});
    establish_if_complete(transport);
}

void ConnectListener::establish_if_complete(TransportId initial) {
    auto found = attempts_.find(initial);
    Attempt& attempt = found->second;
    bool all_bound =
        std::all_of(attempt.bound.begin(), attempt.bound.end(), [](const auto& one) { return one.has_value(); });
    if (!all_bound || (attempt.parameters.protocol_version >= 3 && !attempt.extended)) return;

    Established done{{}, attempt.parameters, attempt.peer_is_below, std::move(attempt.extended)};
    for (const auto& one : attempt.bound) {
        done.transports.push_back(*one);
        transports_.erase(*one);
    }
    attempts_.erase(found);
    out_.push_back(std::move(done));
}

void ConnectListener::transport_lost(TransportId transport) {
    auto found = transports_.find(transport);
    if (found == transports_.end()) return;
    std::optional<TransportId> attempt = found->second.attempt;
    transports_.erase(found);
    if (attempt) drop_attempt(*attempt, "a transport connection was lost");
}

void ConnectListener::on_time(Instant now) {
    std::vector<TransportId> silent, incomplete;
    for (const auto& [transport, state] : transports_)
        if (state.deadline && *state.deadline <= now) silent.push_back(transport);
    for (const auto& [initial, attempt] : attempts_)
        if (attempt.state == Attempt::State::completing && attempt.deadline <= now) incomplete.push_back(initial);
    for (TransportId transport : silent) close(transport, "no connect PDU in time");
    for (TransportId initial : incomplete) drop_attempt(initial, "not complete in time");
}

std::optional<Instant> ConnectListener::deadline() const {
    std::optional<Instant> first;
    for (const auto& [transport, state] : transports_) earliest(first, state.deadline);
    for (const auto& [initial, attempt] : attempts_)
        if (attempt.state == Attempt::State::completing) earliest(first, attempt.deadline);
    return first;
}

void ConnectListener::take_outputs(std::vector<Output>& out) {
    std::move(out_.begin(), out_.end(), std::back_inserter(out));
    out_.clear();
}

void ConnectListener::send(TransportId transport, const ConnectPdu& pdu) {
    auto encoded = encode(pdu);
    CONVENE_CHECK(encoded.has_value(), "connect PDUs have no values out of range");
    out_.push_back(Send{transport, std::move(*encoded)});
}

void ConnectListener::close(TransportId transport, std::string why) {
    transports_.erase(transport);
    out_.push_back(Close{transport, std::move(why)});
}

void ConnectListener::refuse_additional(TransportId transport, std::string why) {
    send(transport, ConnectResult{Result::unspecified_failure});
    close(transport, std::move(why));
}

/// Closes what is left of an attempt (T.125 §11.6) and tells the owner, who knows of every attempt there is.
void ConnectListener::drop_attempt(TransportId initial, const std::string& why) {
    auto node = attempts_.extract(initial);
    for (const auto& one : node.mapped().bound)
        if (one && transports_.count(*one) != 0) close(*one, why);
    out_.push_back(Withdrawn{initial, why});
}

std::uint64_t ConnectListener::free_connect_id(std::uint64_t random) const {
    std::uint64_t id = random & kConnectIdMask;
    auto taken = [&] {
        return std::any_of(attempts_.begin(), attempts_.end(), [&](const auto& entry) {
            return entry.second.state == Attempt::State::completing && entry.second.connect_id == id;
        });
    };
    while (taken()) id = (id + 1) & kConnectIdMask;
    return id;
}

}  // namespace convene::mcs
