/// What a Domain wants done, in order: the only way in which it acts on the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"
#include "mcs/user_events.hpp"
#include "t123/tsdu.hpp"

namespace convene::mcs {

/// Write a TSDU. The same octets stand in the outputs for all receivers of a datum.
struct Transmit {
    ConnectionId connection;
    std::uint8_t transport = 0;                 ///< 0 is the initial transport connection
    DataPriority priority = DataPriority::top;  ///< of what waits on one transport the higher goes first
    t123::Tsdu tsdu;
};
/// Write several TSDUs that one user sent to one channel. The frames that they came in stand side by side in one buffer
/// and are right for this receiver too, so that they need not be dealt with one by one.
struct TransmitRun {
    ConnectionId connection;
    std::uint8_t transport = 0;
    DataPriority priority = DataPriority::top;
    Slice frames;
    std::uint32_t count = 0;    ///< of frames, at least 2
    std::uint32_t longest = 0;  ///< octets of the longest frame
};
/// Close all transports of a connection once what was transmitted before is written. The domain has forgotten it.
struct Close {
    ConnectionId connection;
    Reason reason{};
    std::string why;
};
/// Read no more from a transport until Resume; what was read already may still be delivered. T.125 §13.2.
struct Pause {
    ConnectionId connection;
    std::uint8_t transport = 0;
};
struct Resume {
    ConnectionId connection;
    std::uint8_t transport = 0;
};
/// Something for a local user.
struct UserEvent {
    AttachmentId attachment;
    UserEventKind event;
};
/// Something that a log should know and that the protocol has no answer for.
struct Incident {
    enum class Severity : std::uint8_t {
        note,     ///< happens in correct systems too, for example around a purge
        warning,  ///< the peer is wrong
    };
    static constexpr std::size_t kFirstOctets = 32;

    ConnectionId connection;
    Severity severity{};
    std::string_view clause;  ///< such as "T.125 §11.21"; static storage
    std::string text;
    Bytes first_octets;  ///< at most kFirstOctets of what came, when there was something
};

using Output = std::variant<Transmit, TransmitRun, Close, Pause, Resume, UserEvent, Incident>;

}  // namespace convene::mcs
