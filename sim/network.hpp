/// MCS providers on links that have delays, carry a limited amount and break: a world in one thread with its own time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "mcs/domain.hpp"
#include "sim/random.hpp"
#include "sim/report.hpp"

namespace convene::sim {

using Node = std::size_t;    ///< one provider
using LinkId = std::size_t;  ///< one MCS connection, never used twice

struct LinkShape {
    mcs::Version version = 2;
    std::uint8_t transports = 1;
    Duration delay{};        ///< of every PDU
    Duration jitter{};       ///< up to so much more; PDUs of one transport still arrive in order
    std::uint64_t rate = 0;  ///< octets a second that each direction of a transport carries; 0: any number
};

inline constexpr std::size_t kReadAhead = 1;  ///< PDUs that may be read already when a transport is paused

/// Everything happens through step(), one event at a time, at the time for which it was planned.
class Network {
public:
    enum Side : std::uint8_t { lower = 0, upper = 1 };
    struct End {
        Node node = 0;
        std::optional<mcs::ConnectionId> connection;  ///< while the provider there has it
    };
    struct Link {
        std::array<End, 2> ends;  ///< by Side
        LinkShape shape;
        bool established = false;  ///< both ends have had the connection
        bool cut = false;
    };

    Network(std::uint64_t seed, Report& report) : random_(seed), report_(report) {}

    Node add(const mcs::DomainConfig& config);
    std::size_t size() const { return nodes_.size(); }
    mcs::Domain& operator[](Node node) { return *nodes_[node]; }
    const mcs::Domain& operator[](Node node) const { return *nodes_[node]; }

    /// Whether `from` could get `to` as its superior without closing a ring.
    bool is_free_to_call(Node from, Node to) const;
    /// `from` calls `to`: first the called provider has the connection, a little later the caller.
    LinkId connect(Node from, Node to, const LinkShape& shape);
    /// Nothing gets through any more; each end notices in its own time.
    void cut(LinkId link);
    /// The machine at that end of a link stops to read from a transport, or goes on; its provider knows nothing of it.
    void set_reading(LinkId link, Side side, std::size_t transport, bool reads);
    /// That end gives the other up without a word, as one does that a peer does not read from.
    void give_up(LinkId link, Side side);
    /// To be called after each call of a function of that node: what it wants done is planned.
    void collect(Node node);

    const std::vector<Link>& links() const { return links_; }
    bool is_up(const Link& link) const { return link.ends[lower].connection && link.ends[upper].connection; }
    /// PDUs on their way.
    std::size_t in_flight() const;
    /// Transports that their receiver does not read from.
    std::size_t paused() const;
    /// Whether the provider at the other end has paused what the end at `from` sends.
    bool is_paused(LinkId link, Side from, std::size_t transport) const {
        return lanes_[lane_of(link, from, transport)].paused;
    }
    /// The most octets that have ever waited for the other end at once.
    std::size_t most_queued(LinkId link, Side from, std::size_t transport) const {
        return lanes_[lane_of(link, from, transport)].most_octets;
    }

    /// False when nothing is planned any more.
    bool step();
    /// When the next thing happens.
    std::optional<Instant> next() const;
    void wait_until(Instant time);
    std::uint64_t delivered() const { return delivered_; }

    std::function<void(Node, mcs::UserEvent&)> on_event;
    std::function<void(LinkId, Side from, std::size_t transport, bool paused)> on_pause;  ///< may be empty
    std::function<void(LinkId, const mcs::Close&)> on_close;                              ///< may be empty

private:
    /// One direction of one transport.
    struct Lane {
        struct Packet {
            Instant arrival;
            t123::Tsdu tsdu;  ///< as handed out: shared with other lanes until it is delivered
            bool close = false;
        };
        std::deque<Packet> packets;
        std::size_t octets = 0;
        std::size_t most_octets = 0;
        Instant free_at{};             ///< when what was written before is on its way
        std::size_t unreported = 0;    ///< PDUs whose transmission the sender has not heard of
        std::size_t read_already = 0;  ///< when paused: PDUs that were read before
        bool paused = false;
        bool stuck = false;  ///< the machine at the other end does not read
        bool planned = false;
    };
    struct Event {
        Instant at;
        std::uint64_t order = 0;
        enum class Kind : std::uint8_t { called, answered, deliver, lost_lower, lost_upper, timer } kind{};
        std::size_t index = 0;  ///< link, lane or node

        friend bool operator<(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }
    };

    static constexpr std::size_t kLanesOfSide = mcs::kMaxTransports;
    static constexpr std::size_t kLanesOfLink = 2 * kLanesOfSide;
    /// The lane by which the end at `from` sends.
    static std::size_t lane_of(LinkId link, Side from, std::size_t transport) {
        return link * kLanesOfLink + from * kLanesOfSide + transport;
    }
    static Side other(Side side) { return side == lower ? upper : lower; }
    struct Place {
        LinkId link = 0;
        Side side = lower;
    };
    const Place* place_of(Node node, mcs::ConnectionId connection) const;

    void plan(Instant at, Event::Kind kind, std::size_t index);
    void plan_delivery(std::size_t lane);
    void called(LinkId link);
    void answered(LinkId link);
    void attach_end(LinkId link, Side side);
    void forget_end(LinkId link, Side side);
    void empty(std::size_t lane);
    void plan_reset(LinkId link, Side side);
    void lost(LinkId link, Side side);
    void deliver(std::size_t lane);
    void act(Node node, mcs::Output& output);
    void transmit(Node node, mcs::Transmit& output);
    void closed(Node node, const mcs::Close& output);
    void plan_timer(Node node);
    std::string name(LinkId link, Side from) const;
    std::string describe(LinkId link, const Slice& octets) const;

    Random random_;
    Report& report_;
    std::vector<std::unique_ptr<mcs::Domain>> nodes_;
    std::vector<std::optional<LinkId>> above_;  ///< of each node, from the call on
    std::vector<std::optional<Instant>> timers_;
    std::vector<Link> links_;
    std::vector<Lane> lanes_;
    std::unordered_map<std::uint64_t, Place> places_;
    std::priority_queue<Event> events_;
    std::uint64_t order_ = 0;
    std::uint64_t delivered_ = 0;
};

}  // namespace convene::sim
