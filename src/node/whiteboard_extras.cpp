// What whiteboards of this project tell each other beside the board: receipts, and where everybody is.
#include <algorithm>
#include <utility>

#include "node/receipt.hpp"
#include "node/whiteboard_desk.hpp"
#include "whiteboard/codec.hpp"

namespace convene::node {

void WhiteboardDesk::send_extra(mcs::ChannelId channel, mcs::DataPriority priority, gcc::Key key, Bytes data) {
    if (!port_.is_attached()) return;
    const auto octets = whiteboard::encode(whiteboard::NonStandardPdu{{{std::move(key)}, std::move(data)}});
    if (octets) port_.domain().send(port_.attachment(), channel, priority, false, Slice(*octets));
}

void WhiteboardDesk::on_extra(const whiteboard::Extra& extra) {
    const auto& key = extra.transaction.identifier.value;
    if (key == presence_key()) {
        if (const auto told = decode_presence(extra.transaction.data)) on_presence(extra.from, told->presence);
    } else if (extra.is_private && key == receipt_key()) {
        on_receipt(extra.from, extra.transaction.data);
    }
}

// --- receipts ---

void WhiteboardDesk::acknowledge(mcs::UserId sender, std::uint32_t count) {
    send_extra(mcs::channel_of(sender), mcs::DataPriority::high, receipt_key(), encode(Receipt{count}));
}

void WhiteboardDesk::on_receipt(mcs::UserId from, const Bytes& data) {
    // Only the node at the top of the conference is believed. Rosters travel later than receipts.
    const auto node = port_.node_of(from);
    const auto* record = node ? port_.conference().roster().nodes.find(*node) : nullptr;
    if (record == nullptr) {
        if (from_unknown_.size() == kMaxReceiptsFromUnknown) from_unknown_.pop_front();
        from_unknown_.emplace_back(from, data);
        return;
    }
    if (record->superior_node) return;
    if (const auto receipt = decode_receipt(data)) {
        saved_ = std::min(receipt->count, sent_);
        news_.push_back(WhiteboardSaved{unsaved()});
    }
}

void WhiteboardDesk::read_from_unknown() {
    for (const auto& [from, data] : std::exchange(from_unknown_, {})) on_receipt(from, data);
}

// --- presence ---

void WhiteboardDesk::set_presence(const std::optional<Presence>& presence, Instant now) {
    if (presence && presence->is_laser && presence->cursor)
        entity_->point_at(presence->page, *presence->cursor, now);
    else if (presence_ && presence_->is_laser)
        entity_->stop_pointing(now);
    if (presence_ == presence) return;
    presence_ = presence;
    has_presence_news_ = true;
}

void WhiteboardDesk::tell_presence(Instant now) {
    if (!has_presence_news_ || now < next_presence_ || !entity_->is_active()) return;
    has_presence_news_ = false;
    next_presence_ = now + kPresenceTime;
    send_extra(entity_->channel(), mcs::DataPriority::low, presence_key(), encode(presence_));
}

/// Those who have come since the last time are told alone.
void WhiteboardDesk::greet() {
    std::set<mcs::UserId> here;
    for (const auto& [user, node] : entity_->others()) {
        if (user == entity_->user()) continue;
        here.insert(user);
        if (presence_ && greeted_.count(user) == 0)
            send_extra(mcs::channel_of(user), mcs::DataPriority::low, presence_key(), encode(presence_));
    }
    greeted_ = std::move(here);
}

void WhiteboardDesk::on_presence(mcs::UserId from, const std::optional<Presence>& presence) {
    if (!presence) return forget_presence(from);
    if (presences_.size() >= kMaxPresences && presences_.count(from) == 0) return;
    presences_.insert(from);
    news_.push_back(WhiteboardPresence{from, presence});
}

void WhiteboardDesk::forget_presence(mcs::UserId user) {
    if (presences_.erase(user) > 0) news_.push_back(WhiteboardPresence{user, std::nullopt});
}

}  // namespace convene::node
