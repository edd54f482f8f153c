// A merge as the former top provider of the lower domain sees it: T.125 §11.9..§11.16, §13.5. First the users, then the
// tokens, then the other channels; input from the subtree waits until all is settled.
#include <algorithm>
#include <set>
#include <utility>

#include "mcs/domain.hpp"
#include "mcs/merge_parts.hpp"

namespace convene::mcs {

void Domain::start_merge() {
    for (auto& [id, channel] : channels_) channel.confirmed = false;
    for (auto& [id, token] : tokens_) token.confirmed = false;
    connections_.for_each([&](Connection& connection) {
        if (connection.is_above()) return;
        for (std::uint8_t t = 0; t < connection.transports; ++t)
            flow_counts_.merge_pauses += hold_reading({connection.id, t});
    });
    merge_.emplace();
    ask_users();
    continue_merge();
}

/// Each step begins when every request of the one before is confirmed.
void Domain::continue_merge() {
    while (merge_ && merge_->outstanding == 0) {
        switch (merge_->step) {
            case Merge::Step::users:
                merge_->step = Merge::Step::tokens;
                ask_tokens();
                break;
            case Merge::Step::tokens:
                merge_->step = Merge::Step::channels;
                ask_channels();
                break;
            case Merge::Step::channels:
                finish_merge();
                break;
        }
    }
}

void Domain::finish_merge() {
    merge_.reset();
    connections_.for_each([&](Connection& connection) {
        if (connection.is_above()) return;
        for (std::uint8_t t = 0; t < connection.transports; ++t) release_reading({connection.id, t});
    });
    std::set<Hop> lost;  // connections that broke meanwhile
    for (auto& [id, channel] : channels_) {
        channel.confirmed = true;
        if (channel.kind == ChannelKind::user && !is_alive(channel.direction)) lost.insert(channel.direction);
        for (const Hop& hop : channel.joined) {
            if (!is_alive(hop)) lost.insert(hop);
        }
    }
    for (auto& [id, token] : tokens_) token.confirmed = true;
    for (const Hop& hop : lost) lose_below(hop);

    std::deque<Held> held;
    held.swap(held_);
    for (Held& input : held) {
        end_run();
        if (input.from.is_attachment()) {
            incoming_.reset();
            if (is_alive(input.from)) rise_any(input.from, std::get<DomainPdu>(input.pdu));
        } else if (Connection* from = connections_.find(input.from.connection())) {
            process(*from, input.transport, std::move(std::get<t123::Tsdu>(input.pdu)));
        }
    }
    end_run();
    incoming_.reset();
}

void Domain::ask_users() {
    std::vector<ChannelAttributes> users;
    for (UserId user : channels_.user_ids())
        users.push_back(UserChannelAttributes{!channels_.find_user(user)->joined.empty(), user});
    ask(std::move(users));
}

void Domain::ask_tokens() {
    auto room = MergeRoom::of(connection_above()->version, parameters_.max_mcspdu_size);
    std::vector<TokenAttributes> tokens;
    for (auto& [id, token] : tokens_) {
        switch (token.state) {
            case TokenState::grabbed:
                tokens.push_back(GrabbedTokenAttributes{id, token.grabber});
                break;
            case TokenState::inhibited: {
                std::vector<UserId> inhibitors = token.inhibitors.values();
                auto later = take_excess(inhibitors, room);
                if (!later.empty()) merge_->inhibitors_later[id] = std::move(later);
                tokens.push_back(InhibitedTokenAttributes{id, std::move(inhibitors)});
                break;
            }
            case TokenState::giving:
                tokens.push_back(GivingTokenAttributes{id, token.grabber, token.recipient});
                break;
            case TokenState::ungivable:
                tokens.push_back(UngivableTokenAttributes{id, token.grabber});
                break;
            case TokenState::given:
                tokens.push_back(GivenTokenAttributes{id, token.recipient});
                break;
        }
    }
    ask(std::move(tokens));
}

void Domain::ask_channels() {
    auto room = MergeRoom::of(connection_above()->version, parameters_.max_mcspdu_size);
    std::vector<ChannelAttributes> channels;
    PurgeChannelsIndication without_manager;
    for (ChannelId id : channels_.ids()) {
        const Channel& channel = *channels_.find(id);
        if (channel.confirmed) continue;  // admitted to by the larger domain meanwhile
        switch (channel.kind) {
            case ChannelKind::user:
                break;
            case ChannelKind::permanent:
                channels.push_back(StaticChannelAttributes{id});
                break;
            case ChannelKind::assigned:
                channels.push_back(AssignedChannelAttributes{id});
                break;
            case ChannelKind::managed: {
                if (!is_here(channel.manager)) {  // purged in the first step
                    without_manager.purge_channel_ids.push_back(id);
                    break;
                }
                std::vector<UserId> admitted = channel.admitted.values();
                auto later = take_excess(admitted, room);
                if (!later.empty()) merge_->admitted_later[id] = std::move(later);
                channels.push_back(
                    PrivateChannelAttributes{!channel.joined.empty(), id, channel.manager, std::move(admitted)});
                break;
            }
        }
    }
    purge(without_manager);
    ask(std::move(channels));
}

void Domain::ask(std::vector<ChannelAttributes> channels) {
    auto room = MergeRoom::of(connection_above()->version, parameters_.max_mcspdu_size);
    for (auto& part : cut(std::move(channels), room)) {
        ++merge_->outstanding;
        send_up(MergeChannelsRequest{std::move(part), {}});
    }
}

void Domain::ask(std::vector<TokenAttributes> tokens) {
    auto room = MergeRoom::of(connection_above()->version, parameters_.max_mcspdu_size);
    for (auto& part : cut(std::move(tokens), room)) {
        ++merge_->outstanding;
        send_up(MergeTokensRequest{std::move(part), {}});
    }
}

void Domain::on_merge_confirm(const MergeChannelsConfirm& pdu) {
    if (merge_->outstanding == 0 || merge_->step == Merge::Step::tokens)
        return reject(Diagnostic::unrequested_confirm, "mergeChannelsConfirm");
    auto room = MergeRoom::of(connection_above()->version, parameters_.max_mcspdu_size);
    std::vector<ChannelId> unjoined;
    for (const ChannelAttributes& attributes : pdu.merge_channels) {
        ChannelId id = id_of(attributes);
        Channel* channel = channels_.find(id);
        if (channel == nullptr) {  // its last user was detached meanwhile
            unjoined.push_back(id);
            continue;
        }
        if ((channel->kind == ChannelKind::user) != (merge_->step == Merge::Step::users))
            return reject(Diagnostic::inconsistent_merge, "a channel that was not asked for");
        channel->confirmed = true;
        if (channel->joined.empty()) unjoined.push_back(id);
        auto later = merge_->admitted_later.find(id);
        if (later == merge_->admitted_later.end()) continue;
        std::vector<UserId> users = std::move(later->second);
        merge_->admitted_later.erase(later);
        auto still_later = take_excess(users, room);
        if (!still_later.empty()) merge_->admitted_later[id] = std::move(still_later);
        ask(std::vector<ChannelAttributes>{
            PrivateChannelAttributes{!channel->joined.empty(), id, channel->manager, std::move(users)}});
    }
    if (merge_->step == Merge::Step::channels) leave_above(unjoined);
    PurgeChannelsIndication rejected;
    for (ChannelId id : pdu.purge_channel_ids) {
        merge_->admitted_later.erase(id);
        const Channel* channel = channels_.find(id);
        if (channel == nullptr || channel->confirmed) continue;
        if (channel->kind == ChannelKind::user) {
            rejected.detach_user_ids.push_back(UserId{id.value});
        } else {
            rejected.purge_channel_ids.push_back(id);
        }
    }
    purge(rejected);
    --merge_->outstanding;
    continue_merge();
}

void Domain::on_merge_confirm(const MergeTokensConfirm& pdu) {
    if (merge_->outstanding == 0 || merge_->step != Merge::Step::tokens)
        return reject(Diagnostic::unrequested_confirm, "mergeTokensConfirm");
    auto room = MergeRoom::of(connection_above()->version, parameters_.max_mcspdu_size);
    for (const TokenAttributes& attributes : pdu.merge_tokens) {
        TokenId id = id_of(attributes);
        if (Token* token = tokens_.find(id)) token->confirmed = true;
        auto later = merge_->inhibitors_later.find(id);
        if (later == merge_->inhibitors_later.end()) continue;
        std::vector<UserId> users = std::move(later->second);
        merge_->inhibitors_later.erase(later);
        auto still_later = take_excess(users, room);
        if (!still_later.empty()) merge_->inhibitors_later[id] = std::move(still_later);
        ask(std::vector<TokenAttributes>{InhibitedTokenAttributes{id, std::move(users)}});
    }
    PurgeTokensIndication rejected;
    for (TokenId id : pdu.purge_token_ids) {
        merge_->inhibitors_later.erase(id);
        const Token* token = tokens_.find(id);
        if (token != nullptr && !token->confirmed) rejected.purge_token_ids.push_back(id);
    }
    purge(rejected);
    --merge_->outstanding;
    continue_merge();
}

}  // namespace convene::mcs
