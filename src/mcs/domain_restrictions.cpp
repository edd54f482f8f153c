// What a connection may not do where the owner of the top provider says so. T.125 knows no such thing; dropping what is
// denied looks to everybody else as if it had not been sent.
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {

void Domain::restrict(ConnectionId id, SharedRestriction restriction) {
    end_run();
    Connection* connection = connections_.find(id);
    if (connection == nullptr || connection->is_above()) return;
    connection->restriction = std::move(restriction);
    if (connection->restriction != nullptr && !connection->restriction->may_use_tokens) take_tokens_from(id);
    finish();
}

/// A user who gets the confirm of a release that it did not ask for has no token any more, which is what it says.
void Domain::take_tokens_from(ConnectionId id) {
    std::vector<std::pair<UserId, TokenId>> held;
    for (const auto& [token, state] : tokens_)
        for (const UserId user : state.users())
            if (is_towards(user, Hop::to(id))) held.emplace_back(user, token);
    for (const auto& [user, token] : held) {
        // An offer is not held: its answer will be no.
        const auto status = tokens_.seen_by(user, token);
        if (status == TokenStatus::self_recipient) continue;
        descend(TokenReleaseConfirm{Result::successful, user, token, TokenStatus::not_in_use});
    }
}

bool Domain::is_denied(const Connection& from, const RelayHeader& header, const Slice& octets) {
    // Data in fragments, which no peer of ours sends, has no first octet to look at.
    const ByteView data = header.fragmented ? ByteView{} : octets.view().subspan(header.data_offset, header.data_size);
    if (from.restriction->permits(header.channel, header.segmentation, data)) return false;
    deny("T.125 §11.34", "data to a channel on which the sender has no right");
    return true;
}

bool Domain::is_denied(Hop from, ChannelId channel, Segmentation segment, const Slice& user_data) {
    if (asn1::kForSize || from.is_attachment()) return false;
    const Connection* connection = connections_.find(from.connection());
    if (connection == nullptr || connection->restriction == nullptr) return false;
    if (connection->restriction->permits(channel, segment, user_data.view())) return false;
    deny("T.125 §11.34", "data to a channel on which the sender has no right");
    return true;
}

bool Domain::is_denied_tokens(Hop from) {
    if (asn1::kForSize || from.is_attachment()) return false;
    const Connection* connection = connections_.find(from.connection());
    if (connection == nullptr || connection->restriction == nullptr) return false;
    if (connection->restriction->may_use_tokens) return false;
    deny("T.125 §11.38", "a request for a token by a user without the right");
    return true;
}

void Domain::deny(std::string_view clause, std::string_view why) {
    ++denied_;
    ignore(clause, why);
}

}  // namespace convene::mcs
