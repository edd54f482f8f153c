/// How much a relay delivers for its CPU time, for whichever relay.
#pragma once

#include <sys/types.h>

#include <vector>

#include "base/bytes.hpp"

namespace convene::bench {

/// Deliveries per CPU second of the process `server`, which relays `messages` frames from one socket to the others.
double measure_deliveries(pid_t server, int publisher, const std::vector<int>& receivers, ByteView frame,
                          std::size_t messages);
/// The same of the plain relay, started for this.
double measure_plain(std::size_t receivers, std::size_t frame_size, std::size_t messages);

}  // namespace convene::bench
