/// Chat as the users of a node see it: one conversation, whichever protocol its lines come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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

/// Connects a T.134 entity with the domain and the conference, and NetMeeting's chat with both. The domain and the
/// conference must outlive it.
class ChatDesk final : public Desk {
public:
    ChatDesk(mcs::Domain& domain, gcc::Conference& conference, bool bridges);

    void start() override { port_.attach(); }
    bool owns(mcs::AttachmentId attachment) const override { return port_.owns(attachment); }
    void on_event(const mcs::UserEventKind& event, Instant now) override;
    void on_conference(const gcc::Event& event, Instant now) override;
    void on_time(Instant now) override { entity_.on_time(now); }
    std::optional<Instant> deadline() const override;
    bool pump(std::vector<Event>& events, Instant now) override;

    void say(std::string_view utf8);
    bool say_privately(mcs::UserId node, std::string_view utf8);

private:
    /// A line whose sender's name is still on its way: rosters travel later than chat.
    struct Nameless {
        ChatLine line;
        Instant until;
    };

    void on_roster();
    void on_line(chat::Line& line, Instant now);
    void on_netmeeting_line(const netmeeting::ChatBridge::Line& line, Instant now);
    void show(std::vector<Event>& events, Instant now);
    void bridge(const ChatLine& line);
    void enrol(const chat::Enrol& enrol, Instant now);
    void send_to_netmeeting(mcs::ChannelId channel, std::string_view utf8);
    /// Whether some node in the conference passes lines between the protocols.
    bool is_bridged() const;
    static gcc::CapabilityId bridge_capability();

    ApplicationPort port_;
    bool bridges_;
    chat::ChatEntity entity_;
    netmeeting::ChatBridge netmeeting_;
    std::vector<netmeeting::ChatBridge::Line> netmeeting_lines_;
    std::vector<Nameless> nameless_;
    std::vector<chat::Output> outputs_;
    bool was_active_ = false;
};

}  // namespace convene::node
