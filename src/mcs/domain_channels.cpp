// Joining and leaving: T.125 §11.23..§11.25.
#include <algorithm>
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {

void Domain::rise(Hop from, const ChannelJoinRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a join for a user from elsewhere");
    auto decision = decide_join(pdu);
    if (decision == Result::successful)
        return confirm_join({Result::successful, pdu.initiator, pdu.channel, pdu.channel});
    if (decision) return confirm_join({*decision, pdu.initiator, pdu.channel, std::nullopt});
    if (is_top()) return join_as_top(pdu);
    if (pdu.channel != kAssignChannel) pending_joins_.add(pdu.channel, pdu.initiator);
    send_up(pdu);
}

/// The decision, when it can be made here and now: as low in the tree as possible. Nothing when a superior must be
/// asked, or the channel put into use by the top provider.
std::optional<Result> Domain::decide_join(const ChannelJoinRequest& pdu) const {
    const Channel* channel = pdu.channel == kAssignChannel ? nullptr : channels_.find(pdu.channel);
    if (channel == nullptr) return std::nullopt;
    if (channel->kind == ChannelKind::user && pdu.channel != channel_of(pdu.initiator)) return Result::other_user_id;
    if (channel->kind == ChannelKind::managed && !channel->admitted.contains(pdu.initiator))
        return Result::not_admitted;
    if (is_top() || !channel->joined.empty()) return Result::successful;
    return std::nullopt;
}

/// The channel is not in use yet: a static one always exists, another must be asked for with 0.
void Domain::join_as_top(const ChannelJoinRequest& pdu) {
    auto answer = [&](Result result, std::optional<ChannelId> channel = std::nullopt) {
        confirm_join({result, pdu.initiator, pdu.channel, channel});
    };
    bool assign = pdu.channel == kAssignChannel;
    if (!assign && !is_static(pdu.channel)) return answer(Result::no_such_channel);
    if (channels_.size() >= parameters_.max_channel_ids) return answer(Result::too_many_channels);
    auto id = assign ? allocator_.next(channels_) : pdu.channel;
    if (!id) return answer(Result::too_many_channels);
    answer(Result::successful, id);
}

void Domain::descend(const ChannelJoinConfirm& pdu) {
    pending_joins_.settle(pdu.requested, pdu.initiator);
    confirm_join(pdu);
    leave_above(pending_joins_.take_due_leaves());
}

void Domain::confirm_join(const ChannelJoinConfirm& pdu) {
    auto to = channels_.direction_of(pdu.initiator);
    bool reachable = to && is_alive(*to);
    bool joined = pdu.result == Result::successful && pdu.channel && *pdu.channel != kAssignChannel;
    if (joined) {
        Channel* channel = channels_.find(*pdu.channel);
        if (channel != nullptr && channel->kind == ChannelKind::user && *pdu.channel != channel_of(pdu.initiator))
            return reject(Diagnostic::channel_id_conflict, "a user joins the channel of another one");
        if (channel == nullptr && reachable) {
            channel = is_static(*pdu.channel) ? &channels_.add_permanent(*pdu.channel)
                                              : &channels_.add_assigned(*pdu.channel);
        }
        if (reachable) channel->joined.insert(*to);
        // The superior now believes that this subtree is joined.
        if (!reachable && (channel == nullptr || channel->joined.empty())) leave_above({*pdu.channel});
    }
    if (!reachable) return ignore("T.125 §11.24", "the user who joined is gone");
    if (!to->is_attachment()) return send_down(to->connection(), pdu);
    tell(to->attachment(), JoinConfirm{pdu.result, pdu.requested, joined ? pdu.channel : std::nullopt});
}

void Domain::rise(Hop from, const ChannelLeaveRequest& pdu) {
    std::vector<ChannelId> left;
    for (ChannelId id : pdu.channel_ids) unjoin(id, from, left);
    leave_above(left);
}

/// Channels that nobody has joined any more are added to `left`.
void Domain::unjoin(ChannelId id, Hop hop, std::vector<ChannelId>& left) {
    Channel* channel = channels_.find(id);
    if (channel == nullptr || !channel->joined.erase(hop)) return;
    if (channel->joined.empty()) on_unjoined(id, left);
}

/// Static and assigned channels are in use as long as somebody has joined them; users and private channels live on.
void Domain::on_unjoined(ChannelId id, std::vector<ChannelId>& left) {
    const Channel* channel = channels_.find(id);
    if (channel->confirmed) left.push_back(id);
    if (channel->kind == ChannelKind::permanent || channel->kind == ChannelKind::assigned) channels_.erase(id);
}

void Domain::leave_above(const std::vector<ChannelId>& channels) {
    if (is_top()) return;
    std::size_t most = static_cast<std::size_t>(std::max<std::uint64_t>(parameters_.max_mcspdu_size, 32) - 16) / 5;
    ChannelLeaveRequest pdu;
    for (ChannelId id : channels) {
        if (pending_joins_.defer_leave(id)) continue;
        const Channel* channel = channels_.find(id);
        if (channel != nullptr && !channel->joined.empty()) continue;  // joined again meanwhile
        pdu.channel_ids.push_back(id);
        if (pdu.channel_ids.size() == most) send_up(std::exchange(pdu, {}));
    }
    if (!pdu.channel_ids.empty()) send_up(std::move(pdu));
}

}  // namespace convene::mcs
