/// Whiteboards on a simulated top provider: one order for uniform data, delays of its own for every node, users,
/// channels, tokens, a roster and handles; links that break.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <vector>

#include "sim/random.hpp"
#include "whiteboard/editor.hpp"

namespace convene::sim {

class BoardWorld {
public:
    struct Node {
        std::size_t number = 0;
        std::unique_ptr<whiteboard::Entity> entity;
        std::unique_ptr<whiteboard::Editor> editor;
        bool is_connected = false;
        std::uint32_t epoch = 0;  ///< of its connection; what belongs to an older one is lost
        std::optional<mcs::UserId> user;
        Duration delay{};  ///< of everything, both ways, at least
        /// Each lane keeps its order: everything up; data down; rosters, tokens and the like down.
        Instant up_free{}, data_free{}, control_free{};
        std::vector<whiteboard::RosterLine> roster;
        std::uint32_t roster_instance = 0;
        std::optional<Instant> wakes;
        std::size_t copies = 0;    ///< that brought it up to date
        std::size_t given_up = 0;  ///< waits for a copy in vain
        std::size_t refusals = 0;  ///< of what its user had done
    };

    explicit BoardWorld(std::uint64_t seed) : random_(seed, 1) {}

    Node& add(const whiteboard::EntityConfig& config);
    void connect(Node& node);
    /// Nothing that is under way arrives; the node notices now, everybody else a little later.
    void cut(Node& node);
    void leave(Node& node);
    /// After anything was done to a node's entity: what it wants happens.
    void act(Node& node);
    void pass(Duration time);

    Instant now() const { return now_; }
    std::vector<std::unique_ptr<Node>>& nodes() { return nodes_; }
    std::optional<mcs::UserId> holder_of(mcs::TokenId token) const;
    std::size_t octets() const { return octets_; }

private:
    struct Event {
        Instant at;
        std::uint64_t number = 0;
        std::function<void()> what;
        bool operator<(const Event& other) const {
            return at != other.at ? at > other.at : number > other.number;  // the earliest on top of the queue
        }
    };
    struct Enrolment {
        gcc::SessionKey session;
        gcc::ApplicationRecord record;
    };

    void plan(Instant at, std::function<void()> what) { events_.push({at, next_event_++, std::move(what)}); }
    void up(Node& node, std::function<void()> what);
    void down(Node& node, bool is_data, std::function<void()> what);
    void wake(Node& node);
    void relay(mcs::UserId from, const whiteboard::Send& send);
    void remove(mcs::UserId user);
    void announce_roster();
    Node* node_of(mcs::UserId user);

    Random random_;
    Instant now_{};
    std::priority_queue<Event> events_;
    std::uint64_t next_event_ = 0;
    std::vector<std::unique_ptr<Node>> nodes_;
    // The top's information base.
    std::uint16_t next_user_ = 1001;
    std::map<mcs::UserId, std::size_t> users_;
    std::map<mcs::ChannelId, std::set<mcs::UserId>> channels_;
    std::map<mcs::TokenId, mcs::UserId> tokens_;
    std::map<mcs::UserId, Enrolment> enrolments_;
    std::uint32_t roster_instance_ = 0;
    bool roster_is_planned_ = false;
    std::uint32_t next_handle_ = 1;
    std::size_t octets_ = 0;
};

}  // namespace convene::sim
