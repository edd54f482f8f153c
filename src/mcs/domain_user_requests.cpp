// The service primitives: a local user's request is a PDU that rises from its attachment.
#include <algorithm>
#include <type_traits>
#include <utility>

#include "mcs/domain.hpp"
#include "mcs/pdu_routing.hpp"

namespace convene::mcs {
namespace {

// What stands before the user data in a data PDU of version 2 or 3, at most.
constexpr std::size_t kDataOverhead = 16;
// Beyond this the length needs fragments (X.691 §11.9.3.8), which common peers cannot read.
constexpr std::size_t kMaxUserData = 16'383;
constexpr std::size_t kMinUserData = 16;  // should a domain allow hardly any room

}  // namespace

template <class Pdu>
void Domain::from_user(AttachmentId id, Pdu pdu) {
    end_run();
    const Attachment* attachment = attachments_.find(id);
    if (attachment == nullptr || !attachment->user) return;
    // A leave names no user, so that it cannot be taken for another one's.
    if (attachment->leaving && !std::is_same_v<Pdu, ChannelLeaveRequest>) return;
    if (is_merging()) {
        hold(Hop::to(id), 0, DomainPdu{std::move(pdu)});
    } else if constexpr (is_data<Pdu>) {
        rise_data(Hop::to(id), pdu);
    } else {
        rise(Hop::to(id), pdu);
    }
    finish();
}

AttachmentId Domain::attach() {
    end_run();
    if (!is_frozen()) freeze(parameters_);
    AttachmentId id = attachments_.insert({}).id;
    if (!hold(Hop::to(id), 0, DomainPdu{AttachUserRequest{}})) rise(Hop::to(id), AttachUserRequest{});
    finish();
    return id;
}

void Domain::detach(AttachmentId id) {
    if (auto user = user_of(id)) {
        from_user(id, DetachUserRequest{Reason::user_requested, {*user}});
        if (Attachment* attachment = attachments_.find(id)) attachment->leaving = true;
    } else {
        attachments_.erase(id);  // its confirm finds an orphan
    }
}

void Domain::join(AttachmentId id, ChannelId channel) {
    from_user(id, ChannelJoinRequest{user_of(id).value_or(UserId{}), channel});
}

void Domain::leave(AttachmentId id, ChannelId channel) { from_user(id, ChannelLeaveRequest{{channel}}); }

void Domain::convene(AttachmentId id) { from_user(id, ChannelConveneRequest{user_of(id).value_or(UserId{})}); }

void Domain::disband(AttachmentId id, ChannelId channel) {
    from_user(id, ChannelDisbandRequest{user_of(id).value_or(UserId{}), channel});
}

void Domain::admit(AttachmentId id, ChannelId channel, std::vector<UserId> users) {
    from_user(id, ChannelAdmitRequest{user_of(id).value_or(UserId{}), channel, std::move(users)});
}

void Domain::expel(AttachmentId id, ChannelId channel, std::vector<UserId> users) {
    from_user(id, ChannelExpelRequest{user_of(id).value_or(UserId{}), channel, std::move(users)});
}

void Domain::send(AttachmentId id, ChannelId channel, DataPriority priority, bool uniform, const Slice& data) {
    UserId user = user_of(id).value_or(UserId{});
    std::size_t room = parameters_.max_mcspdu_size < kDataOverhead + kMinUserData
                           ? kMinUserData
                           : static_cast<std::size_t>(parameters_.max_mcspdu_size) - kDataOverhead;
    room = std::min(room, kMaxUserData);
    for (std::size_t at = 0; at == 0 || at < data.size(); at += room) {
        std::size_t size = std::min(room, data.size() - at);
        Segmentation segment{at == 0, at + size == data.size()};
        if (uniform) {
            from_user(id, UniformSendDataRequest{user, channel, priority, segment, data.sub(at, size)});
        } else {
            from_user(id, SendDataRequest{user, channel, priority, segment, data.sub(at, size)});
        }
    }
}

void Domain::token_grab(AttachmentId id, TokenId token) {
    from_user(id, TokenGrabRequest{user_of(id).value_or(UserId{}), token});
}

void Domain::token_inhibit(AttachmentId id, TokenId token) {
    from_user(id, TokenInhibitRequest{user_of(id).value_or(UserId{}), token});
}

void Domain::token_give(AttachmentId id, TokenId token, UserId recipient) {
    from_user(id, TokenGiveRequest{user_of(id).value_or(UserId{}), token, recipient});
}

void Domain::token_give_response(AttachmentId id, TokenId token, Result result) {
    from_user(id, TokenGiveResponse{result, user_of(id).value_or(UserId{}), token});
}

void Domain::token_please(AttachmentId id, TokenId token) {
    from_user(id, TokenPleaseRequest{user_of(id).value_or(UserId{}), token});
}

void Domain::token_release(AttachmentId id, TokenId token) {
    from_user(id, TokenReleaseRequest{user_of(id).value_or(UserId{}), token});
}

void Domain::token_test(AttachmentId id, TokenId token) {
    from_user(id, TokenTestRequest{user_of(id).value_or(UserId{}), token});
}

}  // namespace convene::mcs
