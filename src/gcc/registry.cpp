#include "gcc/registry.hpp"

#include <limits>
#include <utility>

namespace convene::gcc {
namespace {

constexpr std::uint32_t kFirstToken = 16'384, kLastToken = 65'535;  // DynamicTokenID

RegistryEntryOwner owner_of(const std::optional<Entity>& owner) {
    if (owner) return *owner;
    return NotOwned{};
}

}  // namespace

template <class Request>
Registry::Asked Registry::asked(const RegistryRequester& requester, const Request& request,
                                RegistryPrimitive primitive) {
    return {
        {requester.node, request.entity_id}, requester.is_enrolled, primitive, request.key, entries_.find(request.key)};
}

RegistryAnswer Registry::answered(const Asked& asked, RegistryResult result, bool has_changed) const {
    RegistryAnswer out{RegistryResponse{asked.who.entity, asked.primitive, asked.key, Vacant{}, NotOwned{}, {}, result},
                       std::nullopt};
    if (result == RegistryResult::invalid_requester || asked.at == entries_.end()) return out;
    const Entry& entry = asked.at->second;
    out.response.item = entry.item;
    out.response.owner = owner_of(entry.owner);
    out.response.modification_rights = entry.rights;
    if (has_changed && entry.is_monitored) out.broadcast = indication(asked.key, entry);
    return out;
}

RegistryMonitorEntryIndication Registry::indication(const RegistryKey& key, const Entry& entry) {
    return {key, entry.item, owner_of(entry.owner), entry.rights};
}

RegistryMonitorEntryIndication Registry::deletion(const RegistryKey& key) {
    return {key, Vacant{}, NotOwned{}, std::nullopt};
}

bool Registry::has_room(UserId node) const {
    if (entries_.size() >= rules_.max_entries) return false;
    const auto owned = owned_by_.find(node);
    return owned == owned_by_.end() || owned->second < rules_.max_entries_per_node;
}

bool Registry::may_change(const Asked& asked) const {
    const Entry& entry = asked.at->second;
    if (!entry.owner || *entry.owner == asked.who) return true;
    if (!entry.rights) return false;  // channels and tokens are their owner's
    switch (*entry.rights) {
        case RegistryModificationRights::owner:
            return false;
        case RegistryModificationRights::session:
            return asked.is_enrolled;
        case RegistryModificationRights::everybody:
            return true;
    }
    return false;
}

void Registry::create(Asked& asked, RegistryItem item, std::optional<RegistryModificationRights> rights) {
    asked.at = entries_.emplace(asked.key, Entry{std::move(item), std::nullopt, rights, false}).first;
    set_owner(asked.at->second, asked.who);
}

void Registry::set_owner(Entry& entry, std::optional<Entity> owner) {
    if (entry.owner) {
        const auto count = owned_by_.find(entry.owner->node);
        if (--count->second == 0) owned_by_.erase(count);
    }
    entry.owner = owner;
    if (owner) ++owned_by_[owner->node];
}

void Registry::erase(Entries::iterator at) {
    if (const auto* token = std::get_if<TokenId>(&at->second.item)) tokens_.erase(*token);
    set_owner(at->second, std::nullopt);
    entries_.erase(at);
}

template <class Kind>
std::optional<RegistryResult> Registry::conflict(const Asked& asked) const {
    const Entry& entry = asked.at->second;
    if (!std::holds_alternative<Kind>(entry.item)) return RegistryResult::inconsistent_type;
    if (!entry.owner) return std::nullopt;
    return *entry.owner == asked.who ? RegistryResult::entry_already_exists : RegistryResult::belongs_to_other;
}

RegistryAnswer Registry::answer(const RegistryRequester& requester, const RegistryRegisterChannelRequest& request) {
    Asked who = asked(requester, request, RegistryPrimitive::register_channel);
    if (is_refused(who)) return answered(who, RegistryResult::invalid_requester);
    if (who.at == entries_.end()) {
        if (!has_room(requester.node)) return answered(who, RegistryResult::too_many_entries);
        create(who, request.channel_id, std::nullopt);
        return answered(who, RegistryResult::successful);
    }
    if (const auto why = conflict<ChannelId>(who)) return answered(who, *why);
    who.at->second.item = request.channel_id;
    set_owner(who.at->second, who.who);
    return answered(who, RegistryResult::successful, true);
}

RegistryAnswer Registry::answer(const RegistryRequester& requester, const RegistryAssignTokenRequest& request) {
    Asked who = asked(requester, request, RegistryPrimitive::assign_token);
    if (is_refused(who)) return answered(who, RegistryResult::invalid_requester);
    if (who.at == entries_.end()) {
        if (!has_room(requester.node)) return answered(who, RegistryResult::too_many_entries);
        const auto token = allocate_token();
        if (!token) return answered(who, RegistryResult::too_many_entries);
        create(who, *token, std::nullopt);
        return answered(who, RegistryResult::successful);
    }
    if (const auto why = conflict<TokenId>(who)) return answered(who, *why);
    // The token stays the same: others may hold it.
    set_owner(who.at->second, who.who);
    return answered(who, RegistryResult::successful, true);
}

RegistryAnswer Registry::answer(const RegistryRequester& requester, const RegistrySetParameterRequest& request) {
    Asked who = asked(requester, request, RegistryPrimitive::set_parameter);
    if (is_refused(who)) return answered(who, RegistryResult::invalid_requester);
    if (who.at == entries_.end()) {
        if (!has_room(requester.node)) return answered(who, RegistryResult::too_many_entries);
        create(who, Parameter{request.parameter},
               request.modification_rights.value_or(RegistryModificationRights::everybody));
        return answered(who, RegistryResult::successful);
    }
    Entry& entry = who.at->second;
    if (!std::holds_alternative<Parameter>(entry.item)) return answered(who, RegistryResult::inconsistent_type);
    if (!may_change(who)) return answered(who, RegistryResult::belongs_to_other);

    const RegistryMonitorEntryIndication before = indication(who.key, entry);
    entry.item = Parameter{request.parameter};
    if (!entry.owner) set_owner(entry, who.who);
    // Rights in somebody else's request are passed over, the value is taken.
    if (*entry.owner == who.who && request.modification_rights) entry.rights = request.modification_rights;
    return answered(who, RegistryResult::successful, !(before == indication(who.key, entry)));
}

RegistryAnswer Registry::answer(const RegistryRequester& requester, const RegistryRetrieveEntryRequest& request) {
    const Asked who = asked(requester, request, RegistryPrimitive::retrieve_entry);
    if (is_refused(who)) return answered(who, RegistryResult::invalid_requester);
    return answered(who, who.at == entries_.end() ? RegistryResult::entry_not_found : RegistryResult::successful);
}

RegistryAnswer Registry::answer(const RegistryRequester& requester, const RegistryDeleteEntryRequest& request) {
    Asked who = asked(requester, request, RegistryPrimitive::delete_entry);
    if (is_refused(who)) return answered(who, RegistryResult::invalid_requester);
    if (who.at == entries_.end()) return answered(who, RegistryResult::entry_not_found);
    if (!may_change(who)) return answered(who, RegistryResult::belongs_to_other);
    const bool was_monitored = who.at->second.is_monitored;
    erase(who.at);
    who.at = entries_.end();
    RegistryAnswer out = answered(who, RegistryResult::successful);
    if (was_monitored) out.broadcast = deletion(request.key);
    return out;
}

RegistryAnswer Registry::answer(const RegistryRequester& requester, const RegistryMonitorEntryRequest& request) {
    const Asked who = asked(requester, request, RegistryPrimitive::monitor_entry);
    if (is_refused(who)) return answered(who, RegistryResult::invalid_requester);
    if (who.at == entries_.end()) return answered(who, RegistryResult::entry_not_found);
    who.at->second.is_monitored = true;
    return answered(who, RegistryResult::successful);
}

RegistryAllocateHandleResponse Registry::answer(const RegistryAllocateHandleRequest& request) {
    RegistryAllocateHandleResponse out;
    out.entity_id = request.entity_id;
    out.number_of_handles = request.number_of_handles;
    const std::uint64_t last = next_handle_ + request.number_of_handles - 1;
    if (last > std::numeric_limits<std::uint32_t>::max()) {
        out.result = AllocateHandleResult::no_handles_available;
        return out;
    }
    out.first_handle = Handle{static_cast<std::uint32_t>(next_handle_)};
    next_handle_ = last + 1;
    return out;
}

std::optional<TokenId> Registry::allocate_token() {
    if (tokens_.size() > kLastToken - kFirstToken) return std::nullopt;
    auto next = [this] {
        const TokenId token{static_cast<std::uint16_t>(next_token_)};
        next_token_ = next_token_ == kLastToken ? kFirstToken : next_token_ + 1;
        return token;
    };
    TokenId token = next();
    while (!tokens_.insert(token).second) token = next();
    return token;
}

std::vector<RegistryMonitorEntryIndication> Registry::on_unenrolled(const Entity& entity, const SessionKey& session) {
    std::vector<RegistryMonitorEntryIndication> out;
    for (auto at = entries_.lower_bound(RegistryKey{session, {}});
         at != entries_.end() && at->first.session_key == session; ++at) {
        if (at->second.owner != entity) continue;
        set_owner(at->second, std::nullopt);
        if (at->second.is_monitored) out.push_back(indication(at->first, at->second));
    }
    return out;
}

std::vector<RegistryMonitorEntryIndication> Registry::on_node_left(
    UserId node, const std::function<bool(const SessionKey&)>& session_goes_on) {
    std::vector<RegistryMonitorEntryIndication> out;
    if (owned_by_.count(node) == 0) return out;
    for (auto at = entries_.begin(); at != entries_.end();) {
        const auto here = at++;
        Entry& entry = here->second;
        if (!entry.owner || entry.owner->node != node) continue;
        const bool goes_on = session_goes_on(here->first.session_key);
        set_owner(entry, std::nullopt);
        if (entry.is_monitored) out.push_back(goes_on ? indication(here->first, entry) : deletion(here->first));
        if (!goes_on) erase(here);
    }
    return out;
}

std::vector<RegistryMonitorEntryIndication> Registry::on_session_ended(const SessionKey& session) {
    std::vector<RegistryMonitorEntryIndication> out;
    auto at = entries_.lower_bound(RegistryKey{session, {}});
    while (at != entries_.end() && at->first.session_key == session) {
        const auto here = at++;
        if (here->second.is_monitored) out.push_back(deletion(here->first));
        erase(here);
    }
    return out;
}

}  // namespace convene::gcc
