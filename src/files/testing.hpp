/// A domain in memory for tests: several file transfer entities with channels, tokens, rosters and arbitrary delays.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "files/entity.hpp"

namespace convene::files::testing {

/// The same numbers for the same seed, everywhere.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : state_(seed * 2 + 1) {}
    std::uint32_t operator()() {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>(state_ >> 32);
    }

private:
    std::uint64_t state_;
};

/// Octets that belong to a name: every party can tell whether it got the right ones.
inline Bytes contents_of(std::string_view name, std::size_t size) {
    Numbers random(std::hash<std::string_view>{}(name));
    Bytes out(size);
    for (auto& octet : out) octet = static_cast<std::byte>(random());
    return out;
}

/// One entity with its owner: files in memory, and everything that was told.
struct Party {
    explicit Party(EntityConfig config) : entity(config) {}

    FileEntity entity;
    UserId user;
    UserId node;
    bool is_connected = true;
    bool accepts = true;  ///< whatever is offered
    bool can_store = true;
    bool stores_late = false;  ///< on_stored() comes only with store_all()
    bool reads = true;
    std::map<TransferId, Bytes> sources;  ///< what is sent
    std::map<std::string, Bytes> shelf;   ///< what is given to who requests it
    std::map<TransferId, Bytes> disk;     ///< what was received
    std::map<TransferId, std::string> names;
    std::vector<std::pair<TransferId, std::size_t>> unstored;
    std::vector<Output> events;
    std::deque<std::pair<Send, std::size_t>> uplink;  ///< waits to leave; with the octets it counts
    std::size_t sent_octets = 0;
    std::size_t most_waiting = 0;

    /// The events of one kind, in order.
    template <class Event>
    std::vector<Event> all() const {
        std::vector<Event> out;
        for (const Output& output : events)
            if (const auto* event = std::get_if<Event>(&output)) out.push_back(*event);
        return out;
    }
    template <class Event>
    std::optional<Event> last() const {
        auto found = all<Event>();
        return found.empty() ? std::nullopt : std::optional<Event>(found.back());
    }
};

class Hub {
public:
    explicit Hub(unsigned seed = 1) : random_(seed) {}

    Instant now{std::chrono::hours(1)};
    /// The longest time that anything takes from here to there.
    Duration longest_delay = std::chrono::milliseconds(5);
    /// Octets a second that a party can send; 0 for any number.
    std::size_t bandwidth = 0;

    Party& add(EntityConfig config = {}) {
        parties_.push_back(std::make_unique<Party>(config));
        Party& party = *parties_.back();
        party.node = UserId{next_id_++};
        party.user = UserId{next_id_++};
        party.entity.on_attached(party.user);
        drain(party);
        pass_roster(party);
        return party;
    }
    Party* find(UserId user) {
        for (auto& party : parties_)
            if (party->user == user && party->is_connected) return party.get();
        return nullptr;
    }
    std::vector<std::unique_ptr<Party>>& parties() { return parties_; }
    Numbers& random() { return random_; }

    /// A party goes without a word.
    void lose(Party& gone) {
        gone.is_connected = false;
        gone.uplink.clear();
        roster_.erase(gone.user);
        for (auto it = tokens_.begin(); it != tokens_.end();)
            it = it->second == gone.user ? tokens_.erase(it) : std::next(it);
        std::vector<ChannelId> managed;
        for (auto& [id, channel] : channels_) {
            channel.joined.erase(gone.user);
            if (channel.manager == gone.user) managed.push_back(id);
        }
        for (ChannelId id : managed) disband(gone.user, id);
        forget_empty();
        for (auto& party : parties_)
            if (party->is_connected)
                deliver(*party, mcs::DataPriority::high,
                        [this, user = gone.user](Party& p) { p.entity.on_detached(user, now); });
        spread_roster();
        gone.entity.on_disconnected();
        drain(gone);
    }
    /// A frame from nobody's entity, as if `from` had sent it.
    void inject(UserId from, ChannelId channel, Bytes octets) {
        send(from, {channel, mcs::DataPriority::high, false, std::move(octets)});
    }

    /// Tells every party who conducts.
    void conduct(const Party* conductor) {
        for (auto& party : parties_) {
            party->entity.on_conductor(conductor ? std::optional(conductor->node) : std::nullopt,
                                       party.get() == conductor);
            drain(*party);
        }
    }

