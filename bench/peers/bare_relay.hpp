/// The least a relay can do: rooms of sockets, what a publisher writes is written to all receivers; no protocol, no
/// copy.
#pragma once

#include <cstdint>
#include <vector>

namespace convene::bench::peers {

/// How a connection to the bare relay begins: its role, and its room, high octet first. Answered by kBareReady.
constexpr char kBarePublisher = 'P';
constexpr char kBareReceiver = 'R';
constexpr char kBareReady = '+';
constexpr std::size_t kBareHello = 3;

/// Relays until the process is ended, with a thread for each of `ports`, which all know only their own rooms.
[[noreturn]] void run_bare_relay(const std::vector<std::uint16_t>& ports);

}  // namespace convene::bench::peers
