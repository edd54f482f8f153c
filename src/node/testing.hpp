/// A server's node and its callers in one process, joined by hand: no sockets, and time passes only when told to.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "node/node.hpp"

namespace convene::node::testing {

inline RandomSource counting_random(std::uint64_t seed) {
    return [seed]() mutable {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return seed >> 16;
    };
}

inline NodeConfig config_for(std::string name, std::uint64_t seed) {
    NodeConfig config;
    config.name = std::move(name);
    config.random = counting_random(seed);
    return config;
}

/// Nodes that can call each other by name. Who is called answers as `answer` says.
class Network {
public:
    struct Member {
        std::string name;
        std::unique_ptr<Node> node;
        std::vector<Event> events;

        template <class T>
        std::vector<T> all() const {
            std::vector<T> out;
            for (const auto& event : events)
                if (const T* found = event_as<T>(event)) out.push_back(*found);
            return out;
        }
    };

    Member& add(NodeConfig config) {
        auto member = std::make_unique<Member>();
        member->name = config.name;
        member->node = std::make_unique<Node>(std::move(config), now_);
        members_.push_back(std::move(member));
        return *members_.back();
    }
    Instant now() const { return now_; }

    /// Answers CallArrived; by default everybody is let in.
    std::function<void(Member&, CallArrived&, Instant)> answer = [](Member& member, CallArrived& call, Instant now) {
        if (std::holds_alternative<gcc::ConferenceJoinRequest>(call.request)) {
            gcc::JoinDecision decision;
            decision.kind = gcc::JoinDecision::Kind::granted;
            member.node->admit(call.transport, decision, now);
        } else if (std::holds_alternative<gcc::ConferenceInviteRequest>(call.request)) {
            member.node->accept_invitation(call.transport, now);
        } else {
            member.node->reject(call.transport, mcs::Result::user_rejected, std::nullopt, now);
        }
    };

    /// Lets everything that is on its way arrive.
    void run() {
        for (int i = 0; i < 10'000 && step(); ++i) {
        }
    }
    /// Time passes in small steps, as timers would see it.
    void pass(Duration duration) {
        for (Instant end = now_ + duration; now_ < end;) {
            now_ += std::chrono::milliseconds{50};
            for (auto& member : members_) member->node->on_time(now_);
            run();
        }
    }
    /// Whether a wire goes from one member to the other: the called one has been reached.
    bool is_wired(const Member& one, const Member& other) const {
        return std::any_of(wires_.begin(), wires_.end(),
                           [&](const auto& wire) { return wire.first.first == &one && wire.second.first == &other; });
    }
    /// The wire between two members breaks.
    void cut(const Member& one, const Member& other) {
        for (auto& [end, peer] : wires_) {
            if (end.first == &one && peer.first == &other) broken_.push_back(end);
        }
        for (auto end : std::exchange(broken_, {})) close(end, "cut");
        run();
    }

private:
    using End = std::pair<const Member*, TransportId>;

    Member* member_of(const End& end) { return const_cast<Member*>(end.first); }

    bool step() {
        bool any = false;
        for (std::size_t i = 0; i < members_.size(); ++i) any = step(*members_[i]) || any;
        return any;
    }
    bool step(Member& member) {
        std::vector<NodeOutput> outputs;
        member.node->take_outputs(outputs);
        // Octets for one wire that follow each other arrive together, as they do over TCP.
        std::map<TransportId, Bytes> written;
        auto arrive = [&] {
            for (auto& [transport, octets] : std::exchange(written, {})) {
                auto wire = wires_.find({&member, transport});
                if (wire == wires_.end()) continue;
                deliver(wire->second, octets);
                member.node->on_written(transport, 0, 0, now_);
            }
        };
        for (auto& output : outputs) {
            if (auto* write = std::get_if<Write>(&output)) {
                append(written[write->transport], write->octets);
            } else {
                arrive();
                act(member, output);
            }
        }
        arrive();
        std::vector<Event> events;
        member.node->take_events(events);
        for (auto& event : events) {
            if (auto* call = std::get_if<CallArrived>(&event)) answer(member, *call, now_);
            member.events.push_back(std::move(event));
        }
        return !outputs.empty() || !events.empty();
    }
    void act(Member& member, NodeOutput& output) {
        if (auto* open = std::get_if<OpenTransport>(&output)) {
            connect(member, *open);
        } else if (auto* end = std::get_if<CloseTransport>(&output)) {
            close({&member, end->transport}, "closed by the peer");
        }
    }
    void connect(Member& caller, const OpenTransport& open) {
        for (auto& member : members_) {
            if (member->name != open.address) continue;
            TransportId id{next_++};
            wires_[{&caller, open.transport}] = {member.get(), id};
            wires_[{member.get(), id}] = {&caller, open.transport};
            receptions_.emplace(End{member.get(), id}, Reception({}, now_));
            caller.node->transport_opened(open.transport, now_);
            return;
        }
        caller.node->on_closed(open.transport, "nobody there", now_);
    }
    void deliver(End to, ByteView octets) {
        // A copy in a buffer of its own, as if it had come over a network.
        Slice copy{octets};
        auto found = receptions_.find(to);
        if (found == receptions_.end()) {
            member_of(to)->node->on_bytes(to.second, copy, now_);
            return;
        }
        auto& reception = found->second;
        reception.on_bytes(copy, now_);
        std::vector<Reception::Output> outputs;
        reception.take_outputs(outputs);
        for (auto& output : outputs) {
            if (auto* write = std::get_if<Reception::Write>(&output)) deliver(wires_.at(to), write->octets);
            if (std::holds_alternative<Reception::Close>(output)) close(to, "closed by the peer");
        }
        if (std::holds_alternative<Undecided>(reception.purpose()) ||
            std::holds_alternative<Unacceptable>(reception.purpose()))
            return;
        auto taken = receptions_.extract(to);
        member_of(to)->node->adopt(to.second, std::move(taken.mapped()), wires_.at(to).first->name, now_);
    }
    void close(End from, const char* why) {
        auto wire = wires_.find(from);
        if (wire == wires_.end()) return;
        auto to = wire->second;
        wires_.erase(from);
        wires_.erase(to);
        receptions_.erase(to);
        receptions_.erase(from);
        member_of(from)->node->on_closed(from.second, why, now_);
        member_of(to)->node->on_closed(to.second, why, now_);
    }

    Instant now_{std::chrono::hours{1}};
    std::vector<std::unique_ptr<Member>> members_;
    std::map<End, End> wires_;
    std::map<End, Reception> receptions_;
    std::vector<End> broken_;
    std::uint32_t next_ = 1;
};

}  // namespace convene::node::testing
