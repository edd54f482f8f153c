// Private channels: T.125 §11.26..§11.33.
#include <map>
#include <set>
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {
namespace {

/// Of `users`, those for which `test` holds.
template <class Test>
std::vector<UserId> filter(const std::vector<UserId>& users, Test test) {
    std::vector<UserId> out;
    for (UserId user : users) {
        if (test(user)) out.push_back(user);
    }
    return out;
}

}  // namespace

/// The channel, when it is a private one and `user` is its manager.
const Channel* Domain::managed_by(UserId user, ChannelId id) const {
    const Channel* channel = channels_.find(id);
    bool is = channel != nullptr && channel->kind == ChannelKind::managed && channel->manager == user;
    return is ? channel : nullptr;
}

bool Domain::is_admitted(UserId user, ChannelId id) const {
    const Channel* channel = channels_.find(id);
    return channel != nullptr && channel->kind == ChannelKind::managed &&
           (channel->manager == user || channel->admitted.contains(user));
}

void Domain::rise(Hop from, const ChannelConveneRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a convening for a user from elsewhere");
    if (!is_top()) return send_up(pdu);
    auto id = channels_.size() < parameters_.max_channel_ids ? allocator_.next(channels_) : std::nullopt;
    descend(ChannelConveneConfirm{id ? Result::successful : Result::too_many_channels, pdu.initiator, id});
}

void Domain::descend(const ChannelConveneConfirm& pdu) {
    bool convened = pdu.result == Result::successful && pdu.channel;
    if (convened && channels_.find(*pdu.channel) != nullptr)
        return reject(Diagnostic::channel_id_conflict, "the new private channel is in use");
    auto to = channels_.direction_of(pdu.initiator);
    if (!to) return ignore("T.125 §11.27", "the convener is gone");
    if (convened) channels_.add_managed(*pdu.channel, pdu.initiator).admitted.insert(pdu.initiator);
    if (!to->is_attachment()) return send_down(to->connection(), pdu);
    tell(to->attachment(), ConveneConfirm{pdu.result, convened ? pdu.channel : std::nullopt});
}

void Domain::rise(Hop from, const ChannelDisbandRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a disbanding for a user from elsewhere");
    if (managed_by(pdu.initiator, pdu.channel) == nullptr) return ignore("T.125 §11.28", "not the manager");
    if (!is_top()) return send_up(pdu);
    descend(ChannelDisbandIndication{pdu.channel});
}

void Domain::descend(const ChannelDisbandIndication& pdu) {
    Channel* channel = channels_.find(pdu.channel);
    if (channel == nullptr || channel->kind != ChannelKind::managed || !channel->confirmed)
        return ignore("T.125 §11.29", "no such private channel here");
    std::set<ConnectionId> branches;
    auto visit = [&](UserId user, bool admitted) {
        auto to = channels_.direction_of(user);
        if (!to) return;
        if (!to->is_attachment()) {
            branches.insert(to->connection());
        } else if (admitted) {
            tell(to->attachment(), ExpelIndication{pdu.channel, ExpelIndication::Cause::channel_disbanded});
        }
    };
    visit(channel->manager, false);
    for (UserId user : channel->admitted) visit(user, true);
    channels_.erase(pdu.channel);
    for (ConnectionId branch : branches) send_down(branch, pdu);
}

void Domain::rise(Hop from, const ChannelAdmitRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "an admission by a user from elsewhere");
    const Channel* channel = managed_by(pdu.initiator, pdu.channel);
    if (channel == nullptr) return ignore("T.125 §11.30", "not the manager");
    if (!is_top()) return send_up(pdu);
    auto users = filter(pdu.user_ids, [&](UserId user) { return is_here(user) && !channel->admitted.contains(user); });
    if (!users.empty()) descend(ChannelAdmitIndication{pdu.initiator, pdu.channel, std::move(users)});
}

void Domain::descend(const ChannelAdmitIndication& pdu) {
    Channel* channel = channels_.find(pdu.channel);
    auto users = filter(pdu.user_ids, [&](UserId user) { return is_here(user); });
    if (channel != nullptr && !channel->confirmed)  // the lower domain means another channel by this number
        return request_detach(Reason::channel_purged, std::move(users));
    if (channel != nullptr && channel->kind != ChannelKind::managed)
        return reject(Diagnostic::channel_id_conflict, "admission to a channel that is not private");
    if (users.empty()) return ignore("T.125 §11.31", "nobody admitted is here");

    if (channel == nullptr) channel = &channels_.add_managed(pdu.channel, pdu.initiator);
    std::map<ConnectionId, std::vector<UserId>> branches;
    for (UserId user : users) {
        if (!channel->admitted.insert(user)) continue;
        Hop to = *channels_.direction_of(user);
        if (to.is_attachment()) {
            tell(to.attachment(), AdmitIndication{pdu.initiator, pdu.channel});
        } else {
            branches[to.connection()].push_back(user);
        }
    }
    for (auto& [branch, below] : branches)
        send_down(branch, ChannelAdmitIndication{pdu.initiator, pdu.channel, std::move(below)});
}

void Domain::rise(Hop from, const ChannelExpelRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "an expulsion by a user from elsewhere");
    const Channel* channel = managed_by(pdu.initiator, pdu.channel);
    if (channel == nullptr) return ignore("T.125 §11.32", "not the manager");
    if (!is_top()) return send_up(pdu);
    auto users = filter(pdu.user_ids, [&](UserId user) { return channel->admitted.contains(user); });
    if (!users.empty()) descend(ChannelExpelIndication{pdu.channel, std::move(users)});
}

void Domain::descend(const ChannelExpelIndication& pdu) {
    Channel* channel = channels_.find(pdu.channel);
    if (channel == nullptr || channel->kind != ChannelKind::managed || !channel->confirmed)
        return ignore("T.125 §11.33", "no such private channel here");
    bool was_joined = !channel->joined.empty();
    std::map<ConnectionId, std::vector<UserId>> branches;
    for (UserId user : pdu.user_ids) {
        auto to = channels_.direction_of(user);
        if (!channel->admitted.erase(user) || !to) continue;
        if (to->is_attachment()) {
            channel->joined.erase(*to);
            tell(to->attachment(), ExpelIndication{pdu.channel, ExpelIndication::Cause::user_requested});
        } else {
            branches[to->connection()].push_back(user);
        }
    }
    forget_branches_without_admitted(*channel);
    if (channel->admitted.empty()) {
        // The superior forgets in the same way, so no leave is needed.
        if (!is_here(channel->manager)) channels_.erase(pdu.channel);
    } else if (was_joined && channel->joined.empty()) {
        leave_above({pdu.channel});
    }
    for (auto& [branch, below] : branches) send_down(branch, ChannelExpelIndication{pdu.channel, std::move(below)});
}

/// A branch that has nobody admitted any more knows by itself that it is not joined.
void Domain::forget_branches_without_admitted(Channel& channel) {
    std::set<Hop> branches;
    for (UserId user : channel.admitted) {
        if (auto to = channels_.direction_of(user)) branches.insert(*to);
    }
    channel.joined.erase_if([&](const Hop& hop) { return branches.count(hop) == 0; });
}

}  // namespace convene::mcs
