#include "node/chat_desk.hpp"

#include <utility>

#include "base/check.hpp"
#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "chat/chat_pdu.hpp"
#include "gcc/names.hpp"
#include "gcc/protocol_key.hpp"
#include "netmeeting/chat_packet.hpp"
#include "node/receipt.hpp"

namespace convene::node {
namespace {

/// Octets of a NetMeeting packet: what fits the smallest PDU that its era used, header and all (MS-MNPR §2.2.3).
constexpr std::size_t kMaxNetMeetingPacket = 2048;

}  // namespace

ChatDesk::ChatDesk(mcs::Domain& domain, gcc::Conference& conference, ChatRole role)
    : port_(domain, conference), role_(role) {}

void ChatDesk::on_event(const mcs::UserEventKind& event, Instant now) {
    std::visit(overloaded{[&](const mcs::AttachConfirm& confirm) {
                              if (confirm.user) entity_.on_attached(*confirm.user);
                          },
                          [&](const mcs::JoinConfirm& confirm) {
                              entity_.on_joined(confirm.requested, confirm.result == mcs::Result::successful);
                              if (confirm.result != mcs::Result::successful) netmeeting_.on_left(confirm.requested);
                              on_roster();
                          },
                          [&](const mcs::LeaveIndication& left) { netmeeting_.on_left(left.channel); },
                          [&](const mcs::DetachIndication& detached) {
                              port_.forget(detached.user);
                              entity_.on_detached(detached.user);
                              collect();
                              heard_from_.erase(detached.user);
                              owed_.erase(detached.user);
                          },
                          [&](const mcs::DataIndication& data) {
                              if (!entity_.user()) return;
                              auto own = mcs::channel_of(*entity_.user());
                              auto line = netmeeting_.on_data(data.initiator, data.channel, own, data.data);
                              if (line) {
                                  netmeeting_lines_.push_back(std::move(*line));
                              } else if (data.channel == own || data.channel == entity_.channel()) {
                                  on_chat_data(data, now);
                              }
                          },
                          [](const auto&) {}},
               event);
}

void ChatDesk::on_conference(const gcc::Event& event, Instant) {
    if (std::holds_alternative<gcc::RosterChanged>(event) ||
        std::holds_alternative<gcc::ApplicationRosterChanged>(event))
        on_roster();
}

void ChatDesk::on_chat_data(const mcs::DataIndication& data, Instant now) {
    auto sdu = port_.whole(data);
    if (!sdu) return;
    const bool is_private = data.channel != entity_.channel();
    if (is_private && read_memory(data.initiator, *sdu)) return;
    collect();  // what came before has an earlier number
    if (!is_private && role_.keeps && (heard_from_.size() < kMaxCounted || heard_from_.count(data.initiator) != 0))
        ++heard_from_[data.initiator];
    entity_.on_data(data.initiator, data.channel, *sdu, now);
    collect();
}

void ChatDesk::collect() {
    entity_.take_outputs(outputs_);
    for (auto& output : outputs_) {
        const auto* line = std::get_if<chat::Line>(&output);
        const auto heard = line == nullptr || line->is_private ? heard_from_.end() : heard_from_.find(line->from);
        collected_.push_back({std::move(output), heard == heard_from_.end() ? 0 : heard->second});
    }
}

void ChatDesk::on_roster() {
    if (!port_.read_roster()) return;
    read_from_unknown();
    const auto lines = port_.lines_of(chat::chat_protocol_key());
    if (role_.keeps) greet_newcomers(lines);
    entity_.on_roster(lines);
    // A server among the participants bridges for everybody; elsewhere a node listens for itself.
    if (!port_.is_attached() || !entity_.user()) return;
    std::vector<gcc::SessionKey> sessions;
    for (const auto& [session, roster] : port_.conference().roster().applications.sessions())
        sessions.push_back(session);
    for (mcs::ChannelId channel : netmeeting_.on_sessions(sessions)) port_.domain().join(port_.attachment(), channel);
}

void ChatDesk::say(std::string_view utf8) {
    entity_.say(utf8);
    if (role_.wants_history && !has_history_ && heard_early_.size() < kMaxHeardEarly)
        heard_early_.push_back({{}, 0, std::string(utf8)});
    if (netmeeting_.channel() && !role_.bridges && !is_bridged()) send_to_netmeeting(*netmeeting_.channel(), utf8);
}

bool ChatDesk::say_privately(mcs::UserId node, std::string_view utf8) {
    auto chat_key = chat::chat_protocol_key();
    std::optional<mcs::UserId> netmeeting_user;
    for (const auto& [session, roster] : port_.conference().roster().applications.sessions()) {
        bool is_chat = gcc::same_protocol(session.application_protocol_key, chat_key);
        bool is_netmeeting = netmeeting_.session() == session;
        if (!is_chat && !is_netmeeting) continue;
        for (const auto& [entity, record] : roster.entities) {
            if (entity.node != node || !record.application_user_id) continue;
            if (is_chat) {
                entity_.say_privately(*record.application_user_id, utf8);
                return true;
            }
            netmeeting_user = record.application_user_id;
        }
    }
    if (!netmeeting_user) return false;
    send_to_netmeeting(mcs::channel_of(*netmeeting_user), utf8);
    return true;
}

void ChatDesk::send_to_netmeeting(mcs::ChannelId channel, std::string_view utf8) {
    if (!port_.is_attached()) return;
    for (const auto& packet : netmeeting::write_chat_packets(utf8, kMaxNetMeetingPacket))
        port_.domain().send(port_.attachment(), channel, mcs::DataPriority::high, false, Slice(packet));
}

bool ChatDesk::pump(std::vector<Event>& events, Instant now) {
    bool any = false;
    collect();
    for (auto& [output, number] : std::exchange(collected_, {})) {
        any = true;
        std::visit(overloaded{[&](chat::Join& join) { port_.domain().join(port_.attachment(), join.channel); },
                              [&](chat::Leave& leave) { port_.domain().leave(port_.attachment(), leave.channel); },
                              [&](chat::Enrol& enrol) { this->enrol(enrol, now); },
                              [&](chat::Send& send) {
                                  if (send.channel == entity_.channel()) ++sent_;
                                  port_.domain().send(port_.attachment(), send.channel, mcs::DataPriority::high, false,
                                                      Slice(send.octets));
                              },
                              [&, number = number](chat::Line& line) { on_line(line, number, now); },
                              [&](chat::Attention& attention) {
                                  events.push_back(ChatAttention{attention.from, port_.node_of(attention.from)});
                              }},
                   output);
    }
    for (const auto& line : std::exchange(netmeeting_lines_, {})) {
        any = true;
        on_netmeeting_line(line, now);
    }
    for (auto& news : std::exchange(news_, {})) {
        any = true;
        events.push_back(std::move(news));
    }
    auto shown = events.size();
    show(events, now);
    any = any || events.size() != shown;
    if (!was_active_ && entity_.is_active()) {
        was_active_ = true;
        events.push_back(ChatReady{});
    }
    return any;
}

void ChatDesk::on_line(chat::Line& line, std::uint32_t number, Instant now) {
    nameless_.push_back(
        {ChatLine{line.from, {}, {}, std::move(line.text), line.is_private, ChatLine::Protocol::t134, number},
         now + kNameTime});
}

void ChatDesk::on_netmeeting_line(const netmeeting::ChatBridge::Line& line, Instant now) {
    // Where the top bridges, the same line comes by T.134 as well; whoever is the bridge, and whoever has none, shows
    // it.
    if (!role_.bridges && is_bridged() && !line.is_private) return;
    nameless_.push_back(
        {ChatLine{line.from, {}, {}, line.text, line.is_private, ChatLine::Protocol::netmeeting, 0}, now + kNameTime});
}

void ChatDesk::show(std::vector<Event>& events, Instant now) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < nameless_.size(); ++i) {
        auto& [line, until] = nameless_[i];
        line.node = port_.node_of(line.from);
        if (!line.node && now < until && nameless_.size() - i <= kMaxNameless) {
            if (kept != i) nameless_[kept] = std::move(nameless_[i]);
            ++kept;
            continue;
        }
        line.name = port_.name_of(line.from);
        bridge(line);
        if (role_.wants_history && !has_history_ && !line.is_private && heard_early_.size() < kMaxHeardEarly)
            heard_early_.push_back({line.node ? line.name : std::string(), 0, line.text});
        events.push_back(std::move(line));
    }
    nameless_.resize(kept);
}

