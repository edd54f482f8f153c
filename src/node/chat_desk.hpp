/// Chat as the users of a node see it: one conversation, whichever protocol its lines come in.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chat/entity.hpp"
#include "netmeeting/chat_bridge.hpp"
#include "node/application_port.hpp"
#include "node/desk.hpp"

namespace convene::node {

/// How long a line waits for the roster that tells whose it is.
inline constexpr Duration kNameTime = std::chrono::seconds{2};
/// Lines that may wait at one time; more are shown without a name.
inline constexpr std::size_t kMaxNameless = 256;

/// Lines heard before the history has come, which may have them once more; those before are forgotten.
inline constexpr std::size_t kMaxHeardEarly = 256;
/// Receipts and pieces of history that wait for the roster that tells whose they are; the oldest go first.
inline constexpr std::size_t kMaxFromUnknown = 64;
/// Senders whose data units a keeper counts at one time.
inline constexpr std::size_t kMaxCounted = 65'536;

/// What a node does in the chat of a conference beside chatting.
struct ChatRole {
    bool bridges = false;        ///< passes lines between T.134 and NetMeeting's chat
    bool keeps = false;          ///< tells ChatNewcomer, and counts what is said
    bool wants_history = false;  ///< asks for what was said before, and for receipts
};

/// Connects a T.134 entity with the domain and the conference, and NetMeeting's chat with both. The domain and the
/// conference must outlive it.
class ChatDesk final : public Desk {
public:
    ChatDesk(mcs::Domain& domain, gcc::Conference& conference, ChatRole role);

    void start() override { port_.attach(); }
    bool owns(mcs::AttachmentId attachment) const override { return port_.owns(attachment); }
    void on_event(const mcs::UserEventKind& event, Instant now) override;
    void on_conference(const gcc::Event& event, Instant now) override;
    void on_time(Instant now) override { entity_.on_time(now); }
    std::optional<Instant> deadline() const override;
    bool pump(std::vector<Event>& events, Instant now) override;

    void say(std::string_view utf8);
    bool say_privately(mcs::UserId node, std::string_view utf8);

    /// At a keeper: what was said before, for a ChatNewcomer.
    void tell_history(mcs::UserId newcomer, const std::vector<PastLine>& lines);
    /// At a keeper: what `sender` has said up to ChatLine number `count` can no longer be lost; tells it so.
    void acknowledge(mcs::UserId sender, std::uint32_t count);
    /// How much of what this user has said to all is not known to be safe: 0 where everything is. Where nobody keeps,
    /// nothing ever is.
    std::uint32_t unsaved() const { return sent_ - saved_; }

    /// The channel on which NetMeeting chats, once somebody has.
    std::optional<mcs::ChannelId> netmeeting_channel() const { return netmeeting_.channel(); }

private:
    /// A line whose sender's name is still on its way: rosters travel later than chat.
    struct Nameless {
        ChatLine line;
        Instant until;
    };

    void on_roster();
    void on_chat_data(const mcs::DataIndication& data, Instant now);
    /// True when it was for the desk and not for the entity.
    bool read_memory(mcs::UserId from, ByteView octets);
    void read_from_unknown();
    void read_history(HistoryPiece piece);
    void greet_newcomers(const std::vector<gcc::RosterLine>& lines);
    void send_extra(mcs::UserId to, gcc::Key key, Bytes octets);
    void collect();
    void on_line(chat::Line& line, std::uint32_t number, Instant now);
    void on_netmeeting_line(const netmeeting::ChatBridge::Line& line, Instant now);
    void show(std::vector<Event>& events, Instant now);
    void bridge(const ChatLine& line);
    void enrol(const chat::Enrol& enrol, Instant now);
    void send_to_netmeeting(mcs::ChannelId channel, std::string_view utf8);
    /// Whether some node in the conference passes lines between the protocols.
    bool is_bridged() const;
    static gcc::CapabilityId bridge_capability();

    ApplicationPort port_;
    ChatRole role_;
    chat::ChatEntity entity_;
    netmeeting::ChatBridge netmeeting_;
    std::vector<netmeeting::ChatBridge::Line> netmeeting_lines_;
    std::vector<Nameless> nameless_;
    struct Numbered {
        chat::Output output;
        std::uint32_t number = 0;  ///< of the data unit that led to it
    };
    std::vector<chat::Output> outputs_;
    std::vector<Numbered> collected_;
    std::vector<Event> news_;
    bool was_active_ = false;
    std::uint32_t sent_ = 0;                           ///< data units of this user, to all
    std::uint32_t saved_ = 0;                          ///< of them, according to the keeper
    std::map<mcs::UserId, std::uint32_t> heard_from_;  ///< at a keeper: data units of each user, to all
    std::set<mcs::UserId> greeted_;                    ///< at a keeper: those who have been told what was before
    std::map<mcs::UserId, std::uint32_t> owed_;        ///< at a keeper: receipts for those whom no roster has shown yet
    bool has_history_ = false;
    std::deque<std::pair<mcs::UserId, Bytes>> from_unknown_;  ///< receipts and history whose sender no roster has shown
    std::vector<PastLine> heard_early_;  ///< without their times; those of this user without an author
};

}  // namespace convene::node
