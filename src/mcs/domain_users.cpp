// Users come and go: T.125 §11.19..§11.22, §13.7.
#include <algorithm>
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {

void Domain::rise(Hop from, const AttachUserRequest&) {
    Connection* below = from.is_attachment() ? nullptr : connections_.find(from.connection());
    if (below != nullptr) {
        bool too_many = is_top() ? below->users >= config_.max_users_per_connection
                                 : below->attaching >= config_.max_attaching_per_connection;
        if (too_many) return send_down(below->id, AttachUserConfirm{Result::too_many_users, std::nullopt});
        ++below->attaching;
    }
    attaching_.push_back(from);
    if (!is_top()) return send_up(AttachUserRequest{});

    if (channels_.users() >= parameters_.max_user_ids)
        return descend(AttachUserConfirm{Result::too_many_users, std::nullopt});
    auto id = channels_.size() < parameters_.max_channel_ids ? allocator_.next(channels_) : std::nullopt;
    if (!id) return descend(AttachUserConfirm{Result::too_many_channels, std::nullopt});
    descend(AttachUserConfirm{Result::successful, UserId{id->value}});
}

void Domain::descend(const AttachUserConfirm& pdu) {
    if (attaching_.empty()) return reject(Diagnostic::unrequested_confirm, "attachUserConfirm");
    bool successful = pdu.result == Result::successful && pdu.initiator;
    if (successful && channels_.find(channel_of(*pdu.initiator)) != nullptr)
        return reject(Diagnostic::channel_id_conflict, "the new user id is in use");

    Hop to = attaching_.front();
    attaching_.pop_front();
    if (!is_alive(to)) {
        if (successful) send_up(DetachUserRequest{Reason::domain_disconnected, {*pdu.initiator}});
        return;
    }
    if (successful) add_user(*pdu.initiator, to);
    if (!to.is_attachment()) {
        --connections_.find(to.connection())->attaching;
        return send_down(to.connection(), pdu);
    }
    tell(to.attachment(), AttachConfirm{pdu.result, successful ? pdu.initiator : std::nullopt});
    if (successful) {
        attachments_.find(to.attachment())->user = pdu.initiator;
    } else {
        attachments_.erase(to.attachment());
    }
}

void Domain::rise(Hop from, const DetachUserRequest& pdu) {
    std::vector<UserId> users;
    for (UserId user : pdu.user_ids) {
        if (is_towards(user, from)) users.push_back(user);
    }
    if (users.empty()) return ignore("T.125 §11.21", "none of the users to detach is below that connection");
    request_detach(pdu.reason, std::move(users));
}

/// A provider may detach users of its subtree by itself, when it loses the way to them.
void Domain::request_detach(Reason reason, std::vector<UserId> users) {
    // As many as fit into a PDU for sure, whatever the version: five octets each and a little in front.
    std::size_t most = static_cast<std::size_t>(std::max<std::uint64_t>(parameters_.max_mcspdu_size, 32) - 16) / 5;
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    FlatSet<Hop> leaving;
    for (UserId user : users) {
        auto to = channels_.direction_of(user);
        Attachment* here = to && to->is_attachment() ? attachments_.find(to->attachment()) : nullptr;
        if (here == nullptr) continue;
        here->leaving = true;
        leaving.insert(*to);
    }
    // What they asked for during a merge would follow their detachment, when their ids may be other users'.
    held_.erase(std::remove_if(held_.begin(), held_.end(), [&](const Held& h) { return leaving.contains(h.from); }),
                held_.end());
    for (std::size_t at = 0; at < users.size(); at += most) {
        auto first = users.begin() + static_cast<std::ptrdiff_t>(at);
        auto last = users.begin() + static_cast<std::ptrdiff_t>(std::min(at + most, users.size()));
        if (is_top()) {
            descend(DetachUserIndication{reason, {first, last}});
        } else {
            send_up(DetachUserRequest{reason, {first, last}});
        }
    }
}

void Domain::descend(const DetachUserIndication& pdu) {
    FlatSet<UserId> users;
    for (UserId user : pdu.user_ids) {
        // Below a former top, an unconfirmed id still means another user.
        const Channel* channel = channels_.find_user(user);
        if (channel == nullptr || channel->confirmed) users.insert(user);
    }
    if (users.empty()) return;
    Aftermath after = remove_users(users);
    send_all_down(DetachUserIndication{pdu.reason, users.values()});
    tell_detached(pdu.reason, users, after);
    settle(after);
}

void Domain::add_user(UserId user, Hop direction) {
    channels_.add_user(user, direction);
    if (!direction.is_attachment()) ++connections_.find(direction.connection())->users;
}

/// Takes users out of the information base (T.125 §13.7, §13.8). Some may be of another subtree, whose traces here are
/// tokens offered by them. All in one pass: a connection that breaks may take thousands with it.
Domain::Aftermath Domain::remove_users(const FlatSet<UserId>& users) {
    Aftermath after;
    FlatSet<Hop> gone;
    for (UserId user : users) {
        auto direction = channels_.direction_of(user);
        if (!direction) continue;
        channels_.erase(channel_of(user));
        if (direction->is_attachment()) {
            after.gone_here.insert(user);
            gone.insert(*direction);
        } else if (Connection* below = connections_.find(direction->connection())) {
            --below->users;
        }
    }
    pending_joins_.forget(users);
    for (ChannelId id : channels_.ids_but_users()) {
        if (channels_.find(id)->kind == ChannelKind::managed) {
            remove_from_managed(id, users, gone, after);
        } else {
            Channel& channel = *channels_.find(id);
            bool any = channel.joined.erase_if([&](const Hop& hop) { return gone.contains(hop); });
            if (any && channel.joined.empty()) on_unjoined(id, after.left);
        }
    }
    after.failed_givings = tokens_.detach(users, [this](UserId other) { return is_here(other); });
    return after;
}

void Domain::remove_from_managed(ChannelId id, const FlatSet<UserId>& users, const FlatSet<Hop>& gone,
                                 Aftermath& after) {
    Channel& channel = *channels_.find(id);
    bool was_joined = !channel.joined.empty();
    channel.joined.erase_if([&](const Hop& hop) { return gone.contains(hop); });
    bool fewer = channel.admitted.erase_if([&](UserId user) { return users.contains(user); });
    if (fewer) forget_branches_without_admitted(channel);
    if (users.contains(channel.manager)) {
        if (channel.admitted.empty()) {
            channels_.erase(id);
        } else if (is_top()) {
            after.without_manager.push_back(id);
        }
    } else if (fewer && channel.admitted.empty() && !is_here(channel.manager)) {
        channels_.erase(id);
    } else if (was_joined && channel.joined.empty()) {
        on_unjoined(id, after.left);
    }
}

/// Every local user hears of every detached one, itself included; that is its last event.
void Domain::tell_detached(Reason reason, const FlatSet<UserId>& users, const Aftermath& after) {
    std::vector<AttachmentId> gone;
    attachments_.for_each([&](const Attachment& attachment) {
        if (!attachment.user) return;
        for (UserId user : users) {
            if (user != *attachment.user) tell(attachment.id, DetachIndication{reason, user});
        }
        if (!after.gone_here.contains(*attachment.user)) return;
        tell(attachment.id, DetachIndication{reason, *attachment.user});
        gone.push_back(attachment.id);
    });
    for (AttachmentId id : gone) attachments_.erase(id);
}

void Domain::settle(const Aftermath& after) {
    leave_above(after.left);
    leave_above(pending_joins_.take_due_leaves());
    if (!is_top()) return;
    for (ChannelId id : after.without_manager) descend(ChannelDisbandIndication{id});
    for (const auto& failed : after.failed_givings) {
        descend(TokenGiveConfirm{Result::no_such_user, failed.donor, failed.token, TokenStatus::self_grabbed});
    }
}

}  // namespace convene::mcs
