/// The whiteboard as the users of a node see it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "node/application_port.hpp"
#include "node/desk.hpp"
#include "whiteboard/entity.hpp"

namespace convene::node {

/// Receipts that wait for the roster that tells whose they are; the oldest go first.
inline constexpr std::size_t kMaxReceiptsFromUnknown = 64;

/// Connects a T.126 entity with the domain and the conference. The domain and the conference must outlive it.
class WhiteboardDesk final : public Desk {
public:
    WhiteboardDesk(mcs::Domain& domain, gcc::Conference& conference, std::shared_ptr<whiteboard::Entity> entity,
                   bool is_keeper);

    void start() override { port_.attach(); }
    bool owns(mcs::AttachmentId attachment) const override { return port_.owns(attachment); }
    void on_event(const mcs::UserEventKind& event, Instant now) override;
    void on_conference(const gcc::Event& event, Instant now) override;
    void on_time(Instant now) override;
    std::optional<Instant> deadline() const override;
    bool pump(std::vector<Event>& events, Instant now) override;

    /// For what the user does. After using it, call Node::settle().
    whiteboard::Entity& entity() { return *entity_; }
    const whiteboard::Entity& entity() const { return *entity_; }
    /// The name of the node that a whiteboard attachment belongs to, or a number.
    std::string name_of(mcs::UserId attachment) const { return port_.name_of(attachment); }

    /// At a keeper: what `sender` has sent up to WhiteboardTraffic number `count` can no longer be lost; tells it so.
    void acknowledge(mcs::UserId sender, std::uint32_t count);
    /// At a keeper: whether somebody who is still here has sent anything.
    bool hears(mcs::UserId user) const { return heard_from_.count(user) != 0; }
    /// How much of what this user has done is not known to be safe: 0 where everything is. Where nobody keeps, nothing
    /// ever is.
    std::uint32_t unsaved() const { return sent_ - saved_; }

    /// Tells everybody where this user is, as often as wanted; who comes later is told, too. With the laser it also
    /// moves the pointer that every whiteboard of T.126 shows. Call Node::settle() afterwards.
    void set_presence(const std::optional<Presence>& presence, Instant now);
    /// Known once the application roster has told.
    std::optional<mcs::UserId> node_of(mcs::UserId attachment) const { return port_.node_of(attachment); }

private:
    void on_roster(Instant now);
    void on_data(const mcs::DataIndication& data, Instant now);
    // whiteboard_extras.cpp
    void on_extra(const whiteboard::Extra& extra);
    void send_extra(mcs::ChannelId channel, mcs::DataPriority priority, gcc::Key key, Bytes data);
    void on_receipt(mcs::UserId from, const Bytes& data);
    void read_from_unknown();
    void tell_presence(Instant now);
    void greet();
    void on_presence(mcs::UserId from, const std::optional<Presence>& presence);
    void forget_presence(mcs::UserId user);
    void allocate(std::uint16_t count, Instant now);

    ApplicationPort port_;
    bool is_keeper_;
    std::shared_ptr<whiteboard::Entity> entity_;
    std::vector<whiteboard::Output> outputs_;
    std::vector<Event> news_;
    std::uint16_t wanted_handles_ = 0;                        ///< not asked for yet
    std::uint32_t sent_ = 0;                                  ///< uniform data of this user, as it comes back
    std::uint32_t saved_ = 0;                                 ///< of it, according to the keeper
    std::map<mcs::UserId, std::uint32_t> heard_from_;         ///< at a keeper: uniform data of each user
    std::deque<std::pair<mcs::UserId, Bytes>> from_unknown_;  ///< receipts whose sender no roster has shown
    std::optional<Presence> presence_;                        ///< of this user
    bool has_presence_news_ = false;
    Instant next_presence_{};
    std::set<mcs::UserId> presences_;  ///< others who have told theirs
    std::set<mcs::UserId> greeted_;    ///< who have been here when the roster was last read
};

}  // namespace convene::node
