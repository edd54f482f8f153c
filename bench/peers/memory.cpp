#include "bench/peers/memory.hpp"

#include "bench/peers/crowd.hpp"

namespace convene::bench::peers {
namespace {

// In which all have been told of all, in nanoseconds: rosters of large conferences are sent some seconds apart.
constexpr std::uint64_t kQuietTime = 3'000'000'000, kQuietTimeForMany = 20'000'000'000;
constexpr std::size_t kManyConnections = 2000;

}  // namespace

Memory measure_memory(Driver& driver, std::size_t connections) {
    Server server(driver, Launch{});
    { Crowd first(driver, Work{1, 64, 1}); }  // what a server allocates once is not what a connection costs
    Memory memory;
    memory.empty = static_cast<double>(server.process().resident_octets());
    Crowd crowd(driver, Work{connections, 64, 1});
    std::uint64_t end = now_ns() + (connections < kManyConnections ? kQuietTime : kQuietTimeForMany);
    while (now_ns() < end) crowd.turn(50);
    memory.per_connection =
        (static_cast<double>(server.process().resident_octets()) - memory.empty) / static_cast<double>(connections);
    return memory;
}

}  // namespace convene::bench::peers
