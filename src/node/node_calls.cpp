// What a node does to reach others, and with those who reach it (T.124 §7).
#include <utility>

#include "base/check.hpp"
#include "gcc/codec.hpp"
#include "gcc/names.hpp"
#include "node/gcc_text.hpp"
#include "node/node.hpp"

namespace convene::node {

void Node::host(const gcc::ConferenceProfile& profile, Instant now) {
    gcc::ConferenceSettings settings;
    settings.profile = profile;
    enter(std::move(settings), now);
    settle(now);
}

CallId Node::query(const std::string& address, Instant now) {
    gcc::ConferenceQueryRequest request;
    request.node_type = config_.type;
    request.asymmetry_indicator = gcc::AsymmetryIndicator{gcc::CallingNode{}};
    CallId id = links_.call(address, true, connect_data(request), now);
    calls_[id] = {PendingCall::Kind::query, {}, {}, false, 0};
    settle(now);
    return id;
}

CallId Node::join(const std::string& address, const JoinOptions& options, Instant now) {
    gcc::ConferenceJoinRequest request;
    request.conference_name = options.conference;
    request.conference_name_modifier = options.modifier;
    request.password = options.password;
    request.convener_password = options.convener_password;
    request.caller_identifier = gcc_text(config_.name);
    CallId id = links_.call(address, true, connect_data(request), now);
    gcc::ConferenceName name;
    if (options.conference) name = gcc::name_of(*options.conference);
    calls_[id] = {PendingCall::Kind::join, name, {}, options.convener_password.has_value(), 0};
    settle(now);
    return id;
}

CallId Node::create(const std::string& address, const gcc::ConferenceProfile& profile, Instant now) {
    auto request = gcc::create_request(profile);
    request.caller_identifier = gcc_text(config_.name);
    CallId id = links_.call(address, true, connect_data(request), now);
    calls_[id] = {PendingCall::Kind::create, profile.name, profile, true, 0};
    settle(now);
    return id;
}

std::optional<CallId> Node::invite(const std::string& address, Instant now) {
    if (!conference_ || !conference_->can_admit()) return std::nullopt;
    auto request = conference_->invite(now);
    request.caller_identifier = gcc_text(config_.name);
    auto tag = request.tag;
    CallId id = links_.call(address, false, connect_data(request), now);
    calls_[id] = {PendingCall::Kind::invite, {}, {}, false, tag};
    settle(now);
    return id;
}

void Node::hang_up(CallId call, Instant now) {
    auto pending = calls_.extract(call);
    if (!pending.empty() && pending.mapped().kind == PendingCall::Kind::invite && conference_)
        conference_->withdraw(pending.mapped().tag);
    links_.hang_up(call);
    settle(now);
}

bool Node::admit(TransportId transport, const gcc::JoinDecision& decision, Instant now,
                 mcs::SharedRestriction restriction) {
    if (!conference_ || !conference_->can_admit()) return false;
    auto response = conference_->admit(decision, now);
    guests_[transport] = {response.tag, std::nullopt};
    links_.accept(transport, connect_data(response), config_.random(), now, std::move(restriction));
    settle(now);
    return true;
}

bool Node::admit_creator(TransportId transport, Instant now) {
    if (!conference_ || !conference_->can_admit()) return false;
    auto response = conference_->admit_creator(now);
    guests_[transport] = {response.tag, std::nullopt};
    links_.accept(transport, connect_data(response), config_.random(), now);
    settle(now);
    return true;
}

bool Node::accept_invitation(TransportId transport, Instant now) {
    auto guest = guests_.find(transport);
    if (conference_ || guest == guests_.end() || !guest->second.invitation) return false;
    links_.accept(transport, connect_data(gcc::invite_response(true)), config_.random(), now);
    settle(now);
    return true;
}

void Node::reject(TransportId transport, mcs::Result result, const std::optional<gcc::ConnectGccPdu>& answer,
                  Instant now) {
    guests_.erase(transport);
    links_.refuse(transport, result, answer ? connect_data(*answer) : Bytes{});
    settle(now);
}

void Node::on(CallReceived& event, Instant now) {
    if (asn1::kForSize) return;  // nobody calls a small program
    auto request = gcc::decode_connect_data(event.initial.user_data);
    if (!request) {
        // The Reception has let it through, so this is a second call on the transport's way: a broken peer.
        links_.refuse(event.transport, mcs::Result::unspecified_failure, {});
        return;
    }
    if (auto* invitation = std::get_if<gcc::ConferenceInviteRequest>(&*request))
        guests_[event.transport] = {std::nullopt, *invitation};
    (void)now;
    events_.push_back(
        CallArrived{event.transport, std::move(event.peer), std::move(event.initial), std::move(*request)});
}

void Node::on(LinkUp& event, Instant now) {
    if (event.transport) {
        auto guest = guests_.extract(*event.transport);
        if (guest.empty()) return;
        if (guest.mapped().tag && conference_) conference_->bind(*guest.mapped().tag, event.connection);
        if (guest.mapped().invitation) {
            gcc::ConferenceSettings settings;
            settings.profile = gcc::profile_of(*guest.mapped().invitation);
            settings.superior = gcc::Superior::of(*guest.mapped().invitation);
            enter(std::move(settings), now);
        }
        return;
    }
    auto pending = calls_.extract(*event.call);
    if (pending.empty()) return;
    auto& call = pending.mapped();
    auto response = gcc::decode_connect_data(event.user_data);
    auto broken = [&](std::string why) {
        domain_.disconnect(event.connection, mcs::Reason::user_requested);
        events_.push_back(CallBroken{*event.call, std::move(why)});
    };
    switch (call.kind) {
        case PendingCall::Kind::query:
            broken("the query was answered with a connection");
            return;
        case PendingCall::Kind::join: {
            auto* join = response ? std::get_if<gcc::ConferenceJoinResponse>(&*response) : nullptr;
            if (join == nullptr) return broken("the answer to the join is none of T.124");
            gcc::ConferenceSettings settings;
            settings.profile = gcc::profile_of(*join, call.name);
            settings.superior = gcc::Superior::of(*join);
            settings.is_convener = call.as_convener;
            enter(std::move(settings), now);
            return;
        }
        case PendingCall::Kind::create: {
            auto* create = response ? std::get_if<gcc::ConferenceCreateResponse>(&*response) : nullptr;
            if (create == nullptr) return broken("the answer to the create is none of T.124");
            gcc::ConferenceSettings settings;
            settings.profile = *call.profile;
            settings.superior = gcc::Superior::of(*create);
            settings.is_convener = true;
            enter(std::move(settings), now);
            return;
        }
        case PendingCall::Kind::invite:
            if (conference_) conference_->bind(call.tag, event.connection);
            events_.push_back(InviteAnswered{*event.call, true});
            return;
    }
}

void Node::on(CallRefused& event, Instant) {
    auto pending = calls_.extract(event.call);
    if (pending.empty()) return;
    auto response = gcc::decode_connect_data(event.user_data);
    auto answer = [&]<class T>(const T*) -> std::optional<T> {
        if (!response) return std::nullopt;
        if (auto* found = std::get_if<T>(&*response)) return std::move(*found);
        return std::nullopt;
    };
    switch (pending.mapped().kind) {
        case PendingCall::Kind::query:
            if (auto list = answer(static_cast<const gcc::ConferenceQueryResponse*>(nullptr))) {
                events_.push_back(QueryAnswered{event.call, std::move(*list)});
            } else {
                events_.push_back(CallBroken{event.call, "the query was refused without an answer"});
            }
            return;
        case PendingCall::Kind::join:
            events_.push_back(JoinRefused{event.call, event.result,
                                          answer(static_cast<const gcc::ConferenceJoinResponse*>(nullptr))});
            return;
        case PendingCall::Kind::create:
            events_.push_back(CreateRefused{event.call, event.result,
                                            answer(static_cast<const gcc::ConferenceCreateResponse*>(nullptr))});
            return;
        case PendingCall::Kind::invite:
            if (conference_) conference_->withdraw(pending.mapped().tag);
            events_.push_back(InviteAnswered{event.call, false});
            return;
    }
}

void Node::on(CallFailed& event, Instant) {
    auto pending = calls_.extract(event.call);
    if (pending.empty()) return;
    if (pending.mapped().kind == PendingCall::Kind::invite && conference_) conference_->withdraw(pending.mapped().tag);
    events_.push_back(CallBroken{event.call, std::move(event.why)});
}

void Node::on(LinkDown&, Instant) {}  // the domain has told the conference, which tells what it means

Bytes Node::connect_data(const gcc::ConnectGccPdu& pdu) const {
    auto octets = gcc::encode_connect_data(pdu);
    CONVENE_CHECK(octets.has_value(), "connect data of ours encodes");
    return std::move(*octets);
}

}  // namespace convene::node
