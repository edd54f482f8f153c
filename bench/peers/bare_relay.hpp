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

/// The room that it names.
inline std::uint16_t room_of(const char* hello) {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(hello[1]) << 8 | static_cast<unsigned char>(hello[2]));
}

/// Relays until the process is ended, with a thread for each of `ports`, which all know only their own rooms.
[[noreturn]] void run_bare_relay(const std::vector<std::uint16_t>& ports);
/// The same by io_uring, where this was built with liburing.
[[noreturn]] void run_uring_relay(const std::vector<std::uint16_t>& ports);
#ifdef CONVENE_BENCH_URING
inline constexpr bool kHasUring = true;
#else
inline constexpr bool kHasUring = false;
#endif

/// A socket that listens on loopback.
int listen_on(std::uint16_t port);

}  // namespace convene::bench::peers
