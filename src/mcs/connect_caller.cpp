#include "mcs/connect_caller.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.hpp"

namespace convene::mcs {

void ConnectCaller::transport_opened(unsigned number, Instant now) {
    if (number >= legs_.size() || legs_[number] != Leg::opening) {  // given up in the meantime
        out_.push_back(Close{number});
        return;
    }
    legs_[number] = Leg::waiting;
    if (number == 0) {
        state_ = State::waiting;
        deadline_ = now + limits_.response;
        send(0, request_);
    } else {
        send(number, ConnectAdditional{response_.called_connect_id, static_cast<DataPriority>(number)});
    }
}

void ConnectCaller::receive(unsigned number, ByteView tsdu, Instant now) {
    if (state_ == State::done || number >= legs_.size()) return;
    if (number == 0 && state_ == State::waiting) return on_connect_response(tsdu, now);
    if (number != 0 && legs_[number] == Leg::waiting) return on_connect_result(number, tsdu);
    bool awaits_accept = number == 0 && response_.domain_parameters.protocol_version >= 3 && !extended_;
    if (awaits_accept) return on_extended_parameters(tsdu);
    fail("a PDU before the connection was complete");
}

void ConnectCaller::on_connect_response(ByteView tsdu, Instant now) {
    auto pdu = decode_connect_pdu(tsdu);
    if (!pdu) return fail("not a connect PDU: " + pdu.error().message());
    auto* response = std::get_if<ConnectResponse>(&*pdu);
    if (response == nullptr) return fail("answered with another PDU than a Connect-Response");
    if (response->result != Result::successful) {
        close_all();
        out_.push_back(Refused{response->result, std::move(response->user_data)});
        return;
    }
    const DomainParameters& agreed = response->domain_parameters;
    if (auto check = check_answer(agreed, offer_of(request_)); !check)
        return fail("answered outside of what was offered: " + check.error().message());
    if (agreed.num_priorities < 1 || agreed.num_priorities > kMaxPriorities ||
        agreed.protocol_version < kMinProtocolVersion || agreed.protocol_version > kMaxProtocolVersion)
        return fail("answered with a number of priorities or a version that does not exist");

    state_ = State::completing;
    deadline_ = now + limits_.completion;
    legs_[0] = Leg::connected;
    response_ = std::move(*response);
    if (response_.domain_parameters.protocol_version >= 3) {
        auto encoded = v3::encode(v3::ExtendedParameterPdu{proposal_});
        CONVENE_CHECK(encoded.has_value(), "the owner's proposal can be encoded");
        out_.push_back(Send{0, std::move(*encoded)});
    }
    for (unsigned n = 1; n < response_.domain_parameters.num_priorities; ++n) {
        legs_[n] = Leg::opening;
        out_.push_back(Open{n});
    }
    establish_if_complete();
}

void ConnectCaller::on_connect_result(unsigned number, ByteView tsdu) {
    auto pdu = decode_connect_pdu(tsdu);
    if (!pdu) return fail("not a connect PDU: " + pdu.error().message());
    const auto* result = std::get_if<ConnectResult>(&*pdu);
    if (result == nullptr) return fail("answered with another PDU than a Connect-Result");
    if (result->result != Result::successful)
        return fail("additional connection " + std::to_string(number) + " refused with result " +
                    std::to_string(static_cast<unsigned>(result->result)));
    legs_[number] = Leg::connected;
    establish_if_complete();
}

void ConnectCaller::on_extended_parameters(ByteView tsdu) {
    auto pdu = v3::decode_extended_parameter_pdu(tsdu);
    if (!pdu) return fail("no extended parameters: " + pdu.error().message());
    if (std::holds_alternative<v3::ExtendedParameterPropose>(*pdu))
        return fail("the called side proposes extended parameters");
    const auto* accept = std::get_if<v3::ExtendedParameterAccept>(&*pdu);
    if (accept == nullptr) return;  // not standard, or newer than this: discarded (T.125 §13.11)
    if (!v3::is_within(accept->extended_parameters, proposal_))
        return fail("extended parameters outside of what was proposed");
    extended_ = accept->extended_parameters;
    establish_if_complete();
}

void ConnectCaller::establish_if_complete() {
    auto count = static_cast<unsigned>(response_.domain_parameters.num_priorities);
    bool all = std::all_of(legs_.begin(), legs_.begin() + count, [](Leg leg) { return leg == Leg::connected; });
    if (!all || (response_.domain_parameters.protocol_version >= 3 && !extended_)) return;
    state_ = State::done;
    deadline_.reset();
    out_.push_back(
        Established{count, response_.domain_parameters, std::move(response_.user_data), std::move(extended_)});
}

void ConnectCaller::transport_lost(unsigned number) {
    if (state_ == State::done || number >= legs_.size() || legs_[number] == Leg::none) return;
    bool was_open = legs_[number] != Leg::opening;
    legs_[number] = Leg::none;
    fail("transport connection " + std::to_string(number) + (was_open ? " was lost" : " could not be opened"));
}

void ConnectCaller::on_time(Instant now) {
    if (!deadline_ || now < *deadline_) return;
    fail(state_ == State::waiting ? "no Connect-Response in time" : "not complete in time");
}

void ConnectCaller::take_outputs(std::vector<Output>& out) {
    std::move(out_.begin(), out_.end(), std::back_inserter(out));
    out_.clear();
}

void ConnectCaller::send(unsigned number, const ConnectPdu& pdu) {
    auto encoded = encode(pdu);
    CONVENE_CHECK(encoded.has_value(), "connect PDUs have no values out of range");
    out_.push_back(Send{number, std::move(*encoded)});
}

void ConnectCaller::fail(std::string why) {
    close_all();
    out_.push_back(Failed{std::move(why)});
}

/// Any failure drops every transport of the attempt (T.125 §11.6). One that is still being opened is closed when it is.
void ConnectCaller::close_all() {
    for (unsigned n = 0; n < legs_.size(); ++n)
        if (legs_[n] == Leg::waiting || legs_[n] == Leg::connected) out_.push_back(Close{n});
    legs_.fill(Leg::none);
    state_ = State::done;
    deadline_.reset();
}

}  // namespace convene::mcs
