#include "chat/entity.hpp"

#include <utility>

#include "base/check.hpp"
#include "base/earliest.hpp"
#include "base/take_all.hpp"
#include "chat/chat_pdu.hpp"

namespace convene::chat {

gcc::Key chat_protocol_key() { return gcc::object_key({0, 0, 20, 134, 0, 1}); }

void ChatEntity::on_attached(mcs::UserId self) {
    self_ = self;
    state_ = State::joining_own;
    out_.push_back(Join{mcs::channel_of(self)});
}

void ChatEntity::on_joined(mcs::ChannelId channel, bool successful) {
    if (!self_) return;
    if (state_ == State::joining_own && channel == mcs::channel_of(*self_)) {
        state_ = State::waiting_for_roster;
        return;
    }
    if (state_ != State::joining_session || channel != channel_) return;
    if (!successful) {
        // The session's channel went away between the roster and the join; the next roster says where it is now.
        state_ = State::waiting_for_roster;
        return;
    }
    state_ = State::active;
    out_.push_back(Enrol{{chat_protocol_key(), channel_}, gcc::active_record(*self_, channel_)});
    for (const Waiting& what : std::exchange(waiting_, {})) send(what);
}

void ChatEntity::on_roster(const std::vector<RosterLine>& lines) {
    if (state_ == State::waiting_for_roster) choose_session(lines);
}

void ChatEntity::choose_session(const std::vector<RosterLine>& lines) {
    channel_ = gcc::chosen_channel(lines).value_or(kChatChannel);
    state_ = State::joining_session;
    out_.push_back(Join{channel_});
}

void ChatEntity::on_data(mcs::UserId from, mcs::ChannelId channel, ByteView octets, Instant now) {
    auto text = t140_data_of(octets);
    if (!text || !self_) return;
    auto found = senders_.find(from);
    if (found == senders_.end()) {
        if (senders_.size() >= kMaxSenders) return;
        found = senders_.emplace(from, Sender{}).first;
    }
    bool is_private = channel == mcs::channel_of(*self_);
    Sender& sender = found->second;
    auto events = (is_private ? sender.private_reader : sender.reader).on_octets(*text);
    for (auto& line : events.lines) out_.push_back(Line{from, std::move(line), is_private});
    if (events.bells > 0) out_.push_back(Attention{from});
    bool unfinished = !sender.reader.current_line().empty() || !sender.private_reader.current_line().empty();
    sender.idle_since = unfinished ? std::optional(now) : std::nullopt;
}

void ChatEntity::on_detached(mcs::UserId user) {
    auto found = senders_.find(user);
    if (found == senders_.end()) return;
    flush(user, found->second);
    senders_.erase(found);
}

void ChatEntity::on_time(Instant now) {
    for (auto& [from, sender] : senders_) {
        if (sender.idle_since && *sender.idle_since + kIdleLine <= now) flush(from, sender);
    }
}

std::optional<Instant> ChatEntity::deadline() const {
    std::optional<Instant> first;
    for (const auto& [from, sender] : senders_) {
        if (sender.idle_since) earliest(first, *sender.idle_since + kIdleLine);
    }
    return first;
}

void ChatEntity::flush(mcs::UserId from, Sender& sender) {
    sender.idle_since.reset();
    if (auto line = sender.reader.take_line(); !line.empty()) out_.push_back(Line{from, std::move(line), false});
    if (auto line = sender.private_reader.take_line(); !line.empty()) out_.push_back(Line{from, std::move(line), true});
}

void ChatEntity::say(std::string_view utf8) { send({std::nullopt, std::string(utf8)}); }

void ChatEntity::say_privately(mcs::UserId recipient, std::string_view utf8) { send({recipient, std::string(utf8)}); }

void ChatEntity::send(const Waiting& what) {
    if (state_ != State::active) {
        if (waiting_.size() < kMaxWaitingLines) waiting_.push_back(what);
        return;
    }
    bool is_first = !what.recipient && !std::exchange(has_spoken_, true);
    auto octets = encode(ChatDataPdu{to_t140(what.text, is_first), std::nullopt});
    CONVENE_CHECK(octets.has_value(), "chat text always encodes");
    out_.push_back(Send{what.recipient ? mcs::channel_of(*what.recipient) : channel_, std::move(*octets)});
}

void ChatEntity::take_outputs(std::vector<Output>& into) { take_all(out_, into); }

}  // namespace convene::chat
