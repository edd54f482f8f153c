/// For tests: nodes with a domain and a conference each, wired back to back under a clock that the test moves.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gcc/conference.hpp"

namespace convene::gcc::testing {

struct Node {
    mcs::Domain domain;
    std::optional<Conference> conference;
    std::vector<Event> events;  ///< everything that has happened, oldest first
    std::size_t transmitted = 0;
    std::map<mcs::AttachmentId, std::vector<mcs::UserEventKind>> others;  ///< of attachments besides the conference's

    explicit Node(mcs::DomainConfig config = {}) : domain(config) {}

    UserId id() const { return conference->self().value_or(UserId{0}); }

    template <class E>
    std::vector<E> all() const {
        std::vector<E> out;
        for (const Event& event : events)
            if (const auto* found = std::get_if<E>(&event)) out.push_back(*found);
        return out;
    }
    template <class E>
    std::optional<E> last() const {
        const auto found = all<E>();
        return found.empty() ? std::nullopt : std::optional<E>(found.back());
    }
    template <class E>
    std::size_t count() const {
        return all<E>().size();
    }
    /// The last answer of one kind to a request of this node.
    template <class Response>
    std::optional<Response> answer() const {
        const auto answers = all<RequestAnswered>();
        for (auto at = answers.rbegin(); at != answers.rend(); ++at)
            if (const auto* response = std::get_if<Response>(&at->response)) return *response;
        return std::nullopt;
    }
    void forget() { events.clear(); }
};

inline NodeRecord record_of(std::u16string name, NodeType type = NodeType::terminal) {
    NodeRecord record;
    record.node_type = type;
    record.node_name = std::move(name);
    return record;
}

class World {
public:
    Instant now{std::chrono::hours{1}};

    Node& add_node() {
        nodes_.push_back(std::make_unique<Node>());
        return *nodes_.back();
    }

    /// A top GCC provider whose conference everybody may do anything in, unless `profile` says otherwise.
    Node& add_top(ConferenceProfile profile, ConferenceLimits limits = {}, bool is_convener = false) {
        Node& node = add_node();
        ConferenceSettings settings{std::move(profile), record_of(u"top", NodeType::mcu)};
        settings.limits = limits;
        settings.is_convener = is_convener;
        node.conference.emplace(node.domain, std::move(settings), now);
        run();
        return node;
    }

    /// A node that joins below `parent`, as if its request had been granted.
    Node& add_child(Node& parent, std::u16string name, bool as_convener = false, ConferenceLimits limits = {}) {
        JoinDecision decision;
        decision.kind = JoinDecision::Kind::granted;
        decision.as_convener = as_convener;
        const ConferenceJoinResponse response = parent.conference->admit(decision, now);
        Node& node = add_node();
        connect(parent, node, response.tag);
        ConferenceSettings settings{profile_of(response, parent.conference->profile().name),
                                    record_of(std::move(name))};
        settings.superior = Superior::of(response);
        settings.is_convener = as_convener;
        settings.limits = limits;
        node.conference.emplace(node.domain, std::move(settings), now);
        return node;
    }

    /// An MCS connection, and the parent's conference told of it.
    void connect(Node& above, Node& below, Tag tag) {
        const mcs::DomainParameters parameters = above.domain.parameters();
        const auto down = above.domain.add_connection({mcs::Orientation::below, parameters, 2, 1}, now);
        const auto up = below.domain.add_connection({mcs::Orientation::above, parameters, 2, 1}, now);
        wires_[{&above, down}] = {&below, up};
        wires_[{&below, up}] = {&above, down};
        above.conference->bind(tag, down);
    }

    /// The transport below `node` breaks.
    void cut_above(Node& node) {
        const mcs::ConnectionId up = *node.domain.above();
        const auto [peer, down] = wires_.at({&node, up});
        wires_.erase({&node, up});
        wires_.erase({peer, down});
        node.domain.connection_lost(up, now);
        peer->domain.connection_lost(down, now);
    }

    /// Delivers until nothing moves.
    void run() {
        for (bool moved = true; moved;) {
            moved = false;
            for (auto& node : nodes_) moved = step(*node) || moved;
        }
    }

    /// Lets time pass, stopping at every deadline.
    void advance(Duration duration) {
        run();
        const Instant target = now + duration;
        while (now < target) {
            Instant next = target;
            for (auto& node : nodes_) {
                if (!node->conference) continue;
                if (const auto at = node->conference->deadline(); at && *at < next) next = std::max(*at, now);
            }
            now = next;
            for (auto& node : nodes_)
                if (node->conference) node->conference->on_time(now);
            run();
            if (next != target) continue;
        }
    }

    /// Enough for everything that waits only to be gathered.
    void settle() { advance(std::chrono::seconds{1}); }

private:
    bool step(Node& node) {
        std::vector<mcs::Output> outputs;
        node.domain.take_outputs(outputs);
        for (mcs::Output& output : outputs) act(node, output);
        if (node.conference) {
            std::vector<Event> events;
            node.conference->take_events(events);
            node.events.insert(node.events.end(), events.begin(), events.end());
        }
        return !outputs.empty();
    }

    void act(Node& node, mcs::Output& output) {
        if (auto* transmit = std::get_if<mcs::Transmit>(&output)) {
            ++node.transmitted;
            const auto wire = wires_.find({&node, transmit->connection});
            if (wire == wires_.end()) return;
            const auto [peer, connection] = wire->second;
            node.domain.on_transmitted(transmit->connection, transmit->transport, 1, 0, now);
            peer->domain.receive(connection, transmit->transport, std::move(transmit->tsdu), now);
        } else if (auto* close = std::get_if<mcs::Close>(&output)) {
            const auto wire = wires_.find({&node, close->connection});
            if (wire == wires_.end()) return;
            const auto [peer, connection] = wire->second;
            wires_.erase(wire);
            wires_.erase({peer, connection});
            peer->domain.connection_lost(connection, now);
        } else if (auto* event = std::get_if<mcs::UserEvent>(&output)) {
            if (node.conference && event->attachment == node.conference->attachment())
                node.conference->on_event(event->event, now);
            else
                node.others[event->attachment].push_back(event->event);
        }
    }

    std::vector<std::unique_ptr<Node>> nodes_;
    std::map<std::pair<Node*, mcs::ConnectionId>, std::pair<Node*, mcs::ConnectionId>> wires_;
};

/// Everybody may do everything.
inline ConferenceProfile open_profile() {
    ConferenceProfile profile{{"7", u"Seven", {}}};
    const PrivilegeList all{Privilege::terminate, Privilege::eject_user, Privilege::add, Privilege::lock_unlock,
                            Privilege::transfer};
    profile.privileges = {all, all, all};
    profile.termination = TerminationMethod::manual;
    return profile;
}

}  // namespace convene::gcc::testing
