#include <algorithm>

#include "gcc/conference.hpp"

namespace convene::gcc {

// At the top.
void Conference::on(const ConferenceTransferRequest& request, UserId from) {
    ConferenceTransferResponse response{request.conference_name, request.conference_name_modifier,
                                        request.transferring_nodes, TransferResult::success};
    if (!is_permitted(Privilege::transfer, from)) {
        response.result = TransferResult::invalid_requester;
        return respond(from, std::move(response));
    }
    respond(from, std::move(response));
    broadcast(ConferenceTransferIndication{request.conference_name, request.conference_name_modifier,
                                           request.network_address, request.transferring_nodes, request.password,
                                           request.network_address_v2});
}

void Conference::on(const ConferenceTransferIndication& indication) {
    const auto& nodes = indication.transferring_nodes;
    if (nodes && std::find(nodes->begin(), nodes->end(), *self_) == nodes->end()) return;
    emit(TransferOrdered{indication});
}

void Conference::add(ConferenceAddRequest request, Instant now) {
    if (state_ != State::joined) return;
    request.requesting_node = *self_;
    const UserId adder = request.adding_mcu.value_or(top());
    if (adder == top()) return ask_top(std::move(request), now);
    if (adder == self_) return on(request, *self_);
    send(mcs::channel_of(adder), false, GccPdu{RequestPdu{std::move(request)}});
}

// At the top or at the node that is to add. The latter does not know the convener, who therefore asks the top.
void Conference::on(const ConferenceAddRequest& request, UserId from) {
    if (request.requesting_node != from || !is_permitted(Privilege::add, from)) {
        ConferenceAddResponse response;
        response.tag = request.tag;
        response.result = AddResult::invalid_requester;
        return respond(from, std::move(response));
    }
    emit(AddRequested{from, request});
}

void Conference::answer_add(UserId requester, Tag tag, AddResult result) {
    ConferenceAddResponse response;
    response.tag = tag;
    response.result = result;
    respond(requester, std::move(response));
}

void Conference::transfer(const ConferenceTransferRequest& request, Instant now) { ask_top(request, now); }

}  // namespace convene::gcc
