/// The way of a data PDU through a server, from the octets of a connection to the queues of all receivers.
#pragma once

#include <cstddef>

namespace convene::instructions {

/// Frames that arrive side by side, as a busy sender's do.
void relay_small(std::size_t count);
void relay_large(std::size_t count);
/// Each frame by itself, as somebody's strokes come.
void relay_alone(std::size_t count);

}  // namespace convene::instructions
