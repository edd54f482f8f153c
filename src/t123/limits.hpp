/// What a transport connection allows its peer, in octets and time.
#pragma once

#include <chrono>
#include <cstddef>

#include "base/time.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {

inline constexpr std::size_t kConnectPhaseMaxTsdu =
    1'048'576;  ///< Connect-Initial and Connect-Response have no size limit

struct TransportLimits {
    /// Called role: from the TCP connection to the end of the CR, and for the owner's decision. Real servers wait 60 s.
    Duration request_time = std::chrono::seconds{30};
    /// Calling role: from sending the CR to the end of the answer. Real callers wait 10 s.
    Duration confirm_time = std::chrono::seconds{10};
    /// From the first octet of a frame to its last, however steadily it trickles.
    Duration frame_time = std::chrono::seconds{30};
    /// From the first DT of a TSDU to its last. Longer than for a frame: a TSDU may be 1 MiB.
    Duration tsdu_time = std::chrono::seconds{120};
    /// Largest TPDU to offer and to send, kMinTpdu..kMaxTpdu octets. Frames up to kMaxFrame are taken whatever it is.
    std::size_t max_tpdu = kMaxTpdu;
    /// Longest TSDU to accept at first; see TransportConnection::set_max_tsdu().
    std::size_t max_tsdu = kConnectPhaseMaxTsdu;
};

}  // namespace convene::t123
