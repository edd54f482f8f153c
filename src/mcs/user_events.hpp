/// What a domain tells its local users: the indications and confirms of the MCS service. T.122 §8..§12.
#pragma once

#include <optional>
#include <variant>

#include "base/slice.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"
#include "mcs/pdu_token.hpp"

namespace convene::mcs {

/// MCS-ATTACH-USER confirm. Unless successful the attachment is gone.
struct AttachConfirm {
    Result result{};
    std::optional<UserId> user;
};
/// MCS-DETACH-USER indication, for every user of the domain. With the receiver's own user id its attachment is gone.
struct DetachIndication {
    Reason reason{};
    UserId user;
};
/// MCS-CHANNEL-JOIN confirm.
struct JoinConfirm {
    Result result{};
    ChannelId requested;               ///< 0 when any channel was asked for
    std::optional<ChannelId> channel;  ///< when successful
};
/// MCS-CHANNEL-LEAVE indication: the channel was purged in a merge.
struct LeaveIndication {
    ChannelId channel;
};
/// MCS-CHANNEL-CONVENE confirm.
struct ConveneConfirm {
    Result result{};
    std::optional<ChannelId> channel;  ///< when successful
};
/// MCS-CHANNEL-DISBAND indication, to the manager: the channel was purged in a merge.
struct DisbandIndication {
    ChannelId channel;
};
/// MCS-CHANNEL-ADMIT indication.
struct AdmitIndication {
    UserId manager;
    ChannelId channel;
};
/// MCS-CHANNEL-EXPEL indication.
struct ExpelIndication {
    enum class Cause { user_requested, channel_disbanded, channel_purged };

    ChannelId channel;
    Cause cause{};
};
/// MCS-SEND-DATA and MCS-UNIFORM-SEND-DATA indication, one segment as it came; Reassembler joins them.
struct DataIndication {
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    Segmentation segmentation;
    bool uniform = false;
    Slice data;
};
/// Token events are the PDUs themselves: T.122 gives them the same content.
using UserEventKind =
    std::variant<AttachConfirm, DetachIndication, JoinConfirm, LeaveIndication, ConveneConfirm, DisbandIndication,
                 AdmitIndication, ExpelIndication, DataIndication, TokenGrabConfirm, TokenInhibitConfirm,
                 TokenGiveIndication, TokenGiveConfirm, TokenPleaseIndication, TokenReleaseConfirm, TokenTestConfirm>;

}  // namespace convene::mcs
