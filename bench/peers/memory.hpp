/// What a server keeps for connections over which nothing goes.
#pragma once

#include "bench/peers/server.hpp"

namespace convene::bench::peers {

struct Memory {
    double empty = 0;           ///< octets that are resident when it has come up
    double per_connection = 0;  ///< octets more for each receiver that has joined and is idle
};

/// Starts a server of its own and joins `connections` receivers to one conference.
Memory measure_memory(Driver& driver, std::size_t connections);

}  // namespace convene::bench::peers
