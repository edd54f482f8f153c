#include "netmeeting/chat_bridge.hpp"

#include <algorithm>

#include "netmeeting/chat_packet.hpp"

namespace convene::netmeeting {

bool is_microsoft_key(const gcc::Key& key) {
    const auto* h221 = std::get_if<gcc::H221NonStandardIdentifier>(&key);
    static constexpr std::byte kPrefix[] = {std::byte{0xB5}, std::byte{0x00}, std::byte{0x53}, std::byte{0x4C}};
    return h221 != nullptr && h221->value.size() >= sizeof kPrefix &&
           std::equal(std::begin(kPrefix), std::end(kPrefix), h221->value.begin());
}

std::vector<mcs::ChannelId> ChatBridge::on_sessions(const std::vector<gcc::SessionKey>& sessions) {
    std::vector<mcs::ChannelId> joins;
    for (const auto& session : sessions) {
        if (!session.session_id || !is_microsoft_key(session.application_protocol_key)) continue;
        if (candidates_.size() >= kMaxCandidates || candidates_.count(*session.session_id) != 0) continue;
        candidates_.emplace(*session.session_id, session);
        joins.push_back(*session.session_id);
    }
    return joins;
}

void ChatBridge::on_left(mcs::ChannelId channel) {
    candidates_.erase(channel);
    if (channel_ != channel) return;
    channel_.reset();
    session_.reset();
}

std::optional<ChatBridge::Line> ChatBridge::on_data(mcs::UserId from, mcs::ChannelId channel, mcs::ChannelId own,
                                                    ByteView octets) {
    bool is_private = channel == own;
    if (!is_private && candidates_.count(channel) == 0) return std::nullopt;
    if (channel_ != channel) {
        if (!looks_like_chat_packet(octets)) return std::nullopt;
        if (!is_private) {
            channel_ = channel;
            session_ = candidates_.at(channel);
        }
    }
    auto text = read_chat_packet(octets);
    if (!text) return std::nullopt;
    if (members_.size() < kMaxMembers) members_.insert(from);
    return Line{from, std::move(*text), is_private};
}

}  // namespace convene::netmeeting
