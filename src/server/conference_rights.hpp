/// What the nodes of one conference may do, as restrictions of their connections.
#pragma once

#include <bitset>
#include <map>
#include <optional>
#include <set>

#include "admission/right.hpp"
#include "io/node_runner.hpp"
#include "mcs/restriction.hpp"
#include "whiteboard/entity_io.hpp"

namespace convene::server {

/// Who may only view may send on the channels of GCC and of chat, and nothing else anywhere; so also what nobody has
/// thought of is denied. While somebody conducts, the others may draw only what the conductor has granted (T.126 §9).
/// The right belongs to a connection: whoever comes in below somebody has no more than that.
class ConferenceRights {
public:
    explicit ConferenceRights(io::NodeRunner& runner) : runner_(runner) {}

    /// Somebody is let in by this transport; the restriction is for Node::admit().
    mcs::SharedRestriction admit(io::TransportId transport, admission::Right right);
    /// The right of the connection is another from now on.
    void change(io::TransportId transport, admission::Right right);
    admission::Right right_of(io::TransportId transport) const;
    void forget(io::TransportId transport) { rights_.erase(transport); }

    /// The rosters have changed: other channels, other people.
    void on_roster();
    void on_conductor(std::optional<mcs::UserId> node);
    /// The conductor has granted something.
    void on_granted(mcs::UserId whiteboard_user, const whiteboard::Privileges& privileges);

private:
    struct Channels {
        mcs::FlatSet<mcs::ChannelId> open;     ///< where everybody may send
        mcs::FlatSet<mcs::ChannelId> boards;   ///< sessions of whiteboards
        mcs::FlatSet<mcs::ChannelId> drawers;  ///< attachments of whiteboards

        friend bool operator==(const Channels&, const Channels&) = default;
    };
    Channels read_channels() const;
    mcs::SharedRestriction viewing() const;
    mcs::SharedRestriction conducted(const std::set<whiteboard::Privilege>& granted) const;
    bool matters() const;
    const Channels& channels_now() const;
    void apply();

    io::NodeRunner& runner_;
    std::map<io::TransportId, admission::Right> rights_;  // of initial transports; those that are not here may draw
    mutable std::optional<Channels> channels_;            // nothing until somebody is restricted
    std::optional<mcs::UserId> conductor_;
    std::map<mcs::UserId, std::set<whiteboard::Privilege>> granted_;  // by whiteboard attachment
};

}  // namespace convene::server