    TransferId send(Party& party, const std::string& name, std::size_t size, SendOptions options = {}) {
        auto transfer = party.entity.send({name, size, FileTime{915246245}}, std::move(options), now);
        last_refusal = transfer ? std::nullopt : std::optional(transfer.error());
        if (!transfer) return {};
        party.sources[*transfer] = contents_of(name, size);
        party.names[*transfer] = name;
        drain(party);
        return *transfer;
    }
    std::optional<Refusal> last_refusal;

    void store_all(Party& party) {
        for (auto& [transfer, octets] : std::exchange(party.unstored, {}))
            party.entity.on_stored(transfer, octets, now);
        drain(party);
    }

    /// Lets time pass: whatever is due happens.
    void run(Duration time) {
        const Instant end = now + time;
        for (std::size_t steps = 0; steps < kMostSteps; ++steps) {
            std::optional<Instant> next;
            if (!queue_.empty()) next = queue_.begin()->first.first;
            for (auto& party : parties_)
                if (party->is_connected) earliest(next, party->entity.deadline());
            if (!next || *next > end) {
                now = end;
                return;
            }
            now = std::max(now, *next);
            if (!queue_.empty() && queue_.begin()->first.first <= now) {
                auto what = std::move(queue_.begin()->second);
                queue_.erase(queue_.begin());
                what();
                continue;
            }
            for (auto& party : parties_) {
                if (!party->is_connected) continue;
                const auto deadline = party->entity.deadline();
                if (!deadline || *deadline > now) continue;
                party->entity.on_time(now);
                drain(*party);
            }
        }
        CONVENE_CHECK(false, "the hub keeps itself busy");
    }
    /// Acts on what the entity wants. Called by the hub after all it does; tests call it after what they do.
    void drain(Party& party) {
        std::vector<Output> outputs;
        for (std::size_t rounds = 0; rounds < kMostSteps; ++rounds) {
            party.entity.take_outputs(outputs);
            if (outputs.empty()) return;
            for (Output& output : outputs) act(party, output);
        }
        CONVENE_CHECK(false, "an entity keeps itself busy");
    }

    /// Channels that MCS would have made for somebody, and which are still there.
    std::size_t dynamic_channels() const {
        return static_cast<std::size_t>(std::count_if(channels_.begin(), channels_.end(), [](const auto& each) {
            return each.second.is_assigned || each.second.manager.has_value();
        }));
    }
    std::size_t tokens() const { return tokens_.size(); }
    std::map<TokenId, UserId>& tokens_held() { return tokens_; }
    const std::set<UserId>& joined(ChannelId channel) { return channels_[channel].joined; }
    /// What went over the wire, in order.
    struct Sent {
        UserId from;
        ChannelId channel;
        mcs::DataPriority priority{};
        MbftPdu pdu;
    };
    std::vector<Sent> wire;
    bool keeps_wire = true;
    /// What to do to octets on their way; empty octets are lost.
    std::function<void(UserId from, Bytes&)> mangle;
    /// Capabilities that a party claims instead of its own.
    std::map<UserId, gcc::CapabilityId> claims;

private:
    static constexpr std::size_t kMostSteps = 20'000'000;

    struct Channel {
        std::set<UserId> joined;
        std::set<UserId> admitted;
        std::optional<UserId> manager;
        bool is_assigned = false;
    };

    void at(Instant when, std::function<void()> what) { queue_.emplace(std::pair(when, ++sequence_), std::move(what)); }
    Duration delay() {
        const auto most = static_cast<std::uint64_t>(longest_delay.count());
        return Duration(most == 0 ? 0 : static_cast<Duration::rep>(random_() % (most + 1)));
    }
    /// Down to a party, in order for each priority.
    void deliver(Party& to, mcs::DataPriority priority, std::function<void(Party&)> what) {
        Instant& last = down_[{to.user, priority}];
        last = std::max(last, now + delay());
        at(last, [this, user = to.user, what = std::move(what)] {
            Party* party = find(user);
            if (party == nullptr) return;
            what(*party);
            drain(*party);
        });
    }
    /// Up from a party, in order.
    void rise(Party& from, std::function<void(Party&)> what) {
        Instant& last = up_[from.user];
        last = std::max(last, now + delay());
        at(last, [this, user = from.user, what = std::move(what)] {
            if (Party* party = find(user)) what(*party);
        });
    }

