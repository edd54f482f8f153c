/// What a node wants done with its transports, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"
#include "base/slice.hpp"
#include "mcs/connect_listener.hpp"

namespace convene::node {

/// One TCP connection or WebSocket. Those that the node asks for are numbered by it, from kFirstOpened upward; those
/// that are handed to it by their owner, below.
using mcs::TransportId;
inline constexpr std::uint32_t kFirstOpened = 0x80000000;

/// Octets for a transport: one TPKT frame, or several that stand side by side.
struct Write {
    TransportId transport;
    Slice octets;
    std::uint32_t frames = 1;
};
/// Close once everything before it is written. The node has forgotten the transport.
struct CloseTransport {
    TransportId transport;
    std::string why;
};
struct PauseReading {
    TransportId transport;
};
struct ResumeReading {
    TransportId transport;
};
/// Connect to an address; then comes Node::transport_opened() or Node::on_closed().
struct OpenTransport {
    TransportId transport;
    std::string address;  ///< "host:port" or "host", as it was given to the node
};
/// For the log: something that a peer did and that the protocol has no answer for.
struct Incident {
    enum class Severity : std::uint8_t { note, warning };
    std::optional<TransportId> transport;
    Severity severity{};
    std::string_view clause;  ///< static storage, may be empty
    std::string text;
    Bytes first_octets;
};

}  // namespace convene::node
