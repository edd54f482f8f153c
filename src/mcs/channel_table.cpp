#include "mcs/channel_table.hpp"

#include <algorithm>

namespace convene::mcs {

Channel& ChannelTable::add(ChannelId id, ChannelKind kind) {
    Channel& channel = channels_[id];
    channel.kind = kind;
    return channel;
}

Channel& ChannelTable::add_user(UserId user, Hop direction) {
    Channel& channel = add(channel_of(user), ChannelKind::user);
    channel.direction = direction;
    ++users_;
    return channel;
}

Channel& ChannelTable::add_permanent(ChannelId id) { return add(id, ChannelKind::permanent); }

Channel& ChannelTable::add_assigned(ChannelId id) { return add(id, ChannelKind::assigned); }

Channel& ChannelTable::add_managed(ChannelId id, UserId manager) {
    Channel& channel = add(id, ChannelKind::managed);
    channel.manager = manager;
    return channel;
}

void ChannelTable::erase(ChannelId id) {
    auto at = channels_.find(id);
    if (at == channels_.end()) return;
    if (at->second.kind == ChannelKind::user) --users_;
    channels_.erase(at);
}

void ChannelTable::clear() {
    channels_.clear();
    users_ = 0;
}

std::vector<ChannelId> ChannelTable::ids() const {
    std::vector<ChannelId> out;
    out.reserve(channels_.size());
    for (const auto& [id, channel] : channels_) out.push_back(id);
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<ChannelId> ChannelTable::ids_but_users() const {
    std::vector<ChannelId> out;
    for (const auto& [id, channel] : channels_) {
        if (channel.kind != ChannelKind::user) out.push_back(id);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<UserId> ChannelTable::user_ids() const {
    std::vector<UserId> out;
    out.reserve(users_);
    for (const auto& [id, channel] : channels_) {
        if (channel.kind == ChannelKind::user) out.push_back(UserId{id.value});
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<UserId> ChannelTable::users_towards(Hop hop) const {
    std::vector<UserId> out;
    for (const auto& [id, channel] : channels_) {
        if (channel.kind == ChannelKind::user && channel.direction == hop) out.push_back(UserId{id.value});
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace convene::mcs
