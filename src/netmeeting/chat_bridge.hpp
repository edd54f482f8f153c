/// Finds NetMeeting's chat in a conference and takes part in it.
///
/// The octets of its session key are not public, so the session is recognised by what is said in it: every session
/// under Microsoft's H.221 prefix is listened to, and the first packet that is chat beyond doubt settles the matter.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "gcc/records.hpp"

namespace convene::netmeeting {

/// H.221 country 181, extension 0, manufacturer 21324: Microsoft.
bool is_microsoft_key(const gcc::Key& key);

/// Channels that are listened to at one time while chat has not been found.
inline constexpr std::size_t kMaxCandidates = 32;

/// Speakers that are remembered.
inline constexpr std::size_t kMaxMembers = 4096;

/// Give it the roster and the data of the sessions it asks to join. One owner, no threads.
class ChatBridge {
public:
    struct Line {
        mcs::UserId from;  ///< the sender's chat attachment
        std::string text;  ///< UTF-8, lines separated by "\n"
        bool is_private = false;
    };

    /// The sessions of the application roster. Returns the channels to join now.
    std::vector<mcs::ChannelId> on_sessions(const std::vector<gcc::SessionKey>& sessions);
    void on_left(mcs::ChannelId channel);

    /// Data on a channel or to the own attachment. Nothing when it is no chat.
    std::optional<Line> on_data(mcs::UserId from, mcs::ChannelId channel, mcs::ChannelId own, ByteView octets);

    /// The channel of the chat session, once it is known.
    std::optional<mcs::ChannelId> channel() const { return channel_; }
    /// The session key of it: what is not public, for the log.
    const std::optional<gcc::SessionKey>& session() const { return session_; }
    bool is_member(mcs::UserId user) const { return members_.count(user) != 0; }

private:
    std::map<mcs::ChannelId, gcc::SessionKey> candidates_;
    std::optional<mcs::ChannelId> channel_;
    std::optional<gcc::SessionKey> session_;
    std::set<mcs::UserId> members_;  ///< who has spoken
};

}  // namespace convene::netmeeting
