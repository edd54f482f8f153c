/// Who conducts the conference and who else may act meanwhile, as every node keeps it for itself.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "gcc/numbers.hpp"

namespace convene::gcc {

/// Longest queue for permission; whoever asks when it is full is not heard. Far above what a conductor can look
/// through.
inline constexpr std::size_t kMaxWaitingNodes = 4096;
/// Most nodes that may hold permission at once.
inline constexpr std::size_t kMaxPermittedNodes = 4096;

/// The local copy of conducted mode, fed with the indications on the broadcast channel (the own ones come back that way
/// too) and with nodes' leaving. It trusts an indication about conducting only from the node that it is about; that
/// this node holds the conductor token is for the caller to know (MCS grants it to one node at a time). The functions
/// that take an indication return whether it was accepted and changed anything.
///
/// Not written in the published module, so decided here: permissions end with the conductor that gave them, the queue
/// survives handing over, and both end with conducted mode.
class ConductorState {
public:
    bool is_conducted() const { return conductor_.has_value(); }
    std::optional<UserId> conductor() const { return conductor_; }
    bool is_conductor(UserId node) const { return conductor_ == node; }
    const std::vector<UserId>& permitted() const { return permitted_; }  ///< in the order of the grants
    const std::vector<UserId>& waiting() const { return waiting_; }      ///< who asked first stands first
    /// In conducted mode the conductor and the permitted, else everybody.
    bool may_act(UserId node) const;

    /// ConductorAssignIndication.
    bool on_assign(UserId sender, UserId conducting_node);
    /// ConductorReleaseIndication.
    bool on_release(UserId sender);
    /// ConductorPermissionAskIndication; without `wants` the node gives its permission or its place in the queue back.
    bool on_permission_ask(UserId sender, bool wants);
    /// ConductorPermissionGrantIndication: both lists replace what was known.
    bool on_permission_grant(UserId sender, std::span<const UserId> permitted, std::span<const UserId> waiting);
    /// The node is gone; a conductor's going ends conducted mode.
    bool on_node_left(UserId node);

    /// At the conductor: the node is permitted from now on and waits no more. The lists are then to be broadcast.
    bool grant(UserId node);
    /// At the conductor: the node is neither permitted nor waiting any more. The lists are then to be broadcast.
    bool withdraw(UserId node);

private:
    std::optional<UserId> conductor_;
    std::vector<UserId> permitted_;
    std::vector<UserId> waiting_;
};

}  // namespace convene::gcc
