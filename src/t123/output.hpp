/// What a transport connection wants done, or has to tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/slice.hpp"
#include "t123/tpdu.hpp"
#include "t123/tsdu.hpp"

namespace convene::t123 {

/// Octets for the TCP connection, in order.
struct Send {
    Slice octets;
};

/// A TSDU of the peer, never empty.
struct Received {
    Tsdu tsdu;
};

/// At least two TSDUs of the peer, whose plain data frames came side by side: for_each_tsdu() takes them apart. A busy
/// peer's are not told one by one, because most of what one would cost is in telling it.
struct ReceivedRun {
    Slice frames;
};

/// Called role: a valid CR came. With Called::ask_owner the owner now calls accept() or refuse().
struct Requested {
    std::unique_ptr<const ConnectionRequest> request;  ///< never null; owned here to keep Output small
};

/// The connection is open; TSDUs may be sent.
struct Connected {
    std::size_t max_tpdu{};  ///< octets agreed for one TPDU we send, kMinTpdu..kMaxTpdu
    std::unique_ptr<const ConnectionConfirm>
        confirm;  ///< the peer's answer in the calling role, null in the called one
};

enum class DisconnectCause : std::uint8_t {
    owner,                 ///< disconnect() was called
    stream_ended,          ///< TCP FIN or RST
    refused_by_owner,      ///< refuse() was called
    refused_by_peer,       ///< DR or ER answered our CR
    disconnected_by_peer,  ///< DR on the open connection
    rejected_by_peer,      ///< ER on the open connection
    not_tpkt,              ///< another protocol
    malformed,             ///< a header that cannot be right
    unexpected,            ///< a TPDU that has no place in this state
    class_not_supported,   ///< the peer insists on a transport class above 0
    tsdu_too_long,         ///< set_max_tsdu()
    connect_timeout,       ///< no CR, no decision or no answer in time
    frame_timeout,         ///< half a frame in too long a time
    tsdu_timeout,          ///< half a TSDU in too long a time
};

/// For logs, such as "frame-timeout".
std::string_view name(DisconnectCause cause);

/// The end: close the TCP connection once everything before this has been written. Nothing follows.
struct Disconnected {
    DisconnectCause cause{};
    std::optional<std::uint8_t> code;   ///< reason of the DR or cause of the ER that was sent or received
    std::optional<std::size_t> offset;  ///< of the wrong octet, from the start of its frame
    std::string_view text;              ///< what happened; static storage
    std::string_view clause;            ///< such as "X.224 13.3", may be empty; static storage
};

/// One line of all that: "length indicator beyond the end of the TPDU (malformed, octet 4, X.224 13.2.1)".
std::string describe(const Disconnected& end);

using Output = std::variant<Send, Received, ReceivedRun, Requested, Connected, Disconnected>;

}  // namespace convene::t123
