/// A connection on its way from the front, which accepted it, to the worker of its conference.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "gcc/directory.hpp"
#include "io/endpoint.hpp"
#include "io/loose_socket.hpp"
#include "io/tap.hpp"
#include "node/reception.hpp"
#include "server/admission.hpp"
#include "server/connection_counts.hpp"

namespace convene::server {

/// Numbers connections in the logs and for administrators; unique in the life of a server.
using ConnectionNumber = std::uint64_t;

/// Everything in it is private to the connection: nothing is shared with those that stay behind.
struct Handover {
    io::LooseSocket socket;
    std::unique_ptr<node::Reception> reception;
    io::Endpoint peer;
    io::Endpoint local;
    ConnectionNumber number = 0;
    ConnectionCounts::Ticket ticket;
    std::unique_ptr<io::Tap> tap;
    gcc::ConferenceId conference{};
    std::optional<Admission> admission{};  ///< of a browser: what its ticket was worth
};

}  // namespace convene::server
