/// The peer of the relay benchmark: copies what its first connection sends to all others, knowing nothing of protocols.
#pragma once

#include <cstdint>

namespace convene::bench {

/// Listens on a free port of loopback and tells it through `port_pipe` (two octets); then relays from the first
/// connection to the others until the first ends. For a process of its own.
[[noreturn]] void run_plain_relay(int port_pipe);

}  // namespace convene::bench
