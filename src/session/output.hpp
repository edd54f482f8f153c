/// What a session wants done, and what it has to tell its page.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/slice.hpp"
#include "base/take_all.hpp"
#include "node/output.hpp"
#include "session/json_writer.hpp"

namespace convene::session {

using node::TransportId;

/// Connect to the server; then comes transport_opened() or on_closed().
struct Open {
    TransportId transport;
};
/// Octets for a transport: one TPKT frame, or several side by side; one message of a WebSocket.
struct Transmit {
    TransportId transport;
    Slice octets;
    std::uint32_t frames = 1;
};
/// Close once everything before it is written.
struct Close {
    TransportId transport;
};
/// For the page, as JSON: an object whose "event" says what it is (web/src/session/messages.ts).
struct Tell {
    std::string json;
};
/// Octets of a file that arrives. Confirm with on_stored() or on_store_failed(). What was stored before at or behind
/// `offset` is void.
struct Store {
    std::uint64_t file = 0;  ///< the number of its transfer
    std::uint64_t offset = 0;
    Slice octets;
};
/// Octets of a file that is sent are wanted. Answer with on_read() or on_read_failed().
struct Read {
    std::uint64_t file = 0;
    std::uint64_t offset = 0;
    std::size_t size = 0;
};
/// All of a file has been stored: its first `octets` are it.
struct Keep {
    std::uint64_t file = 0;
    std::uint64_t octets = 0;
};
/// What was stored of a file is of no use any more.
struct Drop {
    std::uint64_t file = 0;
};
using Output = std::variant<Open, Transmit, Close, Tell, Store, Read, Keep, Drop>;

/// Where the parts of a session put what they have to say.
class Outlet {
public:
    void put(Output output) { outputs_.push_back(std::move(output)); }
    /// Ends the event.
    void tell(JsonWriter& event) { put(Tell{event.end_object().take()}); }
    void take(std::vector<Output>& into) { take_all(outputs_, into); }

private:
    std::vector<Output> outputs_;
};

}  // namespace convene::session
