// What a merge has found no place for is taken out of the lower domain: T.125 §11.13, §11.16.
#include <algorithm>
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {

/// From above only what the larger domain knows can be meant.
void Domain::descend(const PurgeChannelsIndication& pdu) {
    PurgeChannelsIndication known;
    for (UserId user : pdu.detach_user_ids) {
        const Channel* channel = channels_.find(channel_of(user));
        if (channel != nullptr && channel->kind != ChannelKind::user && channel->confirmed)
            return reject(Diagnostic::not_user_id_channel, "a user to purge is another channel");
        if (channel == nullptr || channel->confirmed) known.detach_user_ids.push_back(user);
    }
    for (ChannelId id : pdu.purge_channel_ids) {
        const Channel* channel = channels_.find(id);
        if (channel == nullptr || channel->confirmed) known.purge_channel_ids.push_back(id);
    }
    purge(known);
}

void Domain::purge(const PurgeChannelsIndication& pdu) {
    if (pdu.detach_user_ids.empty() && pdu.purge_channel_ids.empty()) return;
    FlatSet<UserId> users(pdu.detach_user_ids);
    Aftermath after = remove_users(users);
    for (ChannelId id : pdu.purge_channel_ids) purge_channel(id);
    send_all_down(pdu);
    tell_detached(Reason::channel_purged, users, after);
    settle(after);
}

void Domain::purge_channel(ChannelId id) {
    const Channel* channel = channels_.find(id);
    if (channel == nullptr || channel->kind == ChannelKind::user) return;
    if (channel->kind != ChannelKind::managed) {
        for (const Hop& hop : channel->joined) {
            if (hop.is_attachment()) tell(hop.attachment(), LeaveIndication{id});
        }
    } else {
        auto manager = channels_.direction_of(channel->manager);
        if (manager && manager->is_attachment()) tell(manager->attachment(), DisbandIndication{id});
        for (UserId user : channel->admitted) {
            auto to = channels_.direction_of(user);
            if (to && to->is_attachment())
                tell(to->attachment(), ExpelIndication{id, ExpelIndication::Cause::channel_purged});
        }
    }
    channels_.erase(id);
}

void Domain::descend(const PurgeTokensIndication& pdu) {
    PurgeTokensIndication known;
    for (TokenId id : pdu.purge_token_ids) {
        const Token* token = tokens_.find(id);
        if (token == nullptr || token->confirmed) known.purge_token_ids.push_back(id);
    }
    purge(known);
}

/// A user who would go on believing in its token is worse off than one who has to attach again, so local users of the
/// tokens are detached; each provider does that for its own.
void Domain::purge(const PurgeTokensIndication& pdu) {
    if (pdu.purge_token_ids.empty()) return;
    std::vector<UserId> users;
    for (TokenId id : pdu.purge_token_ids) {
        const Token* token = tokens_.find(id);
        if (token == nullptr) continue;
        for (UserId user : token->users()) {
            auto to = channels_.direction_of(user);
            if (to && to->is_attachment()) users.push_back(user);
        }
        tokens_.erase(id);
    }
    send_all_down(pdu);
    request_detach(Reason::token_purged, std::move(users));
}

}  // namespace convene::mcs
