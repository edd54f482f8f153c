/// What a node asks of each of its applications.
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "gcc/conference_events.hpp"
#include "mcs/ids.hpp"
#include "mcs/user_events.hpp"
#include "node/events.hpp"

namespace convene::node {

/// Connects the protocol entity of one application with the domain and the conference of its node. The node hands on
/// what happens and calls pump() until nothing is left to do. One owner, no threads.
class Desk {
public:
    Desk() = default;
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    virtual ~Desk() = default;

    /// The conference is joined: attach.
    virtual void start() = 0;
    virtual bool owns(mcs::AttachmentId attachment) const = 0;
    virtual void on_event(const mcs::UserEventKind& event, Instant now) = 0;
    /// Something happened in the conference; rosters have been entered already.
    virtual void on_conference(const gcc::Event& event, Instant now) = 0;
    virtual void on_time(Instant now) = 0;
    /// How many octets wait to be written on the transport that has the most. True when pump() is to be called.
    virtual bool on_flow(std::size_t, Instant) { return false; }
    virtual std::optional<Instant> deadline() const = 0;
    /// Acts on what the entity wants; true when there was anything.
    virtual bool pump(std::vector<Event>& events, Instant now) = 0;
};

}  // namespace convene::node
