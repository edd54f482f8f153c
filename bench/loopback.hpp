/// Ports and connections of this machine.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace convene::bench {

/// A port that was free a moment ago; nobody else takes it on a machine that measures.
std::uint16_t free_port();
/// Whether somebody listens on 127.0.0.1:port.
bool answers(std::uint16_t port);
/// A socket connected to 127.0.0.1:port, without delay; ends the process with a message when nobody listens.
int connect_to(std::uint16_t port);
void write_all(int socket, ByteView octets);
/// Reads exactly `size` octets.
void read_all(int socket, std::byte* into, std::size_t size);

}  // namespace convene::bench
