#include "node/node.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "base/take_all.hpp"
#include "gcc/codec.hpp"
#include "gcc/names.hpp"
#include "node/hand.hpp"

namespace convene::node {
namespace {

/// GCC texts end here (T.124, TextString).
constexpr std::size_t kMaxText = 255;

std::u16string bmp_text(std::string_view utf8) {
    auto text = gcc::to_bmp(utf8);
    if (text.size() > kMaxText) text.resize(kMaxText);
    return text;
}

mcs::DomainConfig seeded(mcs::DomainConfig config, const RandomSource& random) {
    if (config.seed == 0) config.seed = static_cast<std::uint32_t>(random());
    return config;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

Node::Node(NodeConfig config, Instant)
    : config_(std::move(config)), domain_(seeded(config_.domain, config_.random)), links_(domain_, config_.links) {}

// --- transports ---

void Node::adopt(TransportId transport, Reception&& reception, std::string peer, Instant now) {
    links_.adopt(transport, std::move(reception).release(), std::move(peer), now);
    settle(now);
}

void Node::transport_opened(TransportId transport, Instant now) {
    links_.transport_opened(transport, now);
    settle(now);
}

void Node::on_bytes(TransportId transport, Slice octets, Instant now) {
    links_.on_bytes(transport, std::move(octets), now);
    settle(now);
}

void Node::on_closed(TransportId transport, std::string_view why, Instant now) {
    links_.on_closed(transport, why, now);
    if (waiting_.erase(transport) > 0) tell_flow(now);
    settle(now);
}

void Node::on_written(TransportId transport, std::size_t frames, std::size_t octets_queued, Instant now) {
    links_.on_written(transport, frames, octets_queued, now);
    if (octets_queued > 0)
        waiting_[transport] = octets_queued;
    else
        waiting_.erase(transport);
    // This comes after every write to everybody: mostly nothing follows from it.
    if (tell_flow(now) || domain_.has_outputs()) settle(now);
}

bool Node::tell_flow(Instant now) {
    std::size_t most = 0;
    for (const auto& [transport, octets] : waiting_) most = std::max(most, octets);
    bool any = false;
    for (Desk* desk : desks_) any = desk->on_flow(most, now) || any;
    return any;
}

void Node::on_time(Instant now) {
    links_.on_time(now);
    domain_.on_time(now);
    if (conference_) conference_->on_time(now);
    for (Desk* desk : desks_) desk->on_time(now);
    settle(now);
}

std::optional<Instant> Node::deadline() const {
    std::optional<Instant> first = links_.deadline();
    earliest(first, domain_.deadline());
    if (conference_) earliest(first, conference_->deadline());
    for (const Desk* desk : desks_) earliest(first, desk->deadline());
    return first;
}

void Node::take_outputs(std::vector<NodeOutput>& into) {
    links_.take_outputs(into);
    for (auto& incident : incidents_) into.push_back(std::move(incident));
    incidents_.clear();
}

void Node::take_events(std::vector<Event>& into) { take_all(events_, into); }

void Node::settle(Instant now) {
    bool any = true;
    while (any) {
        any = route_domain_outputs(now);
        links_.take_events(link_events_);
        for (auto& event : std::exchange(link_events_, {})) {
            any = true;
            std::visit([&](auto& each) { on(each, now); }, event);
        }
        if (conference_) {
            conference_->take_events(gcc_events_);
            for (auto& event : std::exchange(gcc_events_, {})) {
                any = true;
                on_gcc(std::move(event), now);
            }
        }
        for (Desk* desk : desks_) any = desk->pump(events_, now) || any;
    }
}

bool Node::route_domain_outputs(Instant now) {
    domain_.take_outputs(domain_outputs_);
    bool any = false;
    for (auto& output : domain_outputs_) {
        // What only goes out has no consequences here.
        any =
            any || !(std::holds_alternative<mcs::Transmit>(output) || std::holds_alternative<mcs::TransmitRun>(output));
        std::visit(
            overloaded{
                [&](mcs::Transmit& transmit) { links_.transmit(transmit); },
                [&](mcs::TransmitRun& run) { links_.transmit(run); }, [&](mcs::Close& close) { links_.close(close); },
                [&](mcs::Pause& pause) { links_.pause(pause); },
                [&](mcs::Resume& resume) { links_.resume(resume, now); },
                [&](mcs::UserEvent& event) {
                    if (conference_ && event.attachment == conference_->attachment()) {
                        conference_->on_event(event.event, now);
                        return;
                    }
                    for (Desk* desk : desks_) {
                        if (desk->owns(event.attachment)) return desk->on_event(event.event, now);
                    }
                },
                [&](mcs::Incident& incident) {
                    auto severity = incident.severity == mcs::Incident::Severity::note ? Incident::Severity::note
                                                                                       : Incident::Severity::warning;
                    incidents_.push_back(Incident{links_.transport_of(incident.connection), severity, incident.clause,
                                                  std::move(incident.text), std::move(incident.first_octets)});
                }},
            output);
    }
    domain_outputs_.clear();
    return any;
}

// --- calls ---

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
    request.caller_identifier = bmp_text(config_.name);
    CallId id = links_.call(address, true, connect_data(request), now);
    gcc::ConferenceName name;
    if (options.conference) name = gcc::name_of(*options.conference);
    calls_[id] = {PendingCall::Kind::join, name, {}, options.convener_password.has_value(), 0};
    settle(now);
    return id;
}

CallId Node::create(const std::string& address, const gcc::ConferenceProfile& profile, Instant now) {
    auto request = gcc::create_request(profile);
    request.caller_identifier = bmp_text(config_.name);
    CallId id = links_.call(address, true, connect_data(request), now);
    calls_[id] = {PendingCall::Kind::create, profile.name, profile, true, 0};
    settle(now);
    return id;
}

std::optional<CallId> Node::invite(const std::string& address, Instant now) {
    if (!conference_ || !conference_->can_admit()) return std::nullopt;
    auto request = conference_->invite(now);
    request.caller_identifier = bmp_text(config_.name);
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

// --- the conference ---

void Node::enter(gcc::ConferenceSettings settings, Instant now) {
    settings.self = record();
    settings.limits = config_.conference;
    settings.registry = config_.registry;
    conference_ = std::make_unique<gcc::Conference>(domain_, std::move(settings), now);
    if (config_.chats) {
        chat_ = std::make_unique<ChatDesk>(domain_, *conference_,
                                           ChatRole{config_.bridges_chat, config_.keeps_chat, config_.wants_history});
        desks_.push_back(chat_.get());
    }
    if (config_.whiteboard) {
        whiteboard_ =
            std::make_unique<WhiteboardDesk>(domain_, *conference_, config_.whiteboard, config_.keeps_whiteboard);
        desks_.push_back(whiteboard_.get());
    }
    if (config_.files) {
        auto config = *config_.files;
        config.max_mcs_pdu = static_cast<std::size_t>(domain_.parameters().max_mcspdu_size);
        files_ = std::make_unique<FilesDesk>(domain_, *conference_, config);
        desks_.push_back(files_.get());
    }
}

void Node::on_gcc(gcc::Event event, Instant now) {
    for (Desk* desk : desks_) {
        if (std::holds_alternative<gcc::Joined>(event)) desk->start();
        desk->on_conference(event, now);
    }
    events_.push_back(std::move(event));
}

gcc::NodeRecord Node::record() const {
    gcc::NodeRecord record;
    record.node_type = config_.type;
    if (!config_.name.empty()) record.node_name = bmp_text(config_.name);
    if (config_.site) record.site_information = bmp_text(*config_.site);
    if (!config_.participants.empty()) {
        record.participants_list.emplace();
        for (const auto& participant : config_.participants) record.participants_list->push_back(bmp_text(participant));
    }
    if (config_.has_raised_hand) node::raise_hand(record);
    return record;
}

void Node::raise_hand(bool is_up, Instant now) {
    if (config_.has_raised_hand == is_up) return;
    config_.has_raised_hand = is_up;
    if (conference_) conference_->announce(record(), now);
    settle(now);
}

void Node::rename(std::string name, Instant now) {
    config_.name = std::move(name);
    if (conference_) conference_->announce(record(), now);
    settle(now);
}

void Node::leave(Instant now) {
    std::vector<CallId> entering;
    for (const auto& [id, call] : calls_) {
        if (call.kind == PendingCall::Kind::join || call.kind == PendingCall::Kind::create) entering.push_back(id);
    }
    for (CallId id : entering) {
        calls_.erase(id);
        links_.hang_up(id);
    }
    if (conference_) conference_->leave();
    settle(now);
}

void Node::say(std::string_view utf8, Instant now) {
    if (chat_) chat_->say(utf8);
    settle(now);
}

bool Node::say_privately(mcs::UserId node, std::string_view utf8, Instant now) {
    bool found = chat_ && chat_->say_privately(node, utf8);
    settle(now);
    return found;
}

std::string Node::name_of(mcs::UserId node) const {
    const auto* record = conference_ ? conference_->roster().nodes.find(node) : nullptr;
    if (record != nullptr && record->node_name && !record->node_name->empty()) return gcc::to_utf8(*record->node_name);
    return "node " + std::to_string(node.value);
}

std::vector<mcs::UserId> Node::nodes_named(std::string_view name) const {
    std::vector<mcs::UserId> found;
    if (!conference_) return found;
    for (const auto& [node, record] : conference_->roster().nodes.nodes()) {
        if (equal_ignoring_case(name_of(node), name)) found.push_back(node);
    }
    return found;
}

std::optional<std::string> Node::peer_of(mcs::UserId node) const {
    auto connection = domain_.connection_of(node);
    if (!connection) return std::nullopt;
    return links_.peer_of(*connection);
}

Bytes Node::connect_data(const gcc::ConnectGccPdu& pdu) const {
    auto octets = gcc::encode_connect_data(pdu);
    CONVENE_CHECK(octets.has_value(), "connect data of ours encodes");
    return std::move(*octets);
}

}  // namespace convene::node
