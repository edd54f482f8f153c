/// The conferences at one node, as its connect phase sees them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/tagged.hpp"
#include "gcc/profile.hpp"
#include "gcc/query_pdu.hpp"

namespace convene::gcc {

/// A conference at this node; chosen by whoever keeps the directory, never sent.
using ConferenceId = StrongId<struct ConferenceIdTag, std::uint32_t>;

struct ConferenceEntry {
    ConferenceProfile profile;
    bool is_lobby = false;    ///< joined by those who name no conference, if it is the only lobby
    bool is_default = false;  ///< announced as the one to join without asking
    bool is_full = false;     ///< takes nobody any more
    bool has_convener = false;
    bool is_top_here = true;  ///< else joins are decided by the top GCC provider elsewhere
    std::optional<NetworkAddress> network_address{};
};

/// Knows conferences by name. Two of one name are told apart by modifiers.
class ConferenceDirectory {
public:
    /// Adds an entry or replaces it.
    void put(ConferenceId id, ConferenceEntry entry);
    void remove(ConferenceId id);

    const ConferenceEntry* find(ConferenceId id) const;
    /// The conference that the selector and the modifier pick; without a modifier, of several only the one that has
    /// none itself. Nothing when there is no such conference or the choice is open.
    std::optional<ConferenceId> find(const ConferenceNameSelector& name,
                                     const std::optional<ConferenceNameModifier>& modifier) const;
    /// The lobby, if there is exactly one.
    std::optional<ConferenceId> only_lobby() const;
    /// A modifier with which `name` becomes unique here; nothing when it is already.
    std::optional<ConferenceNameModifier> free_modifier(const ConferenceName& name) const;

    const std::map<ConferenceId, ConferenceEntry>& entries() const { return entries_; }

private:
    std::map<ConferenceId, ConferenceEntry> entries_;
};

}  // namespace convene::gcc
