#include "node/node.hpp"

#include <algorithm>
#include <utility>

#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "base/take_all.hpp"
#include "gcc/names.hpp"
#include "node/gcc_text.hpp"
#include "node/hand.hpp"

namespace convene::node {
namespace {

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
    if (!config_.name.empty()) record.node_name = gcc_text(config_.name);
    if (config_.site) record.site_information = gcc_text(*config_.site);
    if (!config_.participants.empty()) {
        record.participants_list.emplace();
        for (const auto& participant : config_.participants) record.participants_list->push_back(gcc_text(participant));
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

}  // namespace convene::node
