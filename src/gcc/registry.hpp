/// The application registry, which lives at the top GCC provider.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "gcc/registry_pdu.hpp"

namespace convene::gcc {

struct RegistryRules {
    std::size_t max_entries = 16'384;         ///< beyond it: tooManyEntries
    std::size_t max_entries_per_node = 1024;  ///< owned by entities of one node; beyond it: tooManyEntries
    /// Refuse requesters that are not enrolled in the key's session (invalidRequester). Off by default: a roster report
    /// and a request of the same entity race each other.
    bool require_enrolment = false;
    /// The first handle given out: beyond those of what the conference remembers of earlier times.
    std::uint32_t first_handle = 1;
};

/// Who asks: the node as MCS names it, and whether the roster knows its entity in the session of the request's key.
struct RegistryRequester {
    UserId node;
    bool is_enrolled = false;
};

/// The answer for the requester, and what is to be broadcast to all because the entry is monitored.
struct RegistryAnswer {
    RegistryResponse response;
    std::optional<RegistryMonitorEntryIndication> broadcast;
};

/// Entries by key: a channel, a token or a parameter with an owner or none. Every request gets an answer that shows the
/// entry as it is afterwards, so that whoever comes second learns the channel or token of the first. An entry without
/// an owner may be changed, taken over and deleted by anybody who may ask.
class Registry {
public:
    explicit Registry(RegistryRules rules = {}) : rules_(rules), next_handle_(rules.first_handle) {}

    RegistryAnswer answer(const RegistryRequester& requester, const RegistryRegisterChannelRequest& request);
    RegistryAnswer answer(const RegistryRequester& requester, const RegistryAssignTokenRequest& request);
    RegistryAnswer answer(const RegistryRequester& requester, const RegistrySetParameterRequest& request);
    RegistryAnswer answer(const RegistryRequester& requester, const RegistryRetrieveEntryRequest& request);
    RegistryAnswer answer(const RegistryRequester& requester, const RegistryDeleteEntryRequest& request);
    RegistryAnswer answer(const RegistryRequester& requester, const RegistryMonitorEntryRequest& request);
    /// Handles are numbered from the first on and never given twice.
    RegistryAllocateHandleResponse answer(const RegistryAllocateHandleRequest& request);

    // Each returns what is to be broadcast about monitored entries.

    /// The entity has left the session; what it owned there stays, without an owner.
    std::vector<RegistryMonitorEntryIndication> on_unenrolled(const Entity& entity, const SessionKey& session);
    /// The node is gone; what its entities owned stays without an owner where `session_goes_on`, and is deleted
    /// elsewhere.
    std::vector<RegistryMonitorEntryIndication> on_node_left(
        UserId node, const std::function<bool(const SessionKey&)>& session_goes_on);
    /// The last entity of the session has gone: its entries are deleted.
    std::vector<RegistryMonitorEntryIndication> on_session_ended(const SessionKey& session);

    std::size_t size() const { return entries_.size(); }
    /// Every handle from this one on has not been given out.
    std::uint64_t next_handle() const { return next_handle_; }

private:
    struct Entry {
        RegistryItem item;
        std::optional<Entity> owner;
        std::optional<RegistryModificationRights> rights;  ///< of parameters only
        bool is_monitored = false;
    };
    using Entries = std::map<RegistryKey, Entry, RegistryKeyOrder>;

    /// One request on its way: who, what, and the entry if there is one.
    struct Asked {
        Entity who;
        bool is_enrolled = false;
        RegistryPrimitive primitive{};
        const RegistryKey& key;
        Entries::iterator at;
    };

    template <class Request>
    Asked asked(const RegistryRequester& requester, const Request& request, RegistryPrimitive primitive);
    RegistryAnswer answered(const Asked& asked, RegistryResult result, bool has_changed = false) const;
    bool is_refused(const Asked& asked) const { return rules_.require_enrolment && !asked.is_enrolled; }
    bool has_room(UserId node) const;
    bool may_change(const Asked& asked) const;
    void create(Asked& asked, RegistryItem item, std::optional<RegistryModificationRights> rights);
    /// What to answer to somebody who wants to register what exists already; nothing when it may be taken over.
    template <class Kind>
    std::optional<RegistryResult> conflict(const Asked& asked) const;
    std::optional<TokenId> allocate_token();
    void set_owner(Entry& entry, std::optional<Entity> owner);
    void erase(Entries::iterator at);
    static RegistryMonitorEntryIndication indication(const RegistryKey& key, const Entry& entry);
    static RegistryMonitorEntryIndication deletion(const RegistryKey& key);

    RegistryRules rules_;
    Entries entries_;
    std::map<UserId, std::size_t> owned_by_;  ///< entries that the entities of a node own
    std::set<TokenId> tokens_;                ///< in entries
    std::uint32_t next_token_ = 16'384;       ///< goes round, so that a freed token rests as long as possible
    std::uint64_t next_handle_;
};

}  // namespace convene::gcc
