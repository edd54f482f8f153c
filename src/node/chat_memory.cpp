// What the chat of a node has to do with memory: history for newcomers, and receipts.
#include <algorithm>
#include <utility>

#include "chat/chat_pdu.hpp"
#include "node/chat_desk.hpp"
#include "node/receipt.hpp"

namespace convene::node {
namespace {

bool has_capability(const gcc::ApplicationRecord& record, const gcc::CapabilityId& wanted) {
    if (!record.non_collapsing_capabilities) return false;
    const auto& list = *record.non_collapsing_capabilities;
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& capability) { return capability.capability_id == wanted; });
}

}  // namespace

void ChatDesk::greet_newcomers(const std::vector<gcc::RosterLine>& lines) {
    std::set<mcs::UserId> here;
    for (const auto& line : lines) {
        const auto user = line.record.application_user_id;
        if (user && user != entity_.user() && has_capability(line.record, memory_capability())) here.insert(*user);
    }
    for (mcs::UserId user : here) {
        if (greeted_.count(user) == 0) news_.push_back(ChatNewcomer{user});
    }
    greeted_ = std::move(here);
    for (auto owed = owed_.begin(); owed != owed_.end();) {
        const auto [user, count] = *owed++;
        if (greeted_.count(user) != 0) acknowledge(user, count);
    }
}

void ChatDesk::tell_history(mcs::UserId newcomer, const std::vector<PastLine>& lines) {
    for (const auto& piece : pieces_of(lines)) send_extra(newcomer, history_key(), encode(piece));
}

void ChatDesk::acknowledge(mcs::UserId sender, std::uint32_t count) {
    // Whoever has not said that it understands might show a PDU of ours as text; and rosters travel later than chat.
    if (greeted_.count(sender) == 0) {
        if (heard_from_.count(sender) != 0) owed_[sender] = count;
        return;
    }
    owed_.erase(sender);
    send_extra(sender, receipt_key(), encode(Receipt{count}));
}

void ChatDesk::send_extra(mcs::UserId to, gcc::Key key, Bytes octets) {
    if (!port_.is_attached()) return;
    auto pdu = chat::encode(chat::ChatNonStandardPdu{{std::move(key), std::move(octets)}});
    if (pdu) port_.domain().send(port_.attachment(), mcs::channel_of(to), mcs::DataPriority::high, false, Slice(*pdu));
}

bool ChatDesk::read_memory(mcs::UserId from, ByteView octets) {
    const auto pdu = chat::decode_chat_pdu(octets);
    const auto* extra = pdu ? std::get_if<chat::ChatNonStandardPdu>(&*pdu) : nullptr;
    if (extra == nullptr) return false;
    if (!role_.wants_history) return true;
    // Only the node at the top of the conference is believed what others have said. Rosters travel later than chat.
    const auto node = port_.node_of(from);
    const auto* record = node ? port_.conference().roster().nodes.find(*node) : nullptr;
    if (record == nullptr) {
        if (from_unknown_.size() == kMaxFromUnknown) from_unknown_.pop_front();
        from_unknown_.emplace_back(from, to_bytes(octets));
    }
    if (record == nullptr || record->superior_node) return true;
    const auto& [key, data] = extra->non_standard_parameter;
    if (key == receipt_key()) {
        if (const auto receipt = decode_receipt(data)) {
            saved_ = std::min(receipt->count, sent_);
            news_.push_back(ChatSaved{unsaved()});
        }
    } else if (key == history_key()) {
        if (auto piece = decode_history_piece(data)) read_history(std::move(*piece));
    }
    return true;
}

void ChatDesk::read_from_unknown() {
    for (const auto& [from, octets] : std::exchange(from_unknown_, {})) read_memory(from, octets);
}

/// Lines that were said while this node was coming have been heard, and are remembered as well.
void ChatDesk::read_history(HistoryPiece piece) {
    if (has_history_) return;
    // Without a name of whom it is by it may be anybody's.
    auto waits_for_its_name = [&](const PastLine& line) {
        return std::any_of(nameless_.begin(), nameless_.end(), [&](const Nameless& heard) {
            return !heard.line.is_private && heard.line.text == line.text;
        });
    };
    auto was_heard = [&](const PastLine& line) {
        if (waits_for_its_name(line)) return true;
        return std::any_of(heard_early_.begin(), heard_early_.end(), [&](const PastLine& heard) {
            return heard.text == line.text && (heard.author.empty() || heard.author == line.author);
        });
    };
    auto& lines = piece.lines;
    lines.erase(std::remove_if(lines.begin(), lines.end(), was_heard), lines.end());
    if (piece.is_last) {
        has_history_ = true;
        heard_early_.clear();
    }
    news_.push_back(ChatHistory{std::move(lines), piece.is_last});
}

}  // namespace convene::node
