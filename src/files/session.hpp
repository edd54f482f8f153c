/// What all transfers of an entity share: who is there, which channels are joined, how much waits to be sent. Within
/// the room only.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/earliest.hpp"
#include "base/time.hpp"
#include "files/codec.hpp"
#include "files/extras.hpp"
#include "files/limits.hpp"
#include "files/outputs.hpp"

namespace convene::files {

// The default session: static numbers of T.127. The tokens matter between implementations of this project alone, for no
// public text gives them.
inline constexpr ChannelId kControlChannel{9};
inline constexpr ChannelId kDataChannel{10};
inline constexpr TokenId kTransmitToken{10};
inline constexpr TokenId kRequestToken{11};

struct EntityConfig {
    /// The domain's maxMCSPDUsize: chunks are kept below it, so that a chunk is one PDU of MCS.
    std::size_t max_mcs_pdu = 65528;
    /// The owner's limit for a received file, octets. An offer that announces more is declined.
    std::uint64_t max_file_size = kMaxFileSize;
    /// How long an offer waits for answers, on both sides.
    Duration answer_time = kAnswerTime;
    /// Whether the owner answers DirectoryAsked.
    bool has_directory = false;
};

/// Octets of a chunk: at least one, whatever the domain.
constexpr std::size_t chunk_size(const EntityConfig& config) {
    const std::size_t most = config.max_mcs_pdu > kChunkOverhead ? config.max_mcs_pdu - kChunkOverhead : 1;
    return most < kDefaultChunk ? most : kDefaultChunk;
}

/// Somebody else with an active entity in this session.
struct Member {
    UserId node;
    bool is_convene = false;
    bool is_netmeeting = false;
};

/// Joined channels, each counted by the transfers that need it.
class ChannelUses {
public:
    enum class State : std::uint8_t { absent, joining, joined };

    /// True when a join is to be asked for.
    bool take(ChannelId channel);
    /// True when the channel is to be left.
    bool give_back(ChannelId channel);
    void on_joined(ChannelId channel, bool successful);
    /// MCS has taken it away.
    void forget(ChannelId channel) { uses_.erase(channel); }
    State state(ChannelId channel) const;
    bool has(ChannelId channel) const { return uses_.contains(channel); }

private:
    struct Use {
        std::size_t count = 0;
        State state = State::joining;
    };
    std::map<ChannelId, Use> uses_;
};

class Session {
public:
    explicit Session(EntityConfig given) : config(given) {}

    void emit(Output output) { out.push_back(std::move(output)); }
    /// The PDU must be one that encodes; see encode().
    void send(ChannelId channel, mcs::DataPriority priority, const MbftPdu& pdu, HeaderForm form = HeaderForm::bits26,
              bool uniform = false);
    /// Negotiation: high priority.
    void send_control(ChannelId channel, const MbftPdu& pdu, HeaderForm form = HeaderForm::bits26) {
        send(channel, mcs::DataPriority::high, pdu, form);
    }
    void send_to(UserId user, const MbftPdu& pdu) { send_control(mcs::channel_of(user), pdu, form_of(user)); }
    /// File-Error about a transfer of `user`.
    void send_error(UserId user, FileHandle handle, ErrorType type, std::string_view text);

    void use(ChannelId channel) {
        if (channels.take(channel)) emit(Join{channel});
    }
    void release(ChannelId channel) {
        if (channels.give_back(channel)) emit(Leave{channel});
    }

    /// Forgets everything but what was not yet taken, and the ids.
    void on_disconnected();

    HeaderForm form_of(UserId user) const;
    void learn_form(UserId user, HeaderForm form);
    bool is_convene(UserId user) const;
    bool is_member(UserId user) const { return members.contains(user); }
    /// FILE-TRANSMIT of the session's data channel; only the default session has one that is known beforehand.
    std::optional<TokenId> data_token() const { return data ? std::optional(kTransmitToken) : std::nullopt; }
    TransferId next_transfer() { return TransferId{++last_id_}; }
    RequestId next_request() { return RequestId{++last_id_}; }

    EntityConfig config;
    std::optional<UserId> self;
    bool is_active = false;
    ChannelId control{};            ///< of the session
    std::optional<ChannelId> data;  ///< its broadcast data channel, where there is one
    std::uint16_t roster_instance = 0;
    std::map<UserId, Member> members;
    ChannelUses channels;
    std::size_t unsent = 0;  ///< octets of files that were sent and, as far as known, still wait in this node
    std::vector<Output> out;

private:
    std::map<UserId, HeaderForm> forms_;
    std::uint64_t last_id_ = 0;
};

/// When to tell progress again.
class ProgressSteps {
public:
    /// True when `done` is worth telling.
    bool is_due(std::uint64_t done, std::optional<std::uint64_t> total);

private:
    std::uint64_t told_ = 0;
};

}  // namespace convene::files
