/// Domains wired back to back in memory, for tests: no sockets, no time but the test's own.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "mcs/domain.hpp"
#include "t123/tpkt.hpp"

namespace convene::mcs::testing {

/// A network of providers. Everything one of them wants done is done when run() is called: PDUs travel, connections
/// close, events are collected. A transport that a domain paused is not delivered from.
class Network {
public:
    using Node = std::size_t;

    struct Event {
        AttachmentId attachment;
        UserEventKind event;
    };
    struct Closed {
        Node node;
        Close close;
    };

    Node add(DomainConfig config = {}) {
        nodes_.push_back(std::make_unique<Domain>(config));
        events_.emplace_back();
        return nodes_.size() - 1;
    }
    Domain& operator[](Node node) { return *nodes_[node]; }

    /// Both ends of a new connection, at `lower` and at `upper`.
    struct Link {
        Node lower, upper;
        ConnectionId at_lower, at_upper;
    };
    Link connect(Node lower, Node upper, Version version = 2, std::uint8_t transports = 1) {
        Domain& top = *nodes_[upper];
        ConnectionSettings settings{Orientation::below, top.parameters(), version, transports};
        Link link{lower, upper, {}, {}};
        link.at_upper = top.add_connection(settings, now);
        settings.orientation = Orientation::above;
        link.at_lower = nodes_[lower]->add_connection(settings, now);
        ends_[{lower, link.at_lower}] = {upper, link.at_upper};
        ends_[{upper, link.at_upper}] = {lower, link.at_lower};
        return link;
    }
    /// The transports break without a word.
    void cut(const Link& link) {
        break_end(link.lower, link.at_lower);
        break_end(link.upper, link.at_upper);
    }

    /// Until nothing moves any more.
    void run() {
        constexpr int kPatience = 1'000'000;
        for (int steps = 0; step(); ++steps) CONVENE_CHECK(steps < kPatience, "the network does not come to rest");
    }
    /// One output of each domain and one PDU of each transport. False when there was nothing to do.
    bool step() {
        bool any = false;
        for (Node node = 0; node < nodes_.size(); ++node) any |= collect(node);
        std::vector<Lane> lanes;
        for (const auto& [lane, queue] : queues_) lanes.push_back(lane);
        for (const Lane& lane : lanes) any |= deliver(lane);
        return any;
    }

    /// A user, attached with all that follows from it.
    AttachmentId user(Node node) {
        AttachmentId id = nodes_[node]->attach();
        run();
        return id;
    }
    UserId id(Node node, AttachmentId attachment) const {
        auto user = nodes_[node]->user_of(attachment);
        CONVENE_CHECK(user.has_value(), "not attached");
        return *user;
    }
    /// Events of one kind for one attachment since the last take, oldest first; other kinds are kept.
    template <class Kind>
    std::vector<Kind> take(Node node, AttachmentId attachment) {
        std::vector<Kind> out;
        std::deque<Event> rest;
        for (Event& event : events_[node]) {
            if (event.attachment == attachment && std::holds_alternative<Kind>(event.event)) {
                out.push_back(std::get<Kind>(std::move(event.event)));
            } else {
                rest.push_back(std::move(event));
            }
        }
        events_[node] = std::move(rest);
        return out;
    }
    void forget_events() {
        for (auto& events : events_) events.clear();
    }
    /// All that is queued for the peer of an end, undelivered.
    std::size_t queued(Node node, ConnectionId connection) const {
        std::size_t out = 0;
        for (const auto& [lane, queue] : queues_) {
            if (lane.node == node && lane.connection == connection) out += queue.size();
        }
        return out;
    }

    Instant now{};
    std::vector<Closed> closed;
    std::vector<std::pair<Node, Incident>> incidents;
    std::size_t pauses = 0;
    std::size_t resumes = 0;
    bool frozen = false;  ///< nothing is delivered; outputs are only collected

private:
    using End = std::pair<Node, ConnectionId>;
    /// One direction of one transport, by its sending end.
    struct Lane {
        Node node;
        ConnectionId connection;
        std::uint8_t transport;
        friend bool operator<(const Lane& a, const Lane& b) {
            return std::tie(a.node, a.connection.value, a.transport) <
                   std::tie(b.node, b.connection.value, b.transport);
        }
    };
    struct Queued {
        Slice payload;
        bool close = false;  ///< the sender has closed the connection
    };

    bool collect(Node node) {
        std::vector<Output> outputs;
        nodes_[node]->take_outputs(outputs);
        for (Output& output : outputs) {
            std::visit(
                overloaded{
                    [&](Transmit& t) {
                        if (ends_.count({node, t.connection}) == 0) return;
                        queues_[{node, t.connection, t.transport}].push_back({Slice(t.tsdu.payload.view()), false});
                    },
                    [&](TransmitRun& run) {
                        if (ends_.count({node, run.connection}) == 0) return;
                        t123::for_each_tsdu(run.frames, [&](const t123::Tsdu& tsdu) {
                            queues_[{node, run.connection, run.transport}].push_back(
                                {Slice(tsdu.payload.view()), false});
                        });
                    },
                    [&](Close& c) {
                        queues_[{node, c.connection, 0}].push_back({{}, true});
                        closed.push_back({node, c});
                    },
                    [&](Pause& p) {
                        ++pauses, paused_[{node, p.connection, p.transport}] = true;
                    },
                    [&](Resume& r) {
                        ++resumes, paused_.erase({node, r.connection, r.transport});
                    },
                    [&](UserEvent& e) {
                        events_[node].push_back({e.attachment, std::move(e.event)});
                    },
                    [&](Incident& i) { incidents.emplace_back(node, std::move(i)); }},
                output);
        }
        return !outputs.empty();
    }
    bool deliver(const Lane& lane) {
        auto at = queues_.find(lane);
        if (frozen || at == queues_.end()) return false;
        auto end = ends_.find({lane.node, lane.connection});
        if (end == ends_.end()) return queues_.erase(at), true;
        auto [peer, connection] = end->second;
        if (at->second.empty()) return queues_.erase(at), true;
        if (paused_.count({peer, connection, lane.transport}) != 0) return false;
        Queued queued = std::move(at->second.front());
        at->second.pop_front();
        std::size_t octets = 0;
        for (const Queued& other : at->second) octets += other.payload.size();
        if (queued.close) {
            break_end(peer, connection);
            ends_.erase({lane.node, lane.connection});
            return true;
        }
        nodes_[lane.node]->on_transmitted(lane.connection, lane.transport, 1, octets, now);
        nodes_[peer]->receive(connection, lane.transport, {queued.payload, false}, now);
        return true;
    }
    void break_end(Node node, ConnectionId connection) {
        ends_.erase({node, connection});
        nodes_[node]->connection_lost(connection, now);
    }

    std::vector<std::unique_ptr<Domain>> nodes_;
    std::vector<std::deque<Event>> events_;
    std::map<End, End> ends_;
    std::map<Lane, std::deque<Queued>> queues_;
    std::map<Lane, bool> paused_;
};

}  // namespace convene::mcs::testing
