/// The channels a provider knows: T.125 §12, the part of the information base that data is relayed by.
#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

#include "mcs/flat_set.hpp"
#include "mcs/hop.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

enum class ChannelKind : std::uint8_t { permanent, user, managed, assigned };

/// One channel in use. `permanent` is what the standard calls static, `managed` what it calls private.
struct Channel {
    ChannelKind kind = ChannelKind::permanent;
    /// False only in a former top provider, until the larger domain has accepted the channel.
    bool confirmed = true;
    FlatSet<Hop> joined;

    Hop direction;  ///< user: where it is; a connection that is gone until the user's detachment is indicated

    UserId manager;            ///< managed: the convener, even where it is not in this subtree
    FlatSet<UserId> admitted;  ///< managed: the admitted users in this subtree
};

/// Channels by number. References stay valid until the channel is erased.
class ChannelTable {
public:
    Channel* find(ChannelId id) {
        auto at = channels_.find(id);
        return at == channels_.end() ? nullptr : &at->second;
    }
    const Channel* find(ChannelId id) const { return const_cast<ChannelTable*>(this)->find(id); }
    /// Nothing when `user` is no user id in use here.
    Channel* find_user(UserId user) {
        Channel* channel = find(channel_of(user));
        return channel != nullptr && channel->kind == ChannelKind::user ? channel : nullptr;
    }
    const Channel* find_user(UserId user) const { return const_cast<ChannelTable*>(this)->find_user(user); }
    bool has_user(UserId user) const { return find_user(user) != nullptr; }
    /// Where `user` is, when it is in this subtree.
    std::optional<Hop> direction_of(UserId user) const {
        const Channel* channel = find_user(user);
        if (channel == nullptr) return std::nullopt;
        return channel->direction;
    }

    Channel& add_user(UserId user, Hop direction);
    Channel& add_permanent(ChannelId id);
    Channel& add_assigned(ChannelId id);
    Channel& add_managed(ChannelId id, UserId manager);
    void erase(ChannelId id);
    void clear();

    std::size_t size() const { return channels_.size(); }
    std::size_t users() const { return users_; }
    bool empty() const { return channels_.empty(); }

    /// In ascending order, so that what follows from a walk does not depend on a hash.
    std::vector<ChannelId> ids() const;
    std::vector<ChannelId> ids_but_users() const;
    std::vector<UserId> user_ids() const;
    std::vector<UserId> users_towards(Hop hop) const;

    auto begin() { return channels_.begin(); }
    auto end() { return channels_.end(); }
    auto begin() const { return channels_.begin(); }
    auto end() const { return channels_.end(); }

private:
    Channel& add(ChannelId id, ChannelKind kind);

    std::unordered_map<ChannelId, Channel> channels_;
    std::size_t users_ = 0;
};

}  // namespace convene::mcs
