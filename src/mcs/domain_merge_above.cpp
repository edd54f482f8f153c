// A merge as the providers of the upper domain see it: T.125 §11.9..§11.15, §13.5. Those between check that users are
// where they should be, the top decides, and on the way back everybody enters what was accepted.
#include <algorithm>
#include <utility>

#include "base/overloaded.hpp"
#include "mcs/domain.hpp"
#include "mcs/merge_parts.hpp"

namespace convene::mcs {
namespace {

template <class Test>
void keep(std::vector<UserId>& users, Test valid) {
    users.erase(std::remove_if(users.begin(), users.end(), [&](UserId user) { return !valid(user); }), users.end());
}

/// The token without users who are not there; nothing when that releases it.
template <class Test>
std::optional<TokenAttributes> with_valid_users(TokenAttributes token, Test valid) {
    using Out = std::optional<TokenAttributes>;
    return std::visit(overloaded{[&](GrabbedTokenAttributes& t) { return valid(t.grabber) ? Out{t} : Out{}; },
                                 [&](InhibitedTokenAttributes& t) {
                                     keep(t.inhibitors, valid);
                                     return Out{t};
                                 },
                                 [&](GivingTokenAttributes& t) {
                                     if (valid(t.grabber) && valid(t.recipient)) return Out{t};
                                     if (valid(t.grabber)) return Out{UngivableTokenAttributes{t.token, t.grabber}};
                                     if (valid(t.recipient)) return Out{GivenTokenAttributes{t.token, t.recipient}};
                                     return Out{};
                                 },
                                 [&](UngivableTokenAttributes& t) { return valid(t.grabber) ? Out{t} : Out{}; },
                                 [&](GivenTokenAttributes& t) { return valid(t.recipient) ? Out{t} : Out{}; }},
                      token);
}

}  // namespace

void Domain::rise(Hop from, const MergeChannelsRequest& pdu) {
    auto valid = [&](UserId user) { return is_towards(user, from); };
    MergeChannelsRequest checked{{}, pdu.purge_channel_ids};
    for (ChannelAttributes attributes : pdu.merge_channels) {
        if (auto* managed = std::get_if<PrivateChannelAttributes>(&attributes)) {
            if (!valid(managed->manager)) {
                checked.purge_channel_ids.push_back(managed->channel);
                continue;
            }
            keep(managed->admitted, valid);
        }
        checked.merge_channels.push_back(std::move(attributes));
    }
    ChannelMerge merge{from.connection(), {}};
    for (const ChannelAttributes& attributes : checked.merge_channels) {
        merge.channels.push_back(id_of(attributes));
        pending_joins_.add_merge(merge.channels.back());
    }
    merging_channels_.push_back(std::move(merge));
    if (!is_top()) return send_up(std::move(checked));

    MergeChannelsConfirm answer{{}, checked.purge_channel_ids};
    for (const ChannelAttributes& attributes : checked.merge_channels) {
        if (fits(attributes)) {
            enter(attributes, from);
            answer.merge_channels.push_back(attributes);
        } else {
            answer.purge_channel_ids.push_back(id_of(attributes));
        }
    }
    descend(answer);
}

/// Whether the top provider accepts: within the limits, and no other object under that id.
bool Domain::fits(const ChannelAttributes& attributes) const {
    const Channel* present = channels_.find(id_of(attributes));
    bool room = channels_.size() < parameters_.max_channel_ids;
    return std::visit(overloaded{[&](const StaticChannelAttributes&) { return present != nullptr || room; },
                                 [&](const UserChannelAttributes&) {
                                     return present == nullptr && room && channels_.users() < parameters_.max_user_ids;
                                 },
                                 [&](const PrivateChannelAttributes& managed) {
                                     if (present == nullptr) return room;
                                     return present->kind == ChannelKind::managed &&
                                            present->manager == managed.manager;
                                 },
                                 [&](const AssignedChannelAttributes&) { return present == nullptr && room; }},
                      attributes);
}

void Domain::enter(const ChannelAttributes& attributes, Hop from) {
    std::visit(overloaded{[&](const StaticChannelAttributes& permanent) {
                              channels_.add_permanent(permanent.channel).joined.insert(from);
                          },
                          [&](const UserChannelAttributes& user) {
                              if (!is_here(user.user)) add_user(user.user, from);
                              if (user.joined) channels_.find_user(user.user)->joined.insert(from);
                          },
                          [&](const PrivateChannelAttributes& managed) {
                              Channel& channel = channels_.add_managed(managed.channel, managed.manager);
                              for (UserId user : managed.admitted) {
                                  if (is_towards(user, from)) channel.admitted.insert(user);
                              }
                              if (managed.joined) channel.joined.insert(from);
                          },
                          [&](const AssignedChannelAttributes& assigned) {
                              channels_.add_assigned(assigned.channel).joined.insert(from);
                          }},
               attributes);
}

void Domain::descend(const MergeChannelsConfirm& pdu) {
    if (is_merging()) return on_merge_confirm(pdu);
    if (merging_channels_.empty()) return reject(Diagnostic::unrequested_confirm, "mergeChannelsConfirm");
    for (const ChannelAttributes& attributes : pdu.merge_channels) {
        if (!is_top() && conflicts(attributes))
            return reject(Diagnostic::channel_id_conflict, "a channel comes into use that is another one here");
    }
    ChannelMerge merge = std::move(merging_channels_.front());
    merging_channels_.pop_front();
    for (ChannelId id : merge.channels) pending_joins_.settle_merge(id);
    Hop from = Hop::to(merge.from);
    if (!is_alive(from)) {
        undo_merge(pdu);
        return leave_above(pending_joins_.take_due_leaves());
    }
    MergeChannelsConfirm forwarded{{}, pdu.purge_channel_ids};
    for (const ChannelAttributes& attributes : pdu.merge_channels) {
        const auto* managed = std::get_if<PrivateChannelAttributes>(&attributes);
        if (managed != nullptr && !is_towards(managed->manager, from)) {  // it has vanished meanwhile
            send_up(ChannelDisbandRequest{managed->manager, managed->channel});
            forwarded.purge_channel_ids.push_back(managed->channel);
            continue;
        }
        enter(attributes, from);
        forwarded.merge_channels.push_back(attributes);
    }
    send_down(from.connection(), std::move(forwarded));
    leave_above(pending_joins_.take_due_leaves());
}

/// Whether the superior, who must know better, puts an id into use that means something else here.
bool Domain::conflicts(const ChannelAttributes& attributes) const {
    const Channel* present = channels_.find(id_of(attributes));
    if (present == nullptr) return false;
    return std::visit(overloaded{[&](const StaticChannelAttributes&) { return false; },
                                 [&](const UserChannelAttributes&) { return true; },
                                 [&](const PrivateChannelAttributes& managed) {
                                     return present->kind != ChannelKind::managed ||
                                            present->manager != managed.manager;
                                 },
                                 [&](const AssignedChannelAttributes&) { return true; }},
                      attributes);
}

/// The connection that asked is gone; what its confirm puts into use is given back.
void Domain::undo_merge(const MergeChannelsConfirm& pdu) {
    std::vector<UserId> users;
    std::vector<ChannelId> left;
    for (const ChannelAttributes& attributes : pdu.merge_channels) {
        ChannelId id = id_of(attributes);
        if (std::holds_alternative<UserChannelAttributes>(attributes)) {
            users.push_back(UserId{id.value});
        } else {
            left.push_back(id);
        }
    }
    request_detach(Reason::domain_disconnected, std::move(users));
    leave_above(left);
}

void Domain::rise(Hop from, const MergeTokensRequest& pdu) {
    auto valid = [&](UserId user) { return is_towards(user, from); };
    const bool is_denied = !pdu.merge_tokens.empty() && is_denied_tokens(from);
    MergeTokensRequest checked{{}, pdu.purge_token_ids};
    for (const TokenAttributes& attributes : pdu.merge_tokens) {
        if (is_denied) {
            checked.purge_token_ids.push_back(id_of(attributes));
        } else if (auto token = with_valid_users(attributes, valid)) {
            checked.merge_tokens.push_back(std::move(*token));
        } else {
            checked.purge_token_ids.push_back(id_of(attributes));
        }
    }
    merging_tokens_.push_back(from.connection());
    if (!is_top()) return send_up(std::move(checked));

    MergeTokensConfirm answer{{}, checked.purge_token_ids};
    std::vector<TokenTable::Failed> failed_givings;
    for (const TokenAttributes& attributes : checked.merge_tokens) {
        if (!fits(attributes)) {
            answer.purge_token_ids.push_back(id_of(attributes));
            continue;
        }
        enter(attributes);
        answer.merge_tokens.push_back(attributes);
        if (const auto* ungivable = std::get_if<UngivableTokenAttributes>(&attributes))
            failed_givings.push_back({ungivable->token, ungivable->grabber});
    }
    descend(answer);
    // The former top can no longer tell the donor, so this one does.
    for (const auto& failed : failed_givings)
        descend(TokenGiveConfirm{Result::no_such_user, failed.donor, failed.token, TokenStatus::self_grabbed});
}

/// Tokens are not shared by chance: only those that both domains inhibit go together.
bool Domain::fits(const TokenAttributes& attributes) const {
    const Token* present = tokens_.find(id_of(attributes));
    if (present == nullptr) return tokens_.size() < parameters_.max_token_ids;
    return std::holds_alternative<InhibitedTokenAttributes>(attributes) && present->state == TokenState::inhibited;
}

void Domain::enter(const TokenAttributes& attributes) {
    std::visit(overloaded{[&](const GrabbedTokenAttributes& t) {
                              tokens_.adopt(t.grabber, t.token, TokenStatus::self_grabbed);
                          },
                          [&](const InhibitedTokenAttributes& t) {
                              for (UserId user : t.inhibitors)
                                  tokens_.adopt(user, t.token, TokenStatus::self_inhibited);
                          },
                          [&](const GivingTokenAttributes& t) { tokens_.offer(t.grabber, t.token, t.recipient); },
                          [&](const UngivableTokenAttributes& t) {
                              tokens_.offer(t.grabber, t.token, {});
                              tokens_.find(t.token)->state = TokenState::ungivable;
                          },
                          [&](const GivenTokenAttributes& t) {
                              tokens_.offer({}, t.token, t.recipient);
                              tokens_.find(t.token)->state = TokenState::given;
                          }},
               attributes);
}

void Domain::descend(const MergeTokensConfirm& pdu) {
    if (is_merging()) return on_merge_confirm(pdu);
    if (merging_tokens_.empty()) return reject(Diagnostic::unrequested_confirm, "mergeTokensConfirm");
    Hop from = Hop::to(merging_tokens_.front());
    merging_tokens_.pop_front();
    if (!is_alive(from)) return;  // its users are being detached, and that frees their tokens
    for (const TokenAttributes& attributes : pdu.merge_tokens) {
        auto token = with_valid_users(attributes, [&](UserId user) { return is_towards(user, from); });
        if (!is_top() && token) enter(*token);
    }
    send_down(from.connection(), pdu);
}

}  // namespace convene::mcs