    void act(Party& party, Output& output) {
        std::visit(
            overloaded{
                [&](Join& join) { rise(party, [this, channel = join.channel](Party& p) { this->join(p, channel); }); },
                [&](Leave& leave) {
                    rise(party, [this, channel = leave.channel](Party& p) { this->leave(p, channel); });
                },
                [&](Convene&) { rise(party, [this](Party& p) { convene(p); }); },
                [&](Admit& admit) { rise(party, [this, admit](Party& p) { this->admit(p, admit); }); },
                [&](Disband& gone) {
                    rise(party, [this, channel = gone.channel](Party& p) { disband(p.user, channel); });
                },
                [&](GrabToken& grab) { rise(party, [this, token = grab.token](Party& p) { this->grab(p, token); }); },
                [&](ReleaseToken& release) {
                    rise(party, [this, token = release.token](Party& p) {
                        if (tokens_.contains(token) && tokens_[token] == p.user) tokens_.erase(token);
                    });
                },
                [&](Enrol& enrol) {
                    rise(party, [this, enrol](Party& p) {
                        auto record = enrol.record;
                        auto claim = claims.find(p.user);
                        if (claim != claims.end()) record.non_collapsing_capabilities = {{claim->second, std::nullopt}};
                        roster_[p.user] = {enrol.session, gcc::Entity{p.node, gcc::EntityId{1}}, record};
                        spread_roster();
                    });
                },
                [&](Send& send) { put(party, send); },
                [&](ReadMore& more) {
                    if (!party.reads) return;
                    const Bytes& source = party.sources.at(more.transfer);
                    const auto offset = static_cast<std::size_t>(more.offset);
                    if (offset + more.size > source.size())
                        party.entity.on_read_failed(more.transfer, now);
                    else
                        party.entity.on_read(more.transfer, Slice(ByteView(source).subspan(offset, more.size)), now);
                },
                [&](Write& write) {
                    if (!party.can_store) return party.entity.on_write_failed(write.transfer, now);
                    Bytes& file = party.disk[write.transfer];
                    file.resize(static_cast<std::size_t>(write.offset));
                    append(file, write.octets);
                    if (party.stores_late)
                        party.unstored.emplace_back(write.transfer, write.octets.size());
                    else
                        party.entity.on_stored(write.transfer, write.octets.size(), now);
                },
                [&](auto& event) {
                    party.events.push_back(event);
                    on_event(party, event);
                },
            },
            output);
    }

    template <class Event>
    void on_event(Party& party, const Event& event) {
        if constexpr (std::is_same_v<Event, Offered>) {
            party.names[event.transfer] = event.name.text;
            if (party.accepts && !event.requested) party.entity.accept(event.transfer, now);
        } else if constexpr (std::is_same_v<Event, Requested>) {
            auto found = party.shelf.find(event.name.text);
            if (found == party.shelf.end()) {
                party.entity.deny_request(event.request, std::nullopt);
                return;
            }
            auto transfer =
                party.entity.answer_request(event.request, {found->first, found->second.size(), std::nullopt}, now);
            if (transfer) {
                party.sources[*transfer] = found->second;
                party.names[*transfer] = found->first;
            }
        }
    }

    // --- MCS ---