void ChatDesk::bridge(const ChatLine& line) {
    if (!role_.bridges || line.is_private) return;
    if (line.protocol == ChatLine::Protocol::netmeeting) {
        entity_.say(line.name + ": " + line.text);
    } else if (netmeeting_.channel()) {
        send_to_netmeeting(*netmeeting_.channel(), line.name + ": " + line.text);
    }
}

std::optional<Instant> ChatDesk::deadline() const {
    auto first = entity_.deadline();
    for (const auto& each : nameless_) earliest(first, each.until);
    return first;
}

bool ChatDesk::is_bridged() const {
    for (const auto& [session, roster] : port_.conference().roster().applications.sessions()) {
        for (const auto& [entity, record] : roster.entities) {
            if (!record.non_collapsing_capabilities) continue;
            for (const auto& capability : *record.non_collapsing_capabilities) {
                if (capability.capability_id == bridge_capability()) return true;
            }
        }
    }
    return false;
}

gcc::CapabilityId ChatDesk::bridge_capability() {
    // An H.221 key of our own: country 0xB5 is taken by others, so a text that nobody else uses.
    return gcc::h221_key(to_bytes("Convene chat bridge"));
}

void ChatDesk::enrol(const chat::Enrol& enrol, Instant now) {
    auto record = enrol.record;
    std::vector<gcc::NonCollapsingCapability> more;
    if (role_.bridges) more.push_back({bridge_capability(), std::nullopt});
    if (role_.wants_history) more.push_back({memory_capability(), std::nullopt});
    if (!more.empty()) record.non_collapsing_capabilities = std::move(more);
    port_.enrol(enrol.session, record, {}, now);
}

}  // namespace convene::node
