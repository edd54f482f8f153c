#include "bench/peers/memory.hpp"

#include "bench/peers/crowd.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::uint64_t kQuietTime = 3'000'000'000;  // in which all have been told of all

}  // namespace

Memory measure_memory(Driver& driver, std::size_t connections) {
    Server server(driver, Launch{});
    { Crowd first(driver, Work{1, 64, 1}); }  // what a server allocates once is not what a connection costs
    Memory memory;
    memory.empty = static_cast<double>(server.process().resident_octets());
    Crowd crowd(driver, Work{connections, 64, 1});
    for (std::uint64_t end = now_ns() + kQuietTime; now_ns() < end;) crowd.turn(50);
    memory.per_connection =
        (static_cast<double>(server.process().resident_octets()) - memory.empty) / static_cast<double>(connections);
    return memory;
}

}  // namespace convene::bench::peers