    void put(Party& party, Send& send) {
        const std::size_t cost = send.octets.size();
        party.sent_octets += cost;
        std::size_t waiting = cost;
        for (const auto& each : party.uplink) waiting += each.second;
        party.most_waiting = std::max(party.most_waiting, waiting);
        party.uplink.emplace_back(std::move(send), cost);
        Instant& last = up_[party.user];
        Duration time = delay();
        if (bandwidth > 0) time = std::chrono::microseconds(std::uint64_t{cost} * 1'000'000 / bandwidth);
        last = std::max(last, now) + (bandwidth > 0 ? time : Duration{0});
        if (bandwidth == 0) last = std::max(last, now + time);
        at(last, [this, user = party.user] {
            Party* from = find(user);
            if (from == nullptr || from->uplink.empty()) return;
            Send what = std::move(from->uplink.front().first);
            from->uplink.pop_front();
            this->send(user, what);
            std::size_t left = 0;
            for (const auto& each : from->uplink) left += each.second;
            from->entity.on_flow(left, now);
            drain(*from);
        });
    }
    void send(UserId from, Send what) {
        if (mangle) mangle(from, what.octets);
        if (what.octets.empty()) return;
        if (keeps_wire) {
            auto decoded = decode_mbft_pdu(what.octets);
            if (decoded) wire.push_back({from, what.channel, what.priority, std::move(decoded->pdu)});
        }
        auto found = channels_.find(what.channel);
        if (found == channels_.end()) return;
        const Channel& channel = found->second;
        if (channel.manager && *channel.manager != from && !channel.admitted.contains(from)) return;
        const Slice octets(what.octets);
        for (UserId user : channel.joined) {
            Party* to = find(user);
            if (to == nullptr || (user == from && !what.uniform)) continue;
            deliver(*to, what.priority,
                    [this, from, id = what.channel, octets](Party& p) { p.entity.on_data(from, id, octets, now); });
        }
    }
    void join(Party& party, ChannelId requested) {
        ChannelId channel = requested;
        bool good = true;
        if (requested == mcs::kAssignChannel) {
            channel = ChannelId{next_id_++};
            channels_[channel].is_assigned = true;
        } else if (mcs::is_dynamic(requested) && requested != mcs::channel_of(party.user)) {
            auto found = channels_.find(requested);
            good = found != channels_.end() && (found->second.is_assigned || found->second.manager == party.user ||
                                                found->second.admitted.contains(party.user));
        }
        if (good) channels_[channel].joined.insert(party.user);
        deliver(party, mcs::DataPriority::high, [this, requested, channel, good](Party& p) {
            p.entity.on_joined(requested, good ? std::optional(channel) : std::nullopt, now);
        });
    }
    void leave(Party& party, ChannelId channel) {
        auto found = channels_.find(channel);
        if (found != channels_.end()) found->second.joined.erase(party.user);
        forget_empty();
    }
    void forget_empty() {
        for (auto it = channels_.begin(); it != channels_.end();)
            it = it->second.is_assigned && it->second.joined.empty() ? channels_.erase(it) : std::next(it);
    }
    void convene(Party& party) {
        const ChannelId channel{next_id_++};
        channels_[channel].manager = party.user;
        deliver(party, mcs::DataPriority::high, [this, channel](Party& p) { p.entity.on_convened(channel, now); });
    }
    void admit(Party& party, const Admit& admit) {
        auto found = channels_.find(admit.channel);
        if (found == channels_.end() || found->second.manager != party.user) return;
        for (UserId user : admit.users) {
            Party* to = find(user);
            if (to == nullptr) continue;
            found->second.admitted.insert(user);
            deliver(*to, mcs::DataPriority::high, [manager = party.user, channel = admit.channel](Party& p) {
                p.entity.on_admitted(manager, channel);
            });
        }
    }
    void disband(UserId manager, ChannelId id) {
        auto found = channels_.find(id);
        if (found == channels_.end() || found->second.manager != manager) return;
        const Channel gone = std::move(found->second);
        channels_.erase(found);
        for (UserId user : gone.admitted)
            if (Party* to = find(user))
                deliver(*to, mcs::DataPriority::high, [this, id](Party& p) { p.entity.on_expelled(id, now); });
    }
    void grab(Party& party, TokenId token) {
        const bool good = !tokens_.contains(token) || tokens_[token] == party.user;
        if (good) tokens_[token] = party.user;
        deliver(party, mcs::DataPriority::high, [this, token, good](Party& p) { p.entity.on_token(token, good, now); });
    }

    // --- GCC ---

    void spread_roster() {
        ++instance_;
        for (auto& party : parties_)
            if (party->is_connected) pass_roster(*party);
    }
    void pass_roster(Party& party) {
        std::vector<RosterLine> lines;
        for (const auto& [user, line] : roster_) lines.push_back(line);
        deliver(party, mcs::DataPriority::top,
                [this, lines, instance = instance_](Party& p) { p.entity.on_roster(lines, instance, now); });
    }

    Numbers random_;
    std::vector<std::unique_ptr<Party>> parties_;
    std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> queue_;
    std::map<std::pair<UserId, mcs::DataPriority>, Instant> down_;
    std::map<UserId, Instant> up_;
    std::map<ChannelId, Channel> channels_;
    std::map<TokenId, UserId> tokens_;
    std::map<UserId, RosterLine> roster_;
    std::uint64_t sequence_ = 0;
    std::uint32_t instance_ = 0;
    std::uint16_t next_id_ = 1001;
};

}  // namespace convene::files::testing
