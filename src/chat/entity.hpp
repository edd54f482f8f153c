/// The chat application protocol entity of one node: enrols, sends, and reads everybody's text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "chat/t140.hpp"
#include "gcc/enrolment.hpp"

namespace convene::chat {

/// T.134 application protocol key {0 0 20 134 0 1}.
gcc::Key chat_protocol_key();
/// Our static session; used unless somebody else's chat session is there already.
inline constexpr mcs::ChannelId kChatChannel{11};
/// A line that nobody ended is shown after this long.
inline constexpr Duration kIdleLine = std::chrono::seconds{10};
/// Senders whose unfinished lines are kept at one time.
inline constexpr std::size_t kMaxSenders = 4096;
/// Lines said before the entity may send, kept until it may.
inline constexpr std::size_t kMaxWaitingLines = 256;

using gcc::RosterLine;

/// One line of the conversation.
struct Line {
    mcs::UserId from;  ///< the sender's chat attachment, not its node
    std::string text;  ///< UTF-8
    bool is_private = false;
};

struct Join {
    mcs::ChannelId channel;
};
struct Leave {
    mcs::ChannelId channel;
};
struct Enrol {
    gcc::SessionKey session;
    gcc::ApplicationRecord record;
};
struct Send {
    mcs::ChannelId channel;
    Bytes octets;
};
struct Attention {
    mcs::UserId from;  ///< rang the bell
};
using Output = std::variant<Join, Leave, Enrol, Send, Line, Attention>;

/// T.134 chat over T.121's enrolment, folded to one active enrolment once the channels are joined.
///
///   idle ── on_attached ──▶ joining own channel ──▶ waiting for the roster ──▶ joining the session ──▶ active
///
/// Give it what happens, then take_outputs() and act on each in order. One owner, no threads.
class ChatEntity {
public:
    void on_attached(mcs::UserId self);
    void on_joined(mcs::ChannelId channel, bool successful);
    /// The application roster has arrived or changed; `lines` are those with the chat key.
    void on_roster(const std::vector<RosterLine>& lines);
    void on_data(mcs::UserId from, mcs::ChannelId channel, ByteView octets, Instant now);
    void on_detached(mcs::UserId user);
    void on_time(Instant now);
    std::optional<Instant> deadline() const;

    /// Says one or more lines to everybody in the session; waits until the entity is active.
    void say(std::string_view utf8);
    /// Says something to the chat attachment of one node alone.
    void say_privately(mcs::UserId recipient, std::string_view utf8);

    bool is_active() const { return state_ == State::active; }
    std::optional<mcs::UserId> user() const { return self_; }
    mcs::ChannelId channel() const { return channel_; }

    void take_outputs(std::vector<Output>& into);

private:
    enum class State : std::uint8_t { idle, joining_own, waiting_for_roster, joining_session, active };
    struct Sender {
        T140Reader reader;
        T140Reader private_reader;
        std::optional<Instant> idle_since;
    };
    struct Waiting {
        std::optional<mcs::UserId> recipient;
        std::string text;
    };

    void choose_session(const std::vector<RosterLine>& lines);
    void send(const Waiting& what);
    void flush(mcs::UserId from, Sender& sender);

    State state_ = State::idle;
    std::optional<mcs::UserId> self_;
    mcs::ChannelId channel_{};
    std::map<mcs::UserId, Sender> senders_;
    std::vector<Waiting> waiting_;
    bool has_spoken_ = false;
    std::vector<Output> out_;
};

}  // namespace convene::chat
