/// A conference that draws: strokes at a steady rate, and how long each takes to every other board.
#pragma once

#include <cstdint>
#include <optional>

#include "bench/guests.hpp"
#include "bench/relay_client.hpp"
#include "bench/server_process.hpp"

namespace convene::bench {

/// A stroke of a hand: a dozen points.
whiteboard::Drawing stroke(unsigned number);
bool all_converged(Party& party);
/// Nothing when it takes too long.
std::optional<whiteboard::ItemId> new_page(Party& party, Guest& guest);

/// `nodes` join at `port`, which leads to `server`, and draw `rate` strokes a second all together; prints what came of
/// it.
void drawing_together(const ServerProcess& server, std::uint16_t port, std::size_t nodes, unsigned rate,
                      double seconds);

}  // namespace convene::bench
